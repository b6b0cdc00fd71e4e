using System.Diagnostics;
using Regard.Contact;

namespace Regard.History;

/// <summary>
/// Proves a history, in one pass in the order of time. It claims only what is certain: an operation that was invoked and is not known to have
/// failed may take effect at any moment from then on, and an order between two operations holds only when one was answered before the other
/// began. Profiles come in pairs (2n and 2n + 1), which alone are merged with each other. A line is met when everything of the minute after
/// it is known, so that a history of any length is proved in the same memory: what becomes known later can only excuse nothing more.
/// </summary>
internal sealed class HistoryChecker
{
    private static readonly long Lease = Microseconds(ClaimStore.ClaimLasts);

    private static readonly long Known = 60 * Stopwatch.Frequency;
    private static readonly long StepsAreKept = 10 * Known;

    // More than any limit counts.
    private const int ContactsAreKept = 16;

    private readonly Queue<HistoryRecord> _ahead = new();
    private readonly Queue<(long Time, long Step)> _handed = new();
    private readonly Dictionary<(Act, Phase), long> _counts = [];
    private readonly HashSet<long> _failed = [];
    private readonly Dictionary<long, bool> _received = [];
    private readonly Dictionary<int, Pair> _pairs = [];
    private readonly Dictionary<long, Handed> _steps = [];
    private readonly List<string> _violations = [];

    private HistoryChecker()
    {
    }

    /// <summary>What a history shows.</summary>
    public static HistoryReport Check(IEnumerable<HistoryRecord> history)
    {
        var checker = new HistoryChecker();
        foreach (var line in history) checker.Read(line);
        while (checker._ahead.TryDequeue(out var line)) checker.Meet(line);
        return new HistoryReport(checker._counts, checker._violations);
    }

    private void Read(HistoryRecord line)
    {
        _counts[(line.Act, line.Phase)] = _counts.GetValueOrDefault((line.Act, line.Phase)) + 1;
        if (line.Phase == Phase.Fail) _failed.Add(line.Operation);
        if (line.Act == Act.Received) _received[line.Operation] = line.Yes;
        _ahead.Enqueue(line);
        while (_ahead.Peek().Time < line.Time - Known) Meet(_ahead.Dequeue());
        while (_handed.TryPeek(out var first) && first.Time < line.Time - StepsAreKept) _steps.Remove(_handed.Dequeue().Step);
    }

    private void Meet(HistoryRecord line)
    {
        switch (line.Act)
        {
            case Act.Say: Said(line); break;
            case Act.Merge: Merged(line); break;
            case Act.Undo when line.Phase == Phase.Invoke && !_failed.Contains(line.Operation):
                Part(PairOf(line.Profile));
                break;
            case Act.HandOver when _received.TryGetValue(line.Operation, out var isTaken): HandedOver(line, isTaken); break;
            case Act.Received: _received.Remove(line.Operation); break;
        }
        if (line.Phase == Phase.Fail) _failed.Remove(line.Operation);
    }

    // A merge can be undone before it is answered.
    private void Merged(HistoryRecord line)
    {
        var pair = PairOf(line.Profile);
        if (line.Phase == Phase.Invoke) pair.Merges.Add(line.Operation);
        else if (pair.Merges.Remove(line.Operation) && line.Phase == Phase.Ok) pair.IsOne = true;
    }

    private static void Part(Pair pair)
    {
        (pair.IsOne, pair.WasUndone) = (false, true);
        pair.Merges.Clear();
        pair.SaidAsOne.Clear();
    }

    // A yes counts from when it is said, a no from when it was answered: between the two both are possible. What was said while a pair was
    // certainly one binds both of it, also after they are parted.
    private void Said(HistoryRecord line)
    {
        var (pair, purpose) = (PairOf(line.Profile), (int)line.Purpose);
        if (line.Phase == Phase.Invoke)
        {
            if (line.Yes && !_failed.Contains(line.Operation)) pair.LastYes[purpose] = Math.Max(pair.LastYes[purpose], line.At);
            if (pair.IsOne) pair.SaidAsOne.Add(line.Operation);
            return;
        }
        var bindsBoth = pair.SaidAsOne.Remove(line.Operation);
        if (line.Yes || line.Phase != Phase.Ok) return;
        for (var side = 0; side < pair.LastNo.Length; side++)
            if (bindsBoth || side == (line.Profile & 1))
                pair.LastNo[side][purpose] = Math.Max(pair.LastNo[side][purpose], line.At);
    }

