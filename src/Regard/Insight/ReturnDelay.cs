namespace Regard.Insight;

/// <summary>How long returns take to come, learned from those that came: sales of last week are not good because nothing has come back yet.</summary>
public sealed class ReturnDelay
{
    /// <summary>Fewer returns tell nothing: then they are supposed to come evenly within four weeks.</summary>
    private const int Fewest = 30;

    private readonly double[] _arrived;

    private ReturnDelay(double[] arrived) => _arrived = arrived;

    /// <param name="lines">Returned lines by whole weeks between sale and return; the last number holds all later ones.</param>
    public static ReturnDelay Of(IReadOnlyList<long> lines)
    {
        double all = lines.Sum();
        if (all < Fewest) return new ReturnDelay([0, 0.25, 0.5, 0.75, 1]);
        var arrived = new double[lines.Count + 1];
        for (var week = 0; week < lines.Count; week++) arrived[week + 1] = arrived[week] + (lines[week] / all);
        return new ReturnDelay(arrived);
    }

    /// <summary>The share of the returns of a week's sales that have come by a day, 0 to 1.</summary>
    /// <param name="week">The Monday of the week of sale.</param>
    /// <param name="today">The day.</param>
    public double Seen(LocalDate week, LocalDate today)
    {
        // Sold in the middle of the week, on average.
        var age = (Period.DaysBetween(week, today) - 3.5) / 7;
        if (age <= 0) return 0;
        var whole = (int)age;
        return whole + 1 >= _arrived.Length ? 1 : _arrived[whole] + ((age - whole) * (_arrived[whole + 1] - _arrived[whole]));
    }

    /// <summary>Whether nearly all returns of a week's sales have come: what is compared with others must have had its time.</summary>
    public bool IsRipe(LocalDate week, LocalDate today) => Seen(week, today) >= 0.95;
}
