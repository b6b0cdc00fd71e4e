using System.Globalization;
using Microsoft.AspNetCore.Mvc;

namespace Regard.Insight;

/// <summary>How the list of silent leavers is looked at, as it stands in the address. A word that stands for nothing filters nothing.</summary>
public sealed record LeavingQuery
{
    private static readonly Dictionary<string, (string Column, bool IsAscending)> Columns = new(StringComparer.Ordinal)
    {
        ["worth"] = ("s.year_minor", false),
        ["silence"] = ("s.last_at", true),
        ["since"] = ("s.unusual_at", false),
    };

    /// <summary>"worth" (what a year of theirs is worth), "silence" or "since" (it became unusual).</summary>
    [FromQuery(Name = "sort")] public string? Sort { get; init; }

    /// <summary>"asc" or "desc"; anything else is the order that the column is useful in.</summary>
    [FromQuery(Name = "dir")] public string? Dir { get; init; }

    /// <summary>"waiting": nobody has planned a contact since they fell silent; "cared": somebody has.</summary>
    [FromQuery(Name = "show")] public string? Show { get; init; }

    /// <summary>Became unusual within so many days.</summary>
    [FromQuery(Name = "days")] public string? Days { get; init; }

    /// <summary>Only who buys in this currency.</summary>
    [FromQuery(Name = "currency")] public string? Currency { get; init; }

    [FromQuery(Name = "after")] public string? After { get; init; }

    public string Column => Columns.TryGetValue(Sort ?? "", out var column) ? column.Column : Columns["worth"].Column;

    public string SortName => Columns.ContainsKey(Sort ?? "") ? Sort! : "worth";

    public bool IsAscending => Dir == "asc" || (Dir != "desc" && Columns[SortName].IsAscending);

    public bool? IsCaredFor => Show switch { "cared" => true, "waiting" => false, _ => null };

    public int? WithinDays => int.TryParse(Days, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is > 0 and <= 3650 ? days : null;

    public string? OfCurrency => Currency is { Length: 3 } code && code.All(char.IsAsciiLetter) ? code.ToUpperInvariant() : null;

    public bool IsFiltered => IsCaredFor is not null || WithinDays is not null || OfCurrency is not null;

    /// <summary>The last row seen: its sorted value as a whole number, and its customer.</summary>
    public (long Value, Guid Id)? Cursor =>
        After?.Split('_') is [var value, var id] && long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < 200_000_000_000_000_000
            && Guid.TryParse(id, CultureInfo.InvariantCulture, out var customer) ? (number, customer) : null;

    public string Href => "/insight/leaving" + Query;

    /// <summary>The query part of the address, "?" included; empty when nothing is asked for.</summary>
    public string Query
    {
        get
        {
            var query = new QueryString();
            foreach (var (name, value) in new[] { ("sort", Sort), ("dir", Dir), ("show", Show), ("days", Days), ("currency", Currency), ("after", After) })
                if (!string.IsNullOrWhiteSpace(value)) query = query.Add(name, value);
            return query.Value ?? "";
        }
    }

    public string SortedBy(string sort) => (this with { Sort = sort, Dir = SortName == sort ? (IsAscending ? "desc" : "asc") : null, After = null }).Href;

    public string? Direction(string sort) => SortName != sort ? null : IsAscending ? "ascending" : "descending";

    /// <summary>The same list after a row.</summary>
    public LeavingQuery Beyond(LeavingRow row) => this with
    {
        After = string.Create(CultureInfo.InvariantCulture, $"{SortName switch
        {
            "silence" => Storage.TypeHandlers.Microseconds(row.LastAt),
            "since" => Storage.TypeHandlers.Microseconds(row.UnusualAt),
            _ => row.YearMinor,
        }}_{row.CustomerId}"),
    };
}

/// <summary>A silent leaver.</summary>
public sealed record LeavingRow
{
    public Guid CustomerId { get; init; }
    public string Name { get; init; } = "";
    public Instant FirstAt { get; init; }
    public Instant LastAt { get; init; }
    public int Purchases { get; init; }
    public string Currency { get; init; } = "";

    /// <summary>What a year of theirs is worth while they buy as they did.</summary>
    public long YearMinor { get; init; }

    public double UsualGap { get; init; }

    /// <summary>From when on the silence was unusual.</summary>
    public Instant UnusualAt { get; init; }

    internal Guid ModelId { get; init; }

    /// <summary>When a contact was planned since they fell silent; null = none was.</summary>
    public Instant? CaredAt { get; init; }

    /// <summary>What the gate said to it.</summary>
    public string? CareVerdict { get; init; }

    public string? CareChannel { get; init; }
    internal Guid? TaskId { get; init; }

    /// <summary>Days since the last purchase, on the day that is looked at.</summary>
    public int SilentDays { get; init; }

    /// <summary>Of customers who go on buying like this one, the share who are as silent at some moment.</summary>
    public double ChanceOfSilence { get; init; }

    public double ChanceAlive { get; init; }

    /// <summary>What happened before, the latest first.</summary>
    public IReadOnlyList<Trouble> Before { get; init; } = [];
}
