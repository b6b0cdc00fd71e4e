namespace Regard.Insight;

/// <summary>What is measured of the service that somebody got. Of each, more is worse.</summary>
public enum ParityMeasure
{
    /// <summary>Time until the first answer to a case; of one that is not answered, the time so far.</summary>
    FirstAnswer,

    /// <summary>Time until a case was resolved; of one that is not, the time so far.</summary>
    Resolution,

    /// <summary>Whether the first answer came after the promised time.</summary>
    BrokenPromise,

    /// <summary>Time on the line of a call.</summary>
    Wait,

    /// <summary>Whether the caller gave up.</summary>
    Abandoned,
}

/// <summary>By what customers are told apart.</summary>
public enum ParityGrouping
{
    /// <summary>Their level in a loyalty program. The service desk cannot see it; here it is looked at whether it is felt all the same.</summary>
    Level,

    /// <summary>Newcomers, and those who bought before.</summary>
    Newness,

    /// <summary>The language they write.</summary>
    Language,

    /// <summary>How they came with their problem.</summary>
    Channel,

    /// <summary>Those who said how they want to be contacted, and those who said nothing.</summary>
    Wish,
}

/// <summary>What the business takes for no difference.</summary>
/// <param name="Time">For times: longer by less than this share does not matter; 0.25 = a quarter longer.</param>
/// <param name="Share">For shares: so many of a hundred more do not matter, as a share; 0.05 = five of a hundred.</param>
public sealed record ParityMargins(double Time, double Share)
{
    /// <summary>Until the business says otherwise.</summary>
    public static readonly ParityMargins Usual = new(0.25, 0.05);

    /// <summary>The margin in the unit in which a measure is compared: logarithms for times.</summary>
    public double Of(ParityMeasure measure) => measure.IsTime() ? Math.Log(1 + Time) : Share;
}

/// <summary>How measures are compared.</summary>
public static class ParityMeasures
{
    /// <summary>Times are compared by their logarithms: how many times as long. One absurd wait does not rule a mean, and "twice as long" is the same everywhere.</summary>
    public static bool IsTime(this ParityMeasure measure) => measure is ParityMeasure.FirstAnswer or ParityMeasure.Resolution or ParityMeasure.Wait;
}

/// <summary>Something that somebody was served, as it is compared.</summary>
/// <param name="Measure">What was measured.</param>
/// <param name="Value">Hours of a time (above 0); 1 or 0 of what happened or did not.</param>
/// <param name="Groups">Of each grouping (by its number) the group; null = not known, and left out there.</param>
public readonly record struct Served(ParityMeasure Measure, double Value, IReadOnlyList<string?> Groups);

/// <summary>A group compared with everybody else in one measure.</summary>
public sealed record ParityComparison
{
    /// <summary>What was measured.</summary>
    public required ParityMeasure Measure { get; init; }

    /// <summary>By what customers are told apart.</summary>
    public required ParityGrouping Grouping { get; init; }

    /// <summary>The group.</summary>
    public required string Group { get; init; }

    /// <summary>The comparison; times in logarithms of hours. <see cref="Parity.DifferentP"/> is adjusted for all comparisons of the study.</summary>
    public required Parity Result { get; init; }

    /// <summary>What is typical of the group: hours (geometric mean), or a share.</summary>
    public required double Typical { get; init; }

    /// <summary>The same of everybody else.</summary>
    public required double TypicalOthers { get; init; }

    /// <summary>Found to be served differently, by itself and not because of another group: its cases were set aside when the others were compared.</summary>
    public bool IsApart { get; init; }
}

/// <summary>
/// Compares every group of customers with everybody else, in every measure. Where a group is served differently, the clearest one is
/// set aside and the others are compared again without it: who writes German is not better served because who writes Spanish waits.
/// Over all comparisons of all rounds, the chance of accusing anybody wrongly is about one in twenty (<see cref="FamilyWise"/>).
/// </summary>
public static class ParityStudy
{
    private const int Fewest = 5;

