using Regard.Storage;

namespace Regard.Imports;

/// <summary>One import, past or under way.</summary>
internal sealed record ImportRun
{
    public Guid RunId { get; init; }

    /// <summary>What the file holds: <c>orders</c>, <c>customers</c>, <c>products</c>, <c>preferences</c>.</summary>
    public string Kind { get; init; } = "";

    public string Format { get; init; } = "";

    public string FileName { get; init; } = "";

    public ImportState State { get; init; }

    public Json Counts { get; init; }

    /// <summary>The file of the lines that were not recorded; null = there are none.</summary>
    public string? RejectsFile { get; init; }

    /// <summary>Why it failed; null = it did not.</summary>
    public string? Explanation { get; init; }

    public Instant StartedAt { get; init; }

    public string StartedBy { get; init; } = "";

    public Instant? FinishedAt { get; init; }

    public ImportCounts Report => Counts.Read<ImportCounts>();
}

public enum ImportState
{
    /// <summary>Under way, or its process died and nobody has run it again.</summary>
    Running,

    /// <summary>The file was read to its end.</summary>
    Finished,

    /// <summary>The file cannot be read (further); what came before is recorded.</summary>
    Failed,

    /// <summary>Its process ended in the middle; what came before is recorded, running it again brings the rest.</summary>
    Interrupted,
}

/// <summary>The record of imports.</summary>
internal sealed class ImportRunStore(UnitOfWork work)
{
    private const string Columns = "run_id, kind, format, file_name, state, counts, rejects_file, explanation, started_at, started_by, finished_at";

    /// <summary>Opens the record of a run. A run of the same file that stands as running was left by a process that died: it says so from now on.</summary>
    public async Task BeginAsync(ImportRun run)
    {
        await work.ExecuteAsync(
            "update import_run set state = 'interrupted', finished_at = @StartedAt where kind = @Kind and file_name = @FileName and state = 'running' and run_id <> @RunId", run);
        await work.ExecuteAsync("""
            insert into import_run (run_id, kind, format, file_name, state, counts, started_at, started_by)
            values (@RunId, @Kind, @Format, @FileName, 'running', @Counts, @StartedAt, @StartedBy)
            on conflict (run_id) do nothing
            """, run);
    }

    /// <summary>Writes how far a run is, in the transaction of what it recorded.</summary>
    public Task ReportAsync(Guid runId, ImportCounts counts) =>
        work.ExecuteAsync("update import_run set counts = @counts where run_id = @runId", new { runId, counts = Json.Of(counts) });

    public Task EndAsync(ImportRun run) => work.ExecuteAsync("""
        update import_run set state = @state, counts = @Counts, rejects_file = @RejectsFile, explanation = @Explanation, finished_at = @FinishedAt
        where run_id = @RunId
        """, new { run.RunId, state = Words.Of(run.State), run.Counts, run.RejectsFile, run.Explanation, run.FinishedAt });

    public Task<ImportRun?> OpenAsync(Guid runId) => work.FirstAsync<ImportRun>($"select {Columns} from import_run where run_id = @runId", new { runId });

    /// <summary>Where the lines are that were not recorded, of all runs.</summary>
    public Task<List<string>> RejectsAsync() => work.ListAsync<string>("select distinct rejects_file from import_run where rejects_file is not null");

    /// <summary>The latest runs before one (null: the latest of all), newest first.</summary>
    /// <param name="state">Only those in this state; null = in every state.</param>
    public Task<List<ImportRun>> PageAsync(Guid? before, int size, ImportState? state = null) => work.ListAsync<ImportRun>(
        $"select {Columns} from import_run where 1 = 1 {(before is null ? "" : "and run_id < @before")} {(state is null ? "" : "and state = @state")} order by run_id desc limit @size",
        new { before, size, state = state is { } word ? Words.Of(word) : null });
}
