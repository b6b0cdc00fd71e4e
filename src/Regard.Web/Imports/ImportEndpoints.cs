using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Regard.Access;
using Regard.Api;
using Regard.Layout;
using Regard.Storage;

namespace Regard.Imports;

/// <summary>Imports by page and by API: upload, past runs, their reports and rejected lines.</summary>
internal static class ImportEndpoints
{
    private const string Page = "/settings/imports";
    private const int PageSize = 50;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Page, ShowAsync).ForStaff(Right.ImportsRun);
        routes.MapPost(Page, UploadAsync).WithMetadata(new RequestSizeLimitAttribute(ImportDesk.LargestUpload), new RequireAntiforgeryTokenAttribute()).ForStaff(Right.ImportsRun);
        routes.MapGet(Page + ".csv", ExportAsync).ForStaff(Right.ImportsRun);
        routes.MapGet(Page + "/{id:guid}/rejects", RejectsAsync).ForStaff(Right.ImportsRun);
        var api = routes.MapApi("imports");
        api.MapGet("/", ListAsync).ForApi(Right.ImportsRun);
        api.MapGet("/{id:guid}", OpenAsync).ForApi(Right.ImportsRun);
        api.MapPost("/", TakeAsync).WithMetadata(new RequestSizeLimitAttribute(ImportDesk.LargestUpload)).ForApi(Right.ImportsRun);
    }

    private static async Task<RazorComponentResult<ImportsPage>> ShowAsync(HttpContext http, Guid? before, string? state, Database database, IClock clock)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        var chosen = Words.Read<ImportState>(state);
        var runs = await new ImportRunStore(work).PageAsync(before, PageSize + 1, chosen);
        http.Response.Headers.CacheControl = "no-store";
        return new(new
        {
            Runs = runs.Take(PageSize).Select(ImportAnswer.Of).ToList(),
            State = chosen,
            Before = before,
            Next = runs.Count > PageSize ? runs[PageSize - 1].RunId : (Guid?)null,
            Now = clock.GetCurrentInstant(),
        });
    }

    private static async Task ExportAsync(HttpContext http, string? state, Database database)
    {
        await using var work = await database.SnapshotAsync(http.RequestAborted);
        await CsvFile.WriteAsync<ImportAnswer>(http, "imports.csv", async (last, size) =>
            [.. (await new ImportRunStore(work).PageAsync(last?.Id, size, Words.Read<ImportState>(state))).Select(ImportAnswer.Of)]);
    }

    private static async Task<IResult> UploadAsync(HttpContext http, ImportDesk desk)
    {
        var form = await FormAsync(http);
        var (file, mapping) = (form.Files.GetFile("file"), form.Files.GetFile("mapping"));
        if (Read(form["Kind"], form["Format"]) is not var (kind, format) || file is not { Length: > 0 })
        {
            Flash.Say(http, "Nothing was imported: choose what the file holds, its format, and a file that is not empty.", Tone.Danger);
            return SeeOther.To(Page);
        }
        await KeepAsync(desk, new Upload(kind, format, Path.GetFileName(file.FileName), null, http.Actor().Reference), file, mapping, http.RequestAborted);
        Flash.Say(http, "The file is here and is being imported. This page shows how far it is.");
        return SeeOther.To(Page);
    }

    private static async Task<IResult> RejectsAsync(HttpContext http, Guid id, Database database)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        return await new ImportRunStore(work).OpenAsync(id) is { RejectsFile: { } path } && File.Exists(path)
            ? Results.File(Path.GetFullPath(path), "text/csv", $"rejected-{id}.csv")
            : Faces.Missing();
    }

    private static async Task<ApiPage<ImportAnswer>> ListAsync([AsParameters] PageQuery page, Database database, CancellationToken stop)
    {
        await using var work = await database.ReadAsync(stop);
        var runs = await new ImportRunStore(work).PageAsync(Guid.TryParse(page.Cursor(1)?[0], out var before) ? before : null, page.Take);
        return ApiPage<ImportAnswer>.Of([.. runs.Select(ImportAnswer.Of)], page, run => [run.Id.ToString()]);
    }

    private static async Task<ApiAnswer<ImportAnswer>> OpenAsync(Guid id, Database database, CancellationToken stop)
    {
        await using var work = await database.ReadAsync(stop);
        return await new ImportRunStore(work).OpenAsync(id) is { } run ? ApiAnswer<ImportAnswer>.Ok(ImportAnswer.Of(run)) : throw ApiProblem.Absent("import").Refusal();
    }

    private static async Task<ApiAnswer<ImportAnswer>> TakeAsync(HttpContext http, ImportDesk desk, Database database)
    {
        var form = await FormAsync(http);
        var (file, mapping) = (form.Files.GetFile("file"), form.Files.GetFile("mapping"));
        var faults = new Faults();
        var read = Read(form["Kind"], form["Format"]);
        faults.When(read is null, "/kind", $"and format are required; kinds: {string.Join(", ", Words.All<ImportKind>())}; formats: {string.Join(", ", ImportFormats.Names)}");
        faults.When(file is not { Length: > 0 }, "/file", "is required and not empty");
        faults.Refuse();
        var upload = new Upload(read!.Value.Kind, read.Value.Format, Path.GetFileName(file!.FileName), null, http.Actor().Reference);
        var id = await KeepAsync(desk, upload, file, mapping, http.RequestAborted);
        await using var work = await database.ReadAsync(http.RequestAborted);
        return ApiAnswer<ImportAnswer>.Created($"/api/v1/imports/{id}", ImportAnswer.Of((await new ImportRunStore(work).OpenAsync(id))!));
    }

    // Read here and not bound: an endpoint that binds files turns other bodies away before it is known who asks.
    private static async Task<IFormCollection> FormAsync(HttpContext http) =>
        http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : FormCollection.Empty;

    private static (ImportKind Kind, string Format)? Read(string? kind, string? format) =>
        Words.Read<ImportKind>(kind) is { } read && format is not null && ImportFormats.Names.Contains(format) ? (read, format) : null;

    private static async Task<Guid> KeepAsync(ImportDesk desk, Upload upload, IFormFile file, IFormFile? mapping, CancellationToken stop)
    {
        if (mapping is { Length: > 0 and < 1 << 20 })
        {
            using var text = new StreamReader(mapping.OpenReadStream());
            upload = upload with { Mapping = await text.ReadToEndAsync(stop) };
        }
        await using var contents = file.OpenReadStream();
        return await desk.TakeAsync(upload, contents, stop);
    }
}

/// <summary>A run as the API shows it.</summary>
/// <param name="HasRejects">Whether lines were rejected: they can be downloaded on the page of imports.</param>
public sealed record ImportAnswer(Guid Id, string Kind, string Format, string FileName, ImportState State, ImportCounts Counts, bool HasRejects, Instant StartedAt)
{
    public string? Explanation { get; init; }

    public Instant? FinishedAt { get; init; }

    internal static ImportAnswer Of(ImportRun run) =>
        new(run.RunId, run.Kind, run.Format, run.FileName, run.State, run.Report, run.RejectsFile is not null, run.StartedAt) { Explanation = run.Explanation, FinishedAt = run.FinishedAt };
}
