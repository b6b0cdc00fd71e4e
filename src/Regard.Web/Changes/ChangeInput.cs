using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Regard.Storage;

namespace Regard.Changes;

/// <summary>A change as it is written in a file, sent to the API or typed into the form: products by number, prices in major units.</summary>
public sealed record ChangeInput
{
    public ChangeKind? Kind { get; init; }
    public string? Title { get; init; }
    public string? Reason { get; init; }
    public LocalDate? EffectiveOn { get; init; }

    /// <summary>ISO 4217; null = the currency in which the first product has a price.</summary>
    public string? Currency { get; init; }

    /// <summary>Moves the price of every product that names neither its own percentage nor a new price; 8 = eight per cent dearer.</summary>
    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public decimal? Percent { get; init; }

    public IReadOnlyList<ProductInput>? Products { get; init; }

    /// <summary>Names this change in the system it comes from, so that telling it twice registers it once. Null = every telling is a new change; for the command line: see <see cref="ContentId"/>.</summary>
    public string? SourceId { get; init; }

    /// <summary>A name made of what is told: the same words, day, products and numbers have the same name, however the file is laid out.</summary>
    internal string ContentId() => "content:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalJson.Of(Json.Of(this)))));
}

/// <summary>A product of a <see cref="ChangeInput"/>.</summary>
public sealed record ProductInput
{
    public string Sku { get; init => field = value ?? ""; } = "";

    /// <summary>In major units; null = by percentage.</summary>
    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public decimal? NewPrice { get; init; }

    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public decimal? Percent { get; init; }

    /// <summary>The number of the product to buy instead of a discontinued one.</summary>
    public string? Replacement { get; init; }
}

/// <summary>Turns what was written into a draft with the catalogue's products and prices.</summary>
internal static class ChangeIntake
{
    // Beyond these a number is a slip of the hand, and reckoning with it would overflow.
    private const decimal MostPercent = 10_000;
    private const decimal MostPrice = 1_000_000_000;

    /// <summary>The draft, and everything that must be put right; empty when the draft can be registered.</summary>
    public static async Task<(ChangeDraft Draft, IReadOnlyList<DraftProblem> Problems)> ReadAsync(ChangeProductStore catalogue, ChangeInput input, Instant now)
    {
        var problems = new List<DraftProblem>();
        var wanted = (input.Products ?? []).OfType<ProductInput>().Take(ChangeDraft.ProductLimit + 1).ToList();
        if (wanted.Select(p => p.Percent).Append(input.Percent).Any(p => p is < -100 or > MostPercent)) return Slip(input, "percent", "Give a percentage from -100 to 10000.");
        if (wanted.Any(p => p.NewPrice > MostPrice)) return Slip(input, "products", "Give new prices below a thousand millions.");
        var skus = wanted.Select(p => p.Sku).Concat(wanted.Select(p => p.Replacement).OfType<string>()).Select(sku => sku.Trim()).Where(sku => sku.Length > 0);
        var known = (await catalogue.BySkuAsync(skus.Distinct(StringComparer.Ordinal), now)).ToDictionary(p => p.Sku, StringComparer.Ordinal);
        var currency = input.Currency ?? wanted.Select(p => known.GetValueOrDefault(p.Sku.Trim())?.Prices).OfType<IReadOnlyList<Money>>().SelectMany(prices => prices).Select(p => p.Currency).FirstOrDefault();
        var products = new List<DraftProduct>();
        foreach (var product in wanted)
        {
            if (known.GetValueOrDefault(product.Sku.Trim()) is not { } found) problems.Add(new("products", $"No product has the number '{product.Sku.Trim()}'."));
            else if (input.Kind == ChangeKind.Discontinued) products.Add(Gone(product, found, known, problems));
            else if (found.Prices.Count > 0 && found.Prices.All(price => price.Currency != currency)) problems.Add(new("products", $"{found.Sku} has no price in {currency}: register one change for each currency."));
            else products.Add(Priced(product, found, currency ?? Change.AnyCurrency, input.Percent));
        }
        var draft = new ChangeDraft { Kind = input.Kind, Title = input.Title ?? "", Reason = input.Reason ?? "", EffectiveOn = input.EffectiveOn, Products = products };
        var faults = draft.Problems(now.InUtc().Date);
        return (draft, [.. faults.Where(f => problems.Count == 0 || products.Count > 0 || f.Field != "products"), .. problems]);
    }

    private static (ChangeDraft Draft, IReadOnlyList<DraftProblem> Problems) Slip(ChangeInput input, string field, string text) => (new ChangeDraft { Kind = input.Kind }, [new(field, text)]);

    private static DraftProduct Priced(ProductInput wanted, PricedProduct found, string currency, decimal? percent)
    {
        long? before = found.Prices.Where(p => p.Currency == currency).Select(p => (long?)p.Minor).FirstOrDefault();
        var after = wanted.NewPrice is { } price ? Money.OfMajor(price, currency).Minor
            : before is { } old && (wanted.Percent ?? percent) is { } moved ? ChangeDraft.Moved(old, moved) : (long?)null;
        return new(new ProductChange(found.ProductId, found.Sku, found.Name) { OldPriceMinor = before, NewPriceMinor = after }, currency);
    }

    private static DraftProduct Gone(ProductInput wanted, PricedProduct found, Dictionary<string, PricedProduct> known, List<DraftProblem> problems)
    {
        var number = wanted.Replacement?.Trim();
        var replacement = string.IsNullOrEmpty(number) ? null : known.GetValueOrDefault(number);
        if (!string.IsNullOrEmpty(number) && replacement is null) problems.Add(new("products", $"No product has the number '{number}' (the replacement of {found.Sku})."));
        return new(new ProductChange(found.ProductId, found.Sku, found.Name) { ReplacementId = replacement?.ProductId, ReplacementName = replacement?.Name }, Change.AnyCurrency);
    }

    /// <summary>A number as people type it, with point or comma; null = empty or no number.</summary>
    public static decimal? Number(string? text) =>
        decimal.TryParse(text?.Trim().TrimEnd('%').Replace(',', '.'), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
