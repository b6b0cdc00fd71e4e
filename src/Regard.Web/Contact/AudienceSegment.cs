namespace Regard.Contact;

/// <summary>Whom, from what the house knows: everybody of whom all of it is so. Without a condition: everybody.</summary>
public sealed record AudienceSegment
{
    /// <summary>Everybody.</summary>
    public static AudienceSegment Everybody { get; } = new();

    /// <summary>They live in one of these, ISO 3166-1 alpha-2; empty = anywhere.</summary>
    public IReadOnlyList<string> Countries { get; init => field = value ?? []; } = [];

    /// <summary>They are written to in one of these: en, de or es; empty = any.</summary>
    public IReadOnlyList<string> Languages { get; init => field = value ?? []; } = [];

    /// <summary>They bought this product (its number); null = any or none.</summary>
    public string? Product { get; init; }

    /// <summary>They bought something of this category; null = any or none.</summary>
    public string? Category { get; init; }

    /// <summary>The product or category was bought in this month or later; null = at any time.</summary>
    public LocalDate? BoughtSince { get; init; }

    /// <summary>Their last order was on this day or later (UTC); null = whenever.</summary>
    public LocalDate? OrderedSince { get; init; }

    /// <summary>They have ordered, and never since this day (UTC); null = whenever.</summary>
    public LocalDate? SilentSince { get; init; }

    /// <summary>A product that they bought must be known.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool NeedsProduct { get; init; }

    /// <summary>An order of theirs must be known.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool NeedsOrder { get; init; }

    /// <summary>The two above are turned round: one of them at least is not known.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsLacking { get; init; }

    /// <summary>Whether a class answers it alone, without a look at orders.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsOfClasses => Product is null && Category is null && OrderedSince is null && SilentSince is null && !NeedsProduct && !NeedsOrder;

    /// <summary>Whether customers of a class may be in it.</summary>
    internal bool Has(AudienceFacts facts) =>
        (Countries.Count == 0 || (facts.Country is { } country && Countries.Contains(country, StringComparer.OrdinalIgnoreCase)))
        && (Languages.Count == 0 || Languages.Contains(facts.Language, StringComparer.OrdinalIgnoreCase));
}
