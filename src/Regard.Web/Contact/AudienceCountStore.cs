using System.Security.Cryptography;
using Dapper;
using Regard.Storage;

namespace Regard.Contact;

/// <summary>
/// How many customers each class has: what it had when moves were last folded in, and the moves since. A process reads of the former only
/// what changed since it looked before: which fold it saw then is asked in the same snapshot, so that it is never mistaken.
/// </summary>
internal sealed class AudienceCountStore(UnitOfWork work)
{
    // Of one transaction.
    private const int Most = 20_000;
    private const int KeptFolds = 1000;

    private static readonly Bulk<(Guid ClassKey, long Customers, long Fold)> Sums = new(
        "audience_count", "class_key",
        Column<(Guid ClassKey, long Customers, long Fold)>.Id("class_key", row => row.ClassKey),
        Column<(Guid ClassKey, long Customers, long Fold)>.Whole("customers", row => row.Customers),
        Column<(Guid ClassKey, long Customers, long Fold)>.Whole("fold", row => row.Fold));

    private static Seen? _seen;

    /// <summary>How many customers each class has. The unit of work is a snapshot.</summary>
    public async Task<AudienceCounts> ReadAsync()
    {
        var known = AudienceKnown.Current;
        var seen = Volatile.Read(ref _seen) is { } before && ReferenceEquals(before.Counts.Known, known) ? before : null;
        var rows = await work.ManyAsync(
            """
            select fold, token from audience_fold where fold = (select max(fold) from audience_fold) or (fold = @fold and token = @token);
            select class_key, customers from audience_count where fold > coalesce((select fold from audience_fold where fold = @fold and token = @token), -1);
            select class_key, customers from audience_move
            """,
            new { fold = seen?.Fold ?? -1, token = seen?.Token ?? Guid.Empty });
        var (folds, changed, moves) = ((await rows.ReadAsync<FoldRow>()).AsList(), (await rows.ReadAsync<CountRow>()).AsList(), (await rows.ReadAsync<CountRow>()).AsList());
        rows.Dispose();
        var counts = seen is not null && folds.Exists(row => row.Token == seen.Token) ? seen.Counts.Copy() : new AudienceCounts(known);
        foreach (var row in changed) counts.Set(row.ClassKey, row.Customers);
        await new AudienceClassStore(work).LearnAsync(counts);
        if (folds.MaxBy(row => row.Fold) is { } last && last.Token != seen?.Token) Volatile.Write(ref _seen, new Seen(last.Fold, last.Token, counts.Copy()));
        foreach (var row in moves) counts.Add(row.ClassKey, row.Customers);
        if (moves.Count > 0) await new AudienceClassStore(work).LearnAsync(counts);
        return counts;
    }

    /// <summary>Reads ahead for whoever looks next; not when there are more classes than are kept, which would be read again each time.</summary>
    public async Task LearnAsync()
    {
        if (await work.ScalarAsync<long>("select count(*) from audience_count") <= AudienceKnown.Most) await ReadAsync();
    }

    /// <summary>Folds moves in, some thousands at most. Any number of processes may do so at once: one does. Answers how many moves are gone.</summary>
    public async Task<int> FoldAsync()
    {
        if (await work.FirstAsync<Guid?>("select part_id from audience_move limit 1") is null) return 0;
        var fold = 1 + (await work.ScalarAsync<long?>("select max(fold) from audience_fold") ?? 0);
        // Whoever is first has the number, and the others wait for it and leave it at that: folds are seen in the order of their numbers.
        if (await work.ExecuteAsync("insert into audience_fold (fold, token) values (@fold, @token) on conflict do nothing", new { fold, token = new Guid(RandomNumberGenerator.GetBytes(16)) }) == 0) return 0;
        var gone = await work.ListAsync<CountRow>(
            "delete from audience_move where part_id in (select part_id from audience_move limit @Most) returning class_key, customers", new { Most });
        await Sums.UpsertAsync(
            work, [.. gone.GroupBy(row => row.ClassKey, row => row.Customers).OrderBy(same => same.Key).Select(same => (same.Key, same.Sum(), fold))],
            "set customers = audience_count.customers + excluded.customers, fold = excluded.fold");
        await work.ExecuteAsync("delete from audience_fold where fold < @first", new { first = fold - KeptFolds });
        return gone.Count;
    }

    /// <summary>The folded counts that a process saw last.</summary>
    private sealed record Seen(long Fold, Guid Token, AudienceCounts Counts);

    private sealed record FoldRow
    {
        public long Fold { get; init; }
        public Guid Token { get; init; }
    }

    /// <summary>A class with customers of it.</summary>
    internal sealed record CountRow
    {
        public Guid ClassKey { get; init; }
        public long Customers { get; init; }
    }
}
