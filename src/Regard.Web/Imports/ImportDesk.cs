using System.Threading.Channels;
using Regard.Access;
using Regard.Storage;

namespace Regard.Imports;

/// <summary>
/// Takes uploaded files and imports them one after the other, beside the requests. An upload is kept until its import ended; when the
/// program was stopped in between, it is imported (again) at the next start: what was recorded already is not recorded twice.
/// </summary>
internal sealed class ImportDesk(Database database, RegardSettings settings, IClock clock) : BackgroundService
{
    public const long LargestUpload = 2L << 30;

    private readonly Channel<(Guid RunId, ImportRequest Request)> _waiting = Channel.CreateUnbounded<(Guid, ImportRequest)>();

    private string Folder => Path.Combine(settings.DataFolder, "imports");

    /// <summary>Keeps an upload and queues it; answers the id of its run.</summary>
    public async Task<Guid> TakeAsync(Upload upload, Stream contents, CancellationToken stop)
    {
        var runId = Ids.New(clock.GetCurrentInstant());
        Directory.CreateDirectory(Folder);
        await using (var file = File.Create(UploadPath(runId))) await contents.CopyToAsync(file, stop);
        await File.WriteAllTextAsync(DescriptionPath(runId), Json.Of(upload).Text, stop);
        await using var work = await database.WriteAsync(stop);
        await new ImportRunStore(work).BeginAsync(new ImportRun
        {
            RunId = runId,
            Kind = Words.Of(upload.Kind),
            Format = upload.Format,
            FileName = upload.FileName,
            Counts = Json.Of(new ImportCounts()),
            StartedAt = clock.GetCurrentInstant(),
            StartedBy = upload.By,
        });
        await work.CommitAsync();
        await _waiting.Writer.WriteAsync((runId, Request(runId, upload)), stop);
        return runId;
    }

    /// <summary>Imports the next upload that waits; false when none does.</summary>
    public async Task<bool> RunNextAsync(CancellationToken stop)
    {
        if (!_waiting.Reader.TryRead(out var next)) return false;
        await new ImportJob(database, clock).RunAsync(next.RunId, next.Request, _ => { }, stop);
        File.Delete(UploadPath(next.RunId));
        File.Delete(DescriptionPath(next.RunId));
        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (Directory.Exists(Folder))
        {
            foreach (var path in Directory.GetFiles(Folder, "*.upload.json").Order(StringComparer.Ordinal))
            {
                var runId = Guid.Parse(Path.GetFileName(path).Split('.')[0]);
                _waiting.Writer.TryWrite((runId, Request(runId, new Json(await File.ReadAllTextAsync(path, stoppingToken)).Read<Upload>())));
            }
        }
        while (await _waiting.Reader.WaitToReadAsync(stoppingToken)) await RunNextAsync(stoppingToken);
    }

    private ImportRequest Request(Guid runId, Upload upload) => new()
    {
        Kind = upload.Kind,
        Format = upload.Format,
        Path = UploadPath(runId),
        FileName = upload.FileName,
        Mapping = upload.Mapping,
        RejectsPath = Path.Combine(Folder, $"{runId}.rejects.csv"),
        By = Actor.System("import"),
    };

    private string UploadPath(Guid runId) => Path.Combine(Folder, $"{runId}.upload");

    private string DescriptionPath(Guid runId) => Path.Combine(Folder, $"{runId}.upload.json");
}

/// <summary>What was said with an upload.</summary>
internal sealed record Upload(ImportKind Kind, string Format, string FileName, string? Mapping, string By);
