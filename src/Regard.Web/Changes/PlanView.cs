namespace Regard.Changes;

/// <summary>Everything the page of a plan shows.</summary>
public sealed record PlanView
{
    public required PlanRow Plan { get; init; }
    public required IReadOnlyList<ImpactRow> Rows { get; init; }

    /// <summary>The most affected of all, for the chart, however the table is sorted.</summary>
    public required IReadOnlyList<ImpactRow> Top { get; init; }

    public required IReadOnlyList<PlanCount> Counts { get; init; }
    public required ImpactQuery Query { get; init; }
    public string? Next { get; init; }
    public bool MayStart { get; init; }
    public bool MayExport { get; init; }

    public string Address => $"/changes/{Plan.ChangeId}/plans/{Plan.PlanId}";

    public long Done => Counts.Where(count => count.Verdict != "planned").Sum(count => count.Steps);

    public long Steps => Counts.Sum(count => count.Steps);

    /// <summary>The same page sorted by a column; when it is already, the other way round.</summary>
    public string SortedBy(string column) => Link(column, Query.Sort == column && !Query.IsAscending);

    public string? Direction(string column) => Query.Sort != column ? null : Query.IsAscending ? "ascending" : "descending";

    /// <summary>The page as it is looked at, from its first row.</summary>
    public string Link(string sort, bool ascending) =>
        $"{Address}?sort={sort}{(ascending ? "&dir=asc" : "")}{(Query.Show is null ? "" : $"&show={Query.Show}")}{(Query.Text is null ? "" : $"&q={Uri.EscapeDataString(Query.Text)}")}";
}
