namespace Regard.Insight;

/// <summary>
/// Running surveillance of returns (or of any yes-or-no outcome) that allows for what was expected of each: risk-adjusted CUSUM of Steiner,
/// Cook, Farewell and Treasure, Biostatistics 1 (2000), eq. 2 and 3. Each outcome adds the log-likelihood ratio of odds that are
/// <paramref name="OddsRatio"/> times the expected against the expected; the sum never falls below 0, and above
/// <paramref name="Limit"/> it is an alarm.
/// </summary>
/// <param name="OddsRatio">The worsening to be found soonest, above 1: 2 = doubled odds.</param>
/// <param name="Limit">Above 0; see <see cref="For"/>.</param>
public sealed record RiskCusum(double OddsRatio, double Limit)
{
    private const int States = 60;

    /// <summary>The sum after one more outcome.</summary>
    /// <param name="sum">So far; 0 at the start and after an alarm that was seen to.</param>
    /// <param name="risk">The expected chance of a return of this sale, above 0 and below 1.</param>
    /// <param name="happened">Whether it came back.</param>
    public double Next(double sum, double risk, bool happened) => Math.Max(0, sum + Weight(risk, happened));

    /// <summary>What so many outcomes of one risk say for the worsening and against the expected, as a log-likelihood ratio; negative = against it.</summary>
    /// <param name="risk">The expected chance of a return of each, above 0 and below 1.</param>
    /// <param name="happened">How many came back.</param>
    /// <param name="not">How many did not.</param>
    public double Evidence(double risk, long happened, long not) => (happened * Weight(risk, true)) + (not * Weight(risk, false));

    /// <summary>Whether the sum is an alarm.</summary>
    public bool IsAlarm(double sum) => sum > Limit;

    /// <summary>
    /// The chart that raises a false alarm once in so many sales of the usual risk, on average: average run lengths of a Markov chain
    /// over 60 steps of the sum (Brook and Evans, Biometrika 59 (1972)); the limit by bisection.
    /// </summary>
    /// <param name="oddsRatio">Above 1.</param>
    /// <param name="risk">The usual risk, above 0 and below 1.</param>
    /// <param name="salesToFalseAlarm">More than 10.</param>
    public static RiskCusum For(double oddsRatio, double risk, double salesToFalseAlarm)
    {
        double low = 0, high = 1;
        while (high < 64 && new RiskCusum(oddsRatio, high).RunLength(risk) < salesToFalseAlarm) high *= 2;
        for (var i = 0; i < 30; i++)
        {
            var middle = (low + high) / 2;
            if (new RiskCusum(oddsRatio, middle).RunLength(risk) < salesToFalseAlarm) low = middle;
            else high = middle;
        }
        return new RiskCusum(oddsRatio, high);
    }

    /// <summary>Sales until an alarm, on average, when each comes back with this chance and that is what is expected.</summary>
    public double RunLength(double risk)
    {
        double up = Weight(risk, true), down = Weight(risk, false), step = Limit / States;
        var work = new double[States, States + 1];
        for (var state = 0; state < States; state++)
        {
            work[state, state] += 1;
            work[state, States] = 1;
            Move(state, up, risk);
            Move(state, down, 1 - risk);

            void Move(int from, double by, double chance)
            {
                // Between two states the chance is shared, so that small steps are not lost in rounding.
                var to = Math.Max(0, from + (by / step));
                var lower = (int)to;
                if (lower >= States) return;
                work[from, lower] -= chance * (1 - (to - lower));
                if (lower + 1 < States) work[from, lower + 1] -= chance * (to - lower);
            }
        }
        return Linear.Solve(work)[0];
    }

    private double Weight(double risk, bool happened) => (happened ? Math.Log(OddsRatio) : 0) - Math.Log(1 - risk + (OddsRatio * risk));
}
