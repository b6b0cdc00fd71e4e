using Microsoft.AspNetCore.Http.HttpResults;
using Regard.Access;
using Regard.Api;
using Regard.Layout;
using Regard.Storage;

namespace Regard.Post;

/// <summary>Letters on paper: batches, their file, their print, and what became of them.</summary>
internal static class PostEndpoints
{
    private const string Path = "/letters";
    private const int PageSize = 30;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var letters = routes.MapGroup(Path).ForStaff(Right.ContactsWrite);
        letters.MapGet("", ListAsync);
        letters.MapPost("", MakeAsync);
        letters.MapGet("/{batchId:guid}", ShowAsync);
        letters.MapGet("/{batchId:guid}/letters.csv", FileAsync);
        letters.MapGet("/{batchId:guid}/print", PrintAsync);
        letters.MapPost("/{batchId:guid}/go-on", GoOnAsync);
        letters.MapPost("/{batchId:guid}/posted", PostedAsync);
        letters.MapPost("/{batchId:guid}/{letterId:guid}/posted", (HttpContext http, Guid batchId, Guid letterId, Database database, IClock clock) =>
            NoteAsync(http, batchId, new LetterDesk(database, clock).FinishAsync(batchId, letterId, true, http.Actor(), http.RequestAborted)));
        letters.MapPost("/{batchId:guid}/{letterId:guid}/given-back", (HttpContext http, Guid batchId, Guid letterId, Database database, IClock clock) =>
            NoteAsync(http, batchId, new LetterDesk(database, clock).FinishAsync(batchId, letterId, false, http.Actor(), http.RequestAborted)));
        letters.MapPost("/{batchId:guid}/{letterId:guid}/came-back", (HttpContext http, Guid batchId, Guid letterId, Database database, IClock clock) =>
            NoteAsync(http, batchId, new LetterDesk(database, clock).CameBackAsync(batchId, letterId, http.RequestAborted)));
    }

    private static async Task<IResult> ListAsync(HttpContext http, Guid? before, Database database, IClock clock)
    {
        var now = clock.GetCurrentInstant();
        await using var work = await database.ReadAsync(http.RequestAborted);
        var batches = await new LetterBatchStore(work).PageAsync(before, PageSize + 1);
        return new RazorComponentResult<LettersPage>(new
        {
            Batches = (IReadOnlyList<LetterBatch>)[.. batches.Take(PageSize)],
            Due = await new LetterStore(work).CountDueAsync(now),
            Before = before,
            Next = batches.Count > PageSize ? batches[PageSize - 1].BatchId : (Guid?)null,
            Now = now,
        });
    }

    private static async Task<IResult> MakeAsync(HttpContext http, Database database, IClock clock)
    {
        var made = await new LetterDesk(database, clock).MakeAsync(http.Actor(), http.RequestAborted);
        if (made.BatchId is not { } batchId)
        {
            Flash.Say(http, "No letter is due: no batch was made.", Tone.Info);
            return SeeOther.To(Path);
        }
        Flash.Say(http, Words(made));
        return SeeOther.To($"{Path}/{batchId}");
    }

    private static async Task<IResult> ShowAsync(HttpContext http, Guid batchId, Database database, IClock clock)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        if (await new LetterBatchStore(work).FindAsync(batchId) is not { } batch) return Faces.Missing();
        http.Response.Headers.CacheControl = "no-store";
        return new RazorComponentResult<LetterBatchPage>(new { Batch = batch, Letters = await new LetterStore(work).OfBatchAsync(batchId), Now = clock.GetCurrentInstant() });
    }

    // The same letters in the same order however often it is fetched; what must not be posted any more is not among them.
    private static async Task FileAsync(HttpContext http, Guid batchId, Database database)
    {
        var letters = await ToPrintAsync(http, batchId, database);
        if (letters is null)
        {
            await Faces.Missing().ExecuteAsync(http);
            return;
        }
        await CsvFile.WriteAsync<LetterLine>(http, $"letters-{batchId:n}.csv", (last, size) => Task.FromResult(letters.SkipWhile(letter => last is not null && letter.LetterId != last.LetterId).Skip(last is null ? 0 : 1).Take(size).Select(LetterLine.Of).ToList()));
    }

    private static async Task<IResult> PrintAsync(HttpContext http, Guid batchId, Database database, RegardSettings settings)
    {
        if (await ToPrintAsync(http, batchId, database) is not { } letters) return Faces.Missing();
        http.Response.Headers.CacheControl = "no-store";
        return new RazorComponentResult<LetterPrintPage>(new { Letters = letters, From = new System.Net.Mail.MailAddress(settings.MailFrom) });
    }

    private static async Task<IResult> GoOnAsync(HttpContext http, Guid batchId, Database database, IClock clock)
    {
        var made = await new LetterDesk(database, clock).FillAsync(batchId, http.RequestAborted);
        Flash.Say(http, Words(made));
        return SeeOther.To($"{Path}/{batchId}");
    }

    private static async Task<IResult> PostedAsync(HttpContext http, Guid batchId, Database database, IClock clock)
    {
        var posted = await new LetterDesk(database, clock).PostedAsync(batchId, http.Actor(), http.RequestAborted);
        Flash.Say(http, posted == 0 ? "Nothing was changed: none of them was still to be posted." : $"Noted: {posted} {(posted == 1 ? "letter was" : "letters were")} posted.", posted == 0 ? Tone.Info : Tone.Good);
        return SeeOther.To($"{Path}/{batchId}");
    }

    private static async Task<IResult> NoteAsync(HttpContext http, Guid batchId, Task<bool> noted)
    {
        var isDone = await noted;
        Flash.Say(http, isDone ? "Noted." : "Nothing was changed: something else was noted about this letter before, or it is gone.", isDone ? Tone.Good : Tone.Warning);
        return SeeOther.To($"{Path}/{batchId}");
    }

    private static async Task<IReadOnlyList<LetterRow>?> ToPrintAsync(HttpContext http, Guid batchId, Database database)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        return await new LetterBatchStore(work).FindAsync(batchId) is { SealedAt: not null } ? [.. (await new LetterStore(work).OfBatchAsync(batchId)).Where(letter => letter.State is "printed" or "posted")] : null;
    }

    private static string Words(BatchMade made) =>
        $"{made.Letters} {(made.Letters == 1 ? "letter is" : "letters are")} in the batch." + (made.HeldBack == 0 ? "" : $" {made.HeldBack} more may not be sent, or not now: each customer's page says why.");
}
