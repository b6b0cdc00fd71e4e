using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;

namespace Regard.Orders;

/// <summary>How the list of products is looked at, as it stands in the address. A word that stands for nothing filters nothing.</summary>
public sealed record ProductListQuery
{
    [FromQuery(Name = "q")] public string? Text { get; init; }

    /// <summary>"sold" or "discontinued".</summary>
    [FromQuery(Name = "show")] public string? Show { get; init; }

    /// <summary>"name", "pieces", or the number.</summary>
    [FromQuery(Name = "sort")] public string? Sort { get; init; }

    [FromQuery(Name = "after")] public string? After { get; init; }

    public bool? IsDiscontinued => Show switch { "discontinued" => true, "sold" => false, _ => null };

    public bool IsFiltered => IsDiscontinued is not null || !string.IsNullOrWhiteSpace(Text);

    public ProductOrder Order => Sort switch { "name" => ProductOrder.Name, "pieces" => ProductOrder.Pieces, _ => ProductOrder.Sku };

    /// <summary>By what the last row before this part is found again; null on the first part, and for a cursor that is none of ours.</summary>
    public (string Key, string Sku)? Cursor
    {
        get
        {
            if (After is not { Length: > 0 and < 4000 } cursor || !Base64Url.IsValid(cursor)) return null;
            var words = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split('\0');
            return words.Length == 2 ? (words[0], words[1]) : null;
        }
    }

    public string Href => "/products" + Query;

    /// <summary>The query part of the address, "?" included; empty when nothing is asked for.</summary>
    public string Query
    {
        get
        {
            var query = new QueryString();
            foreach (var (name, value) in new[] { ("q", Text), ("show", Show), ("sort", Sort), ("after", After) })
                if (!string.IsNullOrWhiteSpace(value)) query = query.Add(name, value);
            return query.Value ?? "";
        }
    }

    public string SortedBy(string sort) => (this with { Sort = sort, After = null }).Href;

    /// <summary>The same list after a row.</summary>
    public ProductListQuery Beyond(ProductListRow row) => this with
    {
        After = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{(Order == ProductOrder.Pieces ? row.Pieces.ToString(CultureInfo.InvariantCulture) : row.Name)}\0{row.Sku}")),
    };
}

/// <summary>In which order products are listed.</summary>
public enum ProductOrder
{
    Sku,
    Name,
    Pieces,
}
