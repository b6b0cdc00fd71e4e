using Regard.Storage;
using Regard.Storage.Journal;

namespace Regard.Contact;

/// <summary>
/// Asked before every round of sending whether the database is still at least as new as it was the round before: one that was restored
/// under a running process has forgotten its marks, and is replayed before anything else is sent.
/// </summary>
internal sealed class JournalWatch(Database database)
{
    private static readonly Duration Between = Duration.FromSeconds(30);

    private Dictionary<string, long>? _seen;
    private Instant _markedAt = Instant.MinValue;

    /// <summary>Returns when sending may go on.</summary>
    /// <exception cref="StorageRefusal">It may not; the message says why.</exception>
    public async Task RequireAsync(Instant now, CancellationToken stop)
    {
        var marks = await MarksAsync(stop);
        var isBehind = _seen is null || _seen.Any(seen => marks.GetValueOrDefault(seen.Key) < seen.Value);
        if (!isBehind && now - _markedAt < Between) return;
        if (isBehind) await JournalReplay.RunAsync(database, now, stop);
        if (database.Journal.End is { } end)
        {
            await using var work = await database.WriteAsync(stop);
            await new JournalMarkStore(work).WriteAsync(end, now);
            await work.CommitAsync();
        }
        (_seen, _markedAt) = (await MarksAsync(stop), now);
    }

    private async Task<Dictionary<string, long>> MarksAsync(CancellationToken stop)
    {
        await using var work = await database.ReadAsync(stop);
        return (await new JournalMarkStore(work).AllAsync()).ToDictionary(mark => mark.File, mark => mark.Position, StringComparer.Ordinal);
    }
}
