using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;

namespace Regard.Insight;

/// <summary>In which order rates are listed.</summary>
public enum ReturnRateOrder
{
    Rate,
    Name,
    Sold,
    Returned,
    Excess,
}

/// <summary>After which row a part of the list begins.</summary>
public readonly record struct ReturnRatePlace(string Text, long Number, double Share, string Thing);

/// <summary>How the list of rates is looked at, as it stands in the address. A word that stands for nothing filters nothing.</summary>
public sealed record ReturnRateQuery
{
    /// <summary>A <see cref="ReturnDimension"/>; products when absent.</summary>
    [FromQuery(Name = "by")] public string? By { get; init; }

    [FromQuery(Name = "q")] public string? Text { get; init; }

    /// <summary>"unusual": only what is beyond chance.</summary>
    [FromQuery(Name = "show")] public string? Show { get; init; }

    [FromQuery(Name = "sort")] public string? Sort { get; init; }

    [FromQuery(Name = "after")] public string? After { get; init; }

    public ReturnDimension Dimension => Words.Read<ReturnDimension>(By) ?? ReturnDimension.Product;

    public string DimensionWord => Words.Of(Dimension);

    public bool OnlyUnusual => Show == "unusual";

    public ReturnRateOrder Order => Words.Read<ReturnRateOrder>(Sort) ?? ReturnRateOrder.Rate;

    /// <summary>What is looked for, escaped for a pattern.</summary>
    public string Sought =>
        (Text ?? "").Trim().ToLowerInvariant().Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal);

    public bool IsFiltered => OnlyUnusual || Sought.Length > 0;

    /// <summary>By what the last row before this part is found again; null on the first part, and for a cursor that is none of ours.</summary>
    public ReturnRatePlace? Cursor
    {
        get
        {
            if (After is not { Length: > 0 and < 4000 } cursor || !Base64Url.IsValid(cursor)) return null;
            var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split('\0');
            return parts.Length == 4 && long.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && double.TryParse(parts[2], NumberStyles.Float, CultureInfo.InvariantCulture, out var share)
                ? new ReturnRatePlace(parts[0], number, share, parts[3]) : null;
        }
    }

    public string Href => "/insight/returns" + Query;

    /// <summary>The query part of the address, "?" included; empty when nothing is asked for.</summary>
    public string Query
    {
        get
        {
            var query = new QueryString();
            foreach (var (name, value) in new[] { ("by", By), ("q", Text), ("show", Show), ("sort", Sort), ("after", After) })
                if (!string.IsNullOrWhiteSpace(value)) query = query.Add(name, value);
            return query.Value ?? "";
        }
    }

    public string SortedBy(string sort) => (this with { Sort = sort, After = null }).Href;

    /// <summary>The same list after a row.</summary>
    public ReturnRateQuery Beyond(ReturnRateRow row)
    {
        var number = Order switch { ReturnRateOrder.Sold => row.Sold, ReturnRateOrder.Returned => row.Returned, _ => row.ExcessMinor };
        return this with { After = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{row.Name}\0{number}\0{row.Rate:R}\0{row.Thing}"))) };
    }
}
