using Regard.Storage;

namespace Regard.Texts;

/// <summary>A row of <c>stray_text</c>.</summary>
public sealed record StrayTextRow
{
    public string SourceId { get; init; } = "";
    public Instant At { get; init; }
    public string Act { get; init; } = "";
    public string Number { get; init; } = "";
    public string Words { get; init; } = "";
    public string State { get; init; } = "";
}

/// <summary>Text messages of nobody we know: kept until somebody has looked at them.</summary>
internal sealed class StrayTextStore(UnitOfWork work)
{
    private const string Columns = "source_id, at, act, number, words, state";

    /// <summary>Keeps a text. False = it was kept before.</summary>
    public async Task<bool> KeepAsync(StrayTextRow row) => await work.ExecuteAsync(
        "insert into stray_text (source_id, at, act, number, words, state) values (@SourceId, @At, @Act, @Number, @Words, 'waiting') on conflict do nothing", row) == 1;

    /// <summary>Those that nobody has looked at, the latest first.</summary>
    public Task<List<StrayTextRow>> WaitingAsync(int take) => work.ListAsync<StrayTextRow>($"select {Columns} from stray_text where state = 'waiting' order by at desc, source_id limit @take", new { take });

    /// <summary>One that waits; null = somebody has dealt with it.</summary>
    public Task<StrayTextRow?> FindAsync(string sourceId) => work.FirstAsync<StrayTextRow>($"select {Columns} from stray_text where source_id = @sourceId and state = 'waiting'", new { sourceId });

    /// <summary>Notes what somebody did with it, and keeps nothing of what it said.</summary>
    public async Task<bool> FinishAsync(string sourceId, string state, string by, Instant now) => await work.ExecuteAsync(
        "update stray_text set state = @state, finished_at = @now, finished_by = @by, number = '', words = '' where source_id = @sourceId and state = 'waiting'",
        new { sourceId, state, by, now }) == 1;
}
