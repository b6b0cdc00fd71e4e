namespace Regard.Customers;

/// <summary>
/// What a source tells about a customer. Null always means that the source says nothing about it; recording a draft fills in what is
/// unknown and never overwrites what is known.
/// </summary>
public sealed record CustomerDraft
{
    /// <summary>A person unless said otherwise.</summary>
    public CustomerKind Kind { get; init; }

    /// <summary>The name shown in lists; null = made of the given and family name, or else of the first identity.</summary>
    public string? Name { get; init; }

    /// <summary>How the customer likes to be addressed, in their own words.</summary>
    public string? AddressAs { get; init; }

    /// <summary>Given name.</summary>
    public string? GivenName { get; init; }

    /// <summary>Family name.</summary>
    public string? FamilyName { get; init; }

    /// <summary>BCP 47 tag.</summary>
    public string? Language { get; init; }

    /// <summary>IANA time zone.</summary>
    public string? TimeZone { get; init; }

    /// <summary>ISO 3166-1 alpha-2, capitals; also how national phone numbers are read.</summary>
    public string? Country { get; init; }

    /// <summary>Who tells: for example <c>shopify</c>, <c>segment</c>, <c>staff</c>.</summary>
    public required string Source { get; init; }

    /// <summary>By what the source recognises the customer. Empty = nobody can be found by this draft, a new customer is made.</summary>
    public IReadOnlyList<IdentityDraft> Identities { get; init; } = [];

    /// <summary>Where letters reach the customer; null = the source does not say. Whoever has an address keeps it.</summary>
    public PostalAddress? Postal { get; init; }

    /// <summary>The name this draft itself gives, or null when it only has identities.</summary>
    public string? GivenFullName
    {
        get
        {
            if (!string.IsNullOrWhiteSpace(Name)) return Name.Trim();
            var full = $"{GivenName?.Trim()} {FamilyName?.Trim()}".Trim();
            return full.Length == 0 ? null : full;
        }
    }

    /// <summary>The name under which a new customer of this draft is listed; <c>Unnamed</c> when it says nothing at all.</summary>
    public string ListName => GivenFullName ?? Identities.FirstOrDefault(i => !string.IsNullOrWhiteSpace(i.Value))?.Value.Trim() ?? "Unnamed";

    /// <summary>What is known after this draft was heard: <paramref name="known"/> itself when the draft says nothing new.</summary>
    /// <param name="known">What is known so far. Its name counts as unknown while it is only one of its identities.</param>
    public CustomerProfile FillIn(CustomerProfile known)
    {
        var isNameless = known.Name == "Unnamed" || known.Identities.Any(i => string.Equals(i.Value, known.Name, StringComparison.OrdinalIgnoreCase));
        return known with
        {
            Name = isNameless ? GivenFullName ?? known.Name : known.Name,
            AddressAs = known.AddressAs ?? Said(AddressAs),
            GivenName = known.GivenName ?? Said(GivenName),
            FamilyName = known.FamilyName ?? Said(FamilyName),
            Language = known.Language ?? Said(Language),
            TimeZone = known.TimeZone ?? Said(TimeZone),
            Country = known.Country ?? Said(Country)?.ToUpperInvariant(),
        };
    }

    private static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
