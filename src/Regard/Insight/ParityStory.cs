namespace Regard.Insight;

/// <summary>A difference in service in words.</summary>
public static class ParityStory
{
    /// <summary>In what a group is served differently from everybody else.</summary>
    /// <param name="name">What the group is called.</param>
    /// <param name="apart">The measures in which it is, at least one.</param>
    public static Sentence Of(string name, IReadOnlyList<ParityComparison> apart) =>
        new($"{name}: {string.Join("; ", apart.Select(Told))}.", [.. apart.SelectMany(Figures)]);

    private static string Told(ParityComparison comparison)
    {
        var key = Words.Of(comparison.Measure);
        var what = comparison.Measure switch
        {
            ParityMeasure.FirstAnswer => "a first answer takes",
            ParityMeasure.Resolution => "it is put right in",
            ParityMeasure.Wait => "they wait on the line",
            ParityMeasure.BrokenPromise => "the promised time passes without an answer for",
            _ => "they give up waiting:",
        };
        return comparison.Measure.IsTime()
            ? $"{what} {{{key}}} times as long as for others ({{{key}_typical}} in place of {{{key}_others}} hours)"
            : $"{what} {{{key}_typical}}, for others {{{key}_others}}";
    }

    private static IEnumerable<Figure> Figures(ParityComparison comparison)
    {
        var key = Words.Of(comparison.Measure);
        var kind = comparison.Measure.IsTime() ? FigureKind.Amount : FigureKind.Percent;
        if (comparison.Measure.IsTime()) yield return new Figure(key, Math.Exp(comparison.Result.Difference), FigureKind.Amount);
        yield return new Figure($"{key}_typical", comparison.Typical, kind);
        yield return new Figure($"{key}_others", comparison.TypicalOthers, kind);
    }
}
