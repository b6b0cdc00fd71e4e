namespace Regard.Changes;

/// <summary>How a customer can be reached in person before a change, as far as their wishes are known when the plan is made.</summary>
public enum PersonalMeans
{
    /// <summary>Not at all: only the notice, if that.</summary>
    None,

    /// <summary>By a mail written for them.</summary>
    Mail,

    /// <summary>By a call.</summary>
    Call,
}

/// <summary>A customer for whom a personal contact is weighed.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="ExpectedLossMinor">Spend of a year at risk, minor units of the plan's one currency.</param>
/// <param name="Means">How they may be reached.</param>
public readonly record struct PlanCandidate(Guid CustomerId, long ExpectedLossMinor, PersonalMeans Means)
{
    /// <summary>Working minutes of the contact.</summary>
    public int Minutes => CarePlan.MinutesFor(Means);

    /// <summary>The part of the loss that the contact is expected to prevent.</summary>
    public long PreventedMinor => Math.Max(0, ExpectedLossMinor) * CarePlan.PercentPrevented(Means) / 100;
}

/// <summary>
/// Who is told in person before a change, so that within the staff's minutes as much expected loss as possible is prevented. Everybody
/// else who is affected gets the written notice, which costs no minutes.
/// <para>
/// Chosen greedily by prevented loss per minute (ties: the larger prevention, then the smaller id). Two things follow, and are tested:
/// the minutes are never exceeded, and more minutes never prevent less (where the smaller budget first passes a contact over, it has
/// fewer minutes left than that contact needs, at no better rate than that contact's). The linear relaxation, in which the last contact
/// may be cut to fit, bounds what any choice could prevent; the plan shows that bound next to what it reaches.
/// </para>
/// </summary>
public sealed record CarePlan
{
    /// <summary>Names the minutes and percentages below, and this way of choosing.</summary>
    public const string RuleVersion = "care-plan-1";

    /// <summary>Who is contacted in person, the best use of a minute first.</summary>
    public required IReadOnlyList<PlanCandidate> Personal { get; init; }

    /// <summary>The staff's minutes.</summary>
    public required int MinutesAvailable { get; init; }

    /// <summary>Minutes that the chosen contacts take; never more than <see cref="MinutesAvailable"/>.</summary>
    public required int MinutesUsed { get; init; }

    /// <summary>Expected loss that the chosen contacts prevent, minor units.</summary>
    public required long PreventedMinor { get; init; }

    /// <summary>No choice within the minutes could prevent more than this.</summary>
    public required long UpperBoundMinor { get; init; }

    /// <summary>Working minutes of a contact, with preparing and noting it down.</summary>
    public static int MinutesFor(PersonalMeans means) => means switch { PersonalMeans.Call => 12, PersonalMeans.Mail => 5, _ => 0 };

    /// <summary>
    /// How much of the expected loss a contact before the change prevents, in per cent: a stated prior (a call 40, a personal mail 20)
    /// until outcomes of past plans say otherwise.
    /// </summary>
    public static int PercentPrevented(PersonalMeans means) => means switch { PersonalMeans.Call => 40, PersonalMeans.Mail => 20, _ => 0 };

    /// <summary>Chooses.</summary>
    /// <param name="candidates">Each customer once. Who cannot be reached, or has nothing at risk, is never chosen.</param>
    /// <param name="staffMinutes">0 or more.</param>
    public static CarePlan Make(IEnumerable<PlanCandidate> candidates, int staffMinutes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(staffMinutes);
        var ranked = candidates.Where(c => c.PreventedMinor > 0).Order(ByWorthOfAMinute).ToList();
        var chosen = new List<PlanCandidate>();
        int left = staffMinutes, boundLeft = staffMinutes;
        long bound = 0;
        foreach (var candidate in ranked)
        {
            if (boundLeft > 0)
            {
                bound += candidate.Minutes <= boundLeft ? candidate.PreventedMinor : candidate.PreventedMinor * boundLeft / candidate.Minutes;
                boundLeft = Math.Max(0, boundLeft - candidate.Minutes);
            }
            if (candidate.Minutes > left) continue;
            chosen.Add(candidate);
            left -= candidate.Minutes;
        }
        return new CarePlan
        {
            Personal = chosen,
            MinutesAvailable = staffMinutes,
            MinutesUsed = staffMinutes - left,
            PreventedMinor = chosen.Sum(c => c.PreventedMinor),
            UpperBoundMinor = bound,
        };
    }

    private static readonly Comparer<PlanCandidate> ByWorthOfAMinute = Comparer<PlanCandidate>.Create(static (a, b) =>
    {
        var rate = ((Int128)b.PreventedMinor * a.Minutes).CompareTo((Int128)a.PreventedMinor * b.Minutes);
        if (rate != 0) return rate;
        return b.PreventedMinor != a.PreventedMinor
            ? b.PreventedMinor.CompareTo(a.PreventedMinor)
            : string.CompareOrdinal(a.CustomerId.ToString(), b.CustomerId.ToString());
    });
}
