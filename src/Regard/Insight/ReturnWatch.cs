namespace Regard.Insight;

/// <summary>A week of something that is watched.</summary>
/// <param name="Week">Its Monday.</param>
/// <param name="Sold">Order lines sold in it.</param>
/// <param name="Returned">Of these, how many have come back.</param>
/// <param name="Seen">The share of its returns that should have come by now, 0 to 1 (<see cref="ReturnDelay"/>).</param>
public readonly record struct WatchWeek(LocalDate Week, int Sold, int Returned, double Seen);

/// <summary>What watching says.</summary>
public enum WatchVerdict
{
    /// <summary>Nothing was sold yet.</summary>
    NothingYet,

    /// <summary>Neither is sure.</summary>
    Watching,

    /// <summary>The rate is the usual one: that it still were the worse one is excluded at one in twenty.</summary>
    Back,

    /// <summary>The rate is worse than the usual again.</summary>
    Alarm,
}

/// <summary>
/// Watches sales since a day: a risk-adjusted CUSUM (<see cref="RiskCusum"/>) for the alarm, and beside it the plain sum of the same evidence,
/// which says when it is sure that all is well (Wald's sequential test, "Sequential Analysis" 1947, with one error in twenty). Weeks whose
/// returns are still on their way are judged by those that should have come.
/// </summary>
/// <param name="Verdict">In one word.</param>
/// <param name="Sum">The CUSUM after the last week.</param>
/// <param name="Limit">Above it is an alarm.</param>
/// <param name="Since">Of an alarm: the week in which the sum left 0 for the last time.</param>
/// <param name="Sold">Lines watched.</param>
/// <param name="Returned">Of these, came back.</param>
public sealed record ReturnWatch(WatchVerdict Verdict, double Sum, double Limit, LocalDate? Since, int Sold, int Returned)
{
    private static readonly double Sure = Math.Log(19);

    /// <summary>Watches.</summary>
    /// <param name="weeks">In the order of time.</param>
    /// <param name="risk">The usual chance of a return, above 0 and below 1.</param>
    /// <param name="chart">What is looked for, and the limit.</param>
    public static ReturnWatch Of(IEnumerable<WatchWeek> weeks, double risk, RiskCusum chart)
    {
        double sum = 0, evidence = 0;
        int sold = 0, returned = 0;
        LocalDate? since = null;
        var isAlarm = false;
        foreach (var week in weeks.Where(w => w.Sold > 0 && (w.Seen > 0 || w.Returned > 0)))
        {
            var news = chart.Evidence(Math.Clamp(risk * week.Seen, 1e-6, 0.95), week.Returned, Math.Max(0, week.Sold - week.Returned));
            if (sum == 0 && news > 0) since = week.Week;
            sum = Math.Max(0, sum + news);
            evidence += news;
            isAlarm |= chart.IsAlarm(sum);
            (sold, returned) = (sold + week.Sold, returned + week.Returned);
            if (isAlarm) break;
        }
        var verdict = sold == 0 ? WatchVerdict.NothingYet : isAlarm ? WatchVerdict.Alarm : evidence <= -Sure ? WatchVerdict.Back : WatchVerdict.Watching;
        return new ReturnWatch(verdict, sum, chart.Limit, isAlarm ? since : null, sold, returned);
    }
}
