namespace Regard.Insight;

/// <summary>Where the rows behind a number are.</summary>
internal static class FindingLinks
{
    /// <summary>The page of the rows behind a figure of a finding; null = there are none to show.</summary>
    public static string? Behind(FindingRow row, FindingReport report, string figure) => row.Kind == ParityWork.Kind
        ? report is { Grouping: { } grouping, Group: { } group } ? new ParityCaseQuery { By = Words.Of(grouping), Group = figure.EndsWith("_others", StringComparison.Ordinal) ? null : group, Measure = Measure(figure) }.Href : null
        : figure switch
        {
            "others" or "usual" => $"/insight/returns?by={(ReturnThing.Read(report.Thing) is { } thing ? Words.Of(thing.Dimension) : "")}",
            "sold" => new ReturnLineQuery { Thing = report.Thing, Show = "sold" }.Href,
            _ => new ReturnLineQuery { Thing = report.Thing, Reason = report.Reason ?? (figure == "times" ? Quoted(report.Words) : null) }.Href,
        };

    // The reason stands in the sentence as it was told.
    private static string? Quoted(string words) =>
        words.LastIndexOf('“') is >= 0 and var from && words.IndexOf('”', from) is > 0 and var until && until > from ? words[(from + 1)..until] : null;

    private static string Measure(string figure) => Enum.GetValues<ParityMeasure>().Select(Words.Of).FirstOrDefault(word => figure.StartsWith(word, StringComparison.Ordinal)) ?? Words.Of(ParityMeasure.FirstAnswer);
}
