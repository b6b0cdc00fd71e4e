using System.Globalization;

namespace Regard.Changes;

/// <summary>A change as somebody wrote it down, before it was accepted.</summary>
public sealed record ChangeDraft
{
    /// <summary>Longest title, in characters.</summary>
    public const int TitleLimit = 200;

    /// <summary>Longest reason, in characters.</summary>
    public const int ReasonLimit = 2000;

    /// <summary>Most products in one change.</summary>
    public const int ProductLimit = 200;

    /// <summary>What kind of change it is; null = not said.</summary>
    public ChangeKind? Kind { get; init; }

    /// <summary>A few words for lists and subjects.</summary>
    public string Title { get; init; } = "";

    /// <summary>Why, in plain words.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The first day on which it holds; null = not said.</summary>
    public LocalDate? EffectiveOn { get; init; }

    /// <summary>The products, each with the currency of its price.</summary>
    public IReadOnlyList<DraftProduct> Products { get; init; } = [];

    /// <summary>What must be put right before the change can be registered on <paramref name="today"/>; empty when it can.</summary>
    public IReadOnlyList<DraftProblem> Problems(LocalDate today)
    {
        var problems = new List<DraftProblem>();
        if (Kind is null) problems.Add(new("kind", "Say whether prices change or products are discontinued."));
        Require(problems, "title", Title, TitleLimit, "Give the change a title: customers see it as the subject of the mail.");
        Require(problems, "reason", Reason, ReasonLimit, "Give the reason in plain words: customers read it as you write it.");
        if (EffectiveOn is null) problems.Add(new("effective_on", "Give the day from which the change holds."));
        else if (EffectiveOn <= today) problems.Add(new("effective_on", "The day must lie ahead: customers are told before a change, not after it."));
        if (Products.Count is 0 or > ProductLimit) problems.Add(new("products", $"Choose the products that change: at least one, at most {ProductLimit}."));
        if (Products.Select(p => p.Change.ProductId).Distinct().Count() < Products.Count) problems.Add(new("products", "A product is named twice: leave one of the two out."));
        if (Kind == ChangeKind.Price) problems.AddRange(PriceProblems());
        if (Kind == ChangeKind.Discontinued) problems.AddRange(ReplacementProblems());
        return problems;
    }

    /// <summary>The change that this draft describes. Only for a draft without problems.</summary>
    public Change Accept(Guid id) => new()
    {
        Id = id,
        Kind = Kind!.Value,
        Title = Title.Trim(),
        Reason = Reason.Trim(),
        EffectiveOn = EffectiveOn!.Value,
        Currency = Kind == ChangeKind.Price ? Products[0].Currency : Change.AnyCurrency,
        Products = [.. Products.Select(p => p.Change)],
    };

    /// <summary>A price moved by a percentage, rounded half to even to a whole minor unit; the result is never below zero.</summary>
    public static long Moved(long priceMinor, decimal percent) =>
        Math.Max(0, (long)Math.Round(priceMinor * (100m + percent) / 100m, 0, MidpointRounding.ToEven));

    private static void Require(List<DraftProblem> problems, string field, string text, int limit, string missing)
    {
        if (string.IsNullOrWhiteSpace(text)) problems.Add(new(field, missing));
        else if (text.Trim().Length > limit) problems.Add(new(field, string.Create(CultureInfo.InvariantCulture, $"Shorten it to {limit} characters.")));
    }

    private IEnumerable<DraftProblem> PriceProblems()
    {
        if (Products.Select(p => p.Currency).Distinct(StringComparer.Ordinal).Count() > 1)
            yield return new("products", "All prices of one change must be in one currency: register one change for each currency.");
        foreach (var (change, _) in Products)
        {
            if (change.OldPriceMinor is not > 0) yield return new("products", $"{change.Sku} has no price yet that could change: record its price first.");
            else if (change.NewPriceMinor is null or < 0) yield return new("products", $"Give the new price of {change.Sku}, or a percentage.");
            else if (change.NewPriceMinor == change.OldPriceMinor) yield return new("products", $"The new price of {change.Sku} is the same as the old one.");
        }
    }

    private IEnumerable<DraftProblem> ReplacementProblems()
    {
        var gone = Products.Select(p => p.Change.ProductId).ToHashSet();
        return Products.Where(p => p.Change.ReplacementId is { } id && gone.Contains(id))
            .Select(p => new DraftProblem("products", $"The replacement of {p.Change.Sku} is discontinued by the same change: choose another."));
    }
}

/// <summary>One product of a draft.</summary>
/// <param name="Change">What changes about it.</param>
/// <param name="Currency">ISO 4217 code of its prices; <see cref="Change.AnyCurrency"/> when no price changes.</param>
public sealed record DraftProduct(ProductChange Change, string Currency);

/// <summary>Why a draft cannot be registered.</summary>
/// <param name="Field">The field to put right: <c>kind</c>, <c>title</c>, <c>reason</c>, <c>effective_on</c> or <c>products</c>.</param>
/// <param name="Text">What to do, for the person who filled in the form.</param>
public sealed record DraftProblem(string Field, string Text);
