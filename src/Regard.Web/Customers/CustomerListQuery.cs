using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Regard.Api;

namespace Regard.Customers;

/// <summary>How the list of customers is looked at. A word that stands for nothing filters nothing.</summary>
public sealed record CustomerListQuery
{
    public string? Text { get; init; }
    public string? Kind { get; init; }
    public string? Country { get; init; }
    public string? Language { get; init; }

    /// <summary>"open": only those with an open case.</summary>
    public string? Case { get; init; }

    /// <summary>A date: bought on it or later.</summary>
    public string? Bought { get; init; }

    /// <summary>A date: bought before, and not since.</summary>
    public string? Silent { get; init; }

    /// <summary>"name", "newest" or "order"; with a search and no sort, the best hit first.</summary>
    public string? Sort { get; init; }

    /// <summary>Where the list goes on: a cursor that holds a name.</summary>
    public string? After { get; init; }

    /// <summary>How words that are nobody's business are written into an address; see <see cref="SealedWords"/>.</summary>
    public Func<string, string> Seal { get; init; } = _ => throw new InvalidOperationException("This list has no address.");

    public bool IsSearch => !string.IsNullOrWhiteSpace(Text);
    public CustomerKind? OfKind => Words.Read<CustomerKind>(Kind);
    public string? OfCountry => Plain(Country)?.ToUpperInvariant();
    public string? OfLanguage => Plain(Language)?.ToLowerInvariant();
    public bool HasOpenCase => Case == "open";
    public Instant? BoughtSince => StartOf(Bought);
    public Instant? SilentSince => StartOf(Silent);

    public CustomerOrder Order => Sort switch
    {
        "newest" => CustomerOrder.Newest,
        "order" => CustomerOrder.LastOrder,
        "name" => CustomerOrder.Name,
        _ => IsSearch ? CustomerOrder.BestHit : CustomerOrder.Name,
    };

    public bool IsFiltered => OfKind is not null || OfCountry is not null || OfLanguage is not null || HasOpenCase || BoughtSince is not null || SilentSince is not null;

    /// <summary>The words by which the last row before this part is found again; null on the first part, and for a cursor that is none of ours.</summary>
    public (string Key, Guid Id)? Cursor
    {
        get
        {
            if (After is not { Length: > 0 and < 2000 } cursor || !Base64Url.IsValid(cursor)) return null;
            var words = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
            var end = words.LastIndexOf('\n');
            return end >= 0 && Guid.TryParseExact(words[(end + 1)..], "N", out var id) ? (words[..end], id) : null;
        }
    }

    public static string CursorOf(string key, Guid id) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{key}\n{id:N}"));

    /// <summary>The same list sorted another way, from its beginning.</summary>
    public string SortedBy(string sort) => (this with { Sort = sort, After = null }).Href;

    public string Href => "/customers" + Query;

    /// <summary>The query part of the address, "?" included; empty when nothing is asked for.</summary>
    public string Query
    {
        get
        {
            var query = new QueryString();
            foreach (var (name, value) in Pairs.Where(pair => !string.IsNullOrWhiteSpace(pair.Value)))
                query = name switch { "q" => query.Add("s", Seal(value!)), "after" => query.Add(name, Seal(value!)), _ => query.Add(name, value!) };
            return query.Value ?? "";
        }
    }

    /// <summary>What a form holds, by name.</summary>
    public IEnumerable<(string Name, string? Value)> Pairs =>
        [("q", Text), ("kind", Kind), ("country", Country), ("language", Language), ("case", Case), ("bought", Bought), ("silent", Silent), ("sort", Sort), ("after", After)];

    internal static Instant InstantOf(string microseconds) =>
        long.TryParse(microseconds, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < 200_000_000_000_000_000
            ? Storage.TypeHandlers.FromMicroseconds(number)
            : default;

    private static string? Plain(string? word) => string.IsNullOrWhiteSpace(word) ? null : word.Trim();

    private static Instant? StartOf(string? date) => IsoDay.Read(date)?.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant();
}

/// <summary>In which order customers are listed.</summary>
public enum CustomerOrder
{
    Name,
    Newest,
    LastOrder,
    BestHit,
}
