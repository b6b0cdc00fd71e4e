using System.Threading.Channels;
using Regard.Access;
using Regard.Storage;

namespace Regard.Imports;

/// <summary>What is to be imported.</summary>
internal sealed record ImportRequest
{
    public required ImportKind Kind { get; init; }

    /// <summary>How the file is read; see <see cref="ImportFormats"/>.</summary>
    public required string Format { get; init; }

    public required string Path { get; init; }

    /// <summary>The name the file has for people.</summary>
    public required string FileName { get; init; }

    /// <summary>The contents of the mapping file, for the format <c>csv</c>; null for all others.</summary>
    public string? Mapping { get; init; }

    /// <summary>Where the lines that are not recorded are written.</summary>
    public required string RejectsPath { get; init; }

    public required Actor By { get; init; }
}

internal enum ImportKind
{
    Orders,
    Customers,
    Products,
    Preferences,
}

/// <summary>
/// One import from the file to the report, the same for the command line, the API and the page. One task reads and takes the file
/// apart while another records: chunk by chunk, each in one transaction, so that an import that was cut off anywhere can simply be run
/// again. Whatever the file's size, a few chunks are in memory.
/// </summary>
internal sealed class ImportJob(Database database, IClock clock)
{
    private const int ChunkLines = 40_000;

    // A statement keeps its customer's contacts waiting until the commit: what holds many of them must be short.
    private const int ChunkLinesOfPreferences = 500;
    private const int ChunksAhead = 2;

    /// <summary>Runs an import to its end. Answers the run as it is recorded, finished or failed.</summary>
    /// <param name="runId">The run's id: made by the caller, who may already have shown it to somebody.</param>
    public async Task<ImportRun> RunAsync(Guid runId, ImportRequest request, Action<double> progress, CancellationToken stop)
    {
        var run = new ImportRun
        {
            RunId = runId,
            Kind = Words.Of(request.Kind),
            Format = request.Format,
            FileName = request.FileName,
            State = ImportState.Running,
            Counts = Json.Of(new ImportCounts()),
            StartedAt = clock.GetCurrentInstant(),
            StartedBy = request.By.Reference,
        };
        await using (var work = await database.WriteAsync(stop))
        {
            await new ImportRunStore(work).BeginAsync(run);
            await work.CommitAsync();
        }
        using var rejects = new RejectsFile(request.RejectsPath);
        var counts = new ImportCounts();
        var explanation = await RecordAsync(run, request, counts, rejects, progress, stop);
        run = run with
        {
            State = explanation is null ? ImportState.Finished : ImportState.Failed,
            Counts = Json.Of(counts),
            RejectsFile = rejects.Path,
            Explanation = explanation,
            FinishedAt = clock.GetCurrentInstant(),
        };
        await using (var work = await database.WriteAsync(stop))
        {
            await new ImportRunStore(work).EndAsync(run);
            await work.CommitAsync();
        }
        return run;
    }

    /// <summary>Answers why the file could not be read to its end; null when it was.</summary>
    private async Task<string?> RecordAsync(ImportRun run, ImportRequest request, ImportCounts counts, RejectsFile rejects, Action<double> progress, CancellationToken stop)
    {
        var chunks = Channel.CreateBounded<(ImportChunk Chunk, double Share)>(ChunksAhead);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var reading = Task.Run(() => ReadAsync(request, chunks.Writer, ended.Token), CancellationToken.None);
        try
        {
            var writer = new ImportWriter(request.By);
            await foreach (var (chunk, share) in chunks.Reader.ReadAllAsync(stop))
            {
                counts.Percent = (int)(share * 100);
                counts.Add(await database.RepeatAsync(work => ChunkAsync(work, run, writer, chunk, counts), stop));
                writer.Keep();
                foreach (var reject in writer.Rejects) rejects.Add(reject);
                progress(share);
            }
            await reading;
            return null;
        }
        catch (ImportRefusal refusal)
        {
            return refusal.Message;
        }
        finally
        {
            await ended.CancelAsync();
            rejects.Flush();
        }
    }

    private async Task<ImportCounts> ChunkAsync(UnitOfWork work, ImportRun run, ImportWriter writer, ImportChunk chunk, ImportCounts before)
    {
        var written = await writer.WriteAsync(work, chunk, clock.GetCurrentInstant());
        var all = new ImportCounts { Percent = before.Percent };
        all.Add(before);
        all.Add(written);
        await new ImportRunStore(work).ReportAsync(run.RunId, all);
        return written;
    }

    private static async Task ReadAsync(ImportRequest request, ChannelWriter<(ImportChunk, double)> chunks, CancellationToken stop)
    {
        try
        {
            using var file = ImportFile.Open(request.Path);
            var (rows, format) = ImportFormats.Open(request, file.Text);
            var chunkLines = request.Kind == ImportKind.Preferences ? ChunkLinesOfPreferences : ChunkLines;
            var chunk = new ImportChunk();
            try
            {
                while (rows.Read())
                {
                    chunk.Lines++;
                    format.Take(rows, chunk);
                    if (chunk.Lines < chunkLines) continue;
                    await chunks.WriteAsync((chunk, file.Share), stop);
                    chunk = new ImportChunk();
                }
                format.End(chunk);
            }
            catch (ImportRefusal)
            {
                // What was read before the damage is recorded: only the rest is missing.
                await chunks.WriteAsync((chunk, file.Share), stop);
                throw;
            }
            await chunks.WriteAsync((chunk, 1), stop);
            chunks.Complete();
        }
        catch (Exception failure)
        {
            chunks.Complete(failure);
        }
    }
}