    private static readonly ParityGrouping[] Groupings = Enum.GetValues<ParityGrouping>();

    /// <summary>All comparisons, measure by measure. Of two groups that are all there is, only the first is compared: the other one's answer is the same.</summary>
    /// <param name="served">Everything that was served.</param>
    /// <param name="margins">What does not matter.</param>
    /// <param name="each">Called before every comparison; what it throws ends the study.</param>
    public static IReadOnlyList<ParityComparison> Of(IReadOnlyCollection<Served> served, ParityMargins margins, Action? each = null)
    {
        var left = served.GroupBy(s => s.Measure).OrderBy(g => g.Key).ToDictionary(g => g.Key, g => g.ToList());
        var raw = left.ToDictionary(m => m.Key, m => Compare(m.Key, m.Value, margins, each));
        List<ParityComparison> apart = [];
        while (true)
        {
            var now = Adjusted([.. raw.Values.SelectMany(r => r)]);
            var clearest = now.Where(c => c.Result.Verdict == ParityVerdict.Different).OrderByDescending(Distance).FirstOrDefault();
            if (clearest is null) return [.. apart.Concat(now).OrderBy(c => c.Measure).ThenBy(c => c.Grouping).ThenBy(c => c.Group, StringComparer.Ordinal)];
            apart.Add(clearest with { IsApart = true });
            left[clearest.Measure].RemoveAll(s => s.Groups[(int)clearest.Grouping] == clearest.Group);
            raw[clearest.Measure] = Compare(clearest.Measure, left[clearest.Measure], margins, each);
        }
    }

    private static List<ParityComparison> Compare(ParityMeasure measure, List<Served> served, ParityMargins margins, Action? each)
    {
        List<ParityComparison> all = [];
        foreach (var grouping in Groupings)
        {
            var known = served.Where(s => s.Groups[(int)grouping] is not null).ToList();
            List<string> groups = [.. known.Select(s => s.Groups[(int)grouping]!).Distinct().Order(StringComparer.Ordinal)];
            if (groups.Count < 2) continue;
            foreach (var group in groups.Count == 2 ? groups.Take(1) : groups)
            {
                each?.Invoke();
                var isMine = known.ToLookup(s => s.Groups[(int)grouping] == group, s => measure.IsTime() ? Math.Log(s.Value) : s.Value);
                double[] mine = [.. isMine[true]], others = [.. isMine[false]];
                double Back(double mean) => measure.IsTime() ? Math.Exp(mean) : mean;
                all.Add(new ParityComparison
                {
                    Measure = measure,
                    Grouping = grouping,
                    Group = group,
                    Result = Compare(group, mine, others, margins.Of(measure)),
                    Typical = Back(mine.Average()),
                    TypicalOthers = Back(others.Average()),
                });
            }
        }
        return all;
    }

    // Of a handful nobody is accused, however odd they are: one customer's bad luck is no rule of the house.
    private static Parity Compare(string group, double[] mine, double[] others, double margin) =>
        Parity.Of(group, mine, others, margin) is var parity && Math.Min(mine.Length, others.Length) >= Fewest ? parity : parity with { DifferentP = 1 };

    private static List<ParityComparison> Adjusted(List<ParityComparison> all)
    {
        var adjusted = FamilyWise.Adjust([.. all.Select(c => c.Result.DifferentP)]);
        return [.. all.Select((c, i) => c with { Result = c.Result with { DifferentP = adjusted[i] } })];
    }

    // In standard errors, up to a factor: p-values of a permutation test have a smallest one, which many may share.
    private static double Distance(ParityComparison comparison) =>
        comparison.Result.Interval.High - comparison.Result.Interval.Low is > 0 and var width ? Math.Abs(comparison.Result.Difference) / width : double.PositiveInfinity;
}