    private void HandedOver(HistoryRecord line, bool isTaken)
    {
        var pair = PairOf(line.Profile);
        // Whatever was said last wins, so a yes of an earlier moment does not lift a no, however late it arrives. A yes to either profile
        // may count for both: it is not claimed that it does not.
        var yes = pair.LastYes[(int)line.Purpose];
        if (pair.LastNo[line.Profile & 1][(int)line.Purpose] > yes) Violates(line, "was begun after a no was acknowledged, and no yes was said since");
        else if (pair.IsOne && pair.LastNo[~line.Profile & 1][(int)line.Purpose] > yes) Violates(line, "was begun after a no of the merged profile was acknowledged, and no yes was said since");
        if (!isTaken) return;
        CountStep(line);
        CountLimit(line, pair);
    }

    private void CountStep(HistoryRecord line)
    {
        if (!_steps.TryGetValue(line.Step, out var first))
        {
            _steps[line.Step] = new Handed(line.Operation, line.Message);
            _handed.Enqueue((line.Time, line.Step));
        }
        else if (line.Purpose != Purpose.Service) Violates(line, $"is the second of its step, after {first.Operation:x}");
        // An answer to the customer's own request is repeated when nobody knows whether it arrived, and can be seen to be the same.
        else if (first.Message != line.Message) Violates(line, $"repeats {first.Operation:x} under another Message-ID");
    }

    // A claim was made before its mail was opened, and less than a lease before it was handed over: two that are certainly closer are counted.
    private void CountLimit(HistoryRecord line, Pair pair)
    {
        // What a pair has in common stays with the survivor when it is parted: limits are looked at until then.
        if (pair.WasUndone) return;
        foreach (var limit in ContactPolicy.Strict.Limits.Where(limit => limit.Purpose == line.Purpose))
        {
            var earlier = pair.Handed[line.Profile & 1];
            earlier.Add(line.At);
            if (earlier.Count > ContactsAreKept) earlier.RemoveAt(0);
            if (earlier.Count > limit.Count && line.At - earlier[^(limit.Count + 1)] + Lease < Microseconds(Duration.FromDays(limit.Days)))
                Violates(line, $"is one more than {limit.Count} in {limit.Days} days");
        }
    }

    private void Violates(HistoryRecord line, string words) =>
        _violations.Add($"hand-over {line.Operation:x} of step {line.Step} ({Words.Of(line.Purpose)}) to profile {line.Profile} at {line.Time} {words}");

    private Pair PairOf(int profile)
    {
        if (!_pairs.TryGetValue(profile >> 1, out var pair)) _pairs[profile >> 1] = pair = new Pair();
        return pair;
    }

    private static long Microseconds(Duration duration) => duration.BclCompatibleTicks / 10;

    private sealed record Handed(long Operation, long Message);

    private sealed class Pair
    {
        public readonly long[] LastYes = new long[Purposes.All.Count];
        public readonly long[][] LastNo = [new long[Purposes.All.Count], new long[Purposes.All.Count]];
        public readonly List<long>[] Handed = [[], []];
        public readonly HashSet<long> Merges = [];
        public readonly HashSet<long> SaidAsOne = [];
        public bool IsOne;
        public bool WasUndone;
    }
}

/// <summary>What a history shows.</summary>
/// <param name="Counts">How many lines of each kind.</param>
/// <param name="Violations">What certainly went wrong; empty = the history is proved.</param>
internal sealed record HistoryReport(IReadOnlyDictionary<(Act Act, Phase Phase), long> Counts, IReadOnlyList<string> Violations)
{
    /// <summary>Operations of clients and hand-overs of workers.</summary>
    public long Operations => Counts.Where(count => count.Key.Phase == Phase.Invoke && count.Key.Act != Act.Received).Sum(count => count.Value);

    public long Of(Act act, Phase phase) => Counts.GetValueOrDefault((act, phase));

    public override string ToString() =>
        $"{Operations:#,0} operations, {Of(Act.Received, Phase.Invoke):#,0} mails received, "
        + string.Join(", ", new[] { Act.Say, Act.Ask, Act.Merge, Act.Undo }.Select(act => $"{act} {Of(act, Phase.Ok):#,0} ok {Of(act, Phase.Fail):#,0} failed {Of(act, Phase.Unknown):#,0} unknown"))
        + $"; {Violations.Count} violations";
}
