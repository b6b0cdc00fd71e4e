namespace Regard.Customers;

/// <summary>All that the first screen about a customer needs: who they are, how to recognise and address them, what matters to them.</summary>
public sealed record CustomerProfile
{
    /// <summary>The customer's id; after a merge the surviving profile's.</summary>
    public Guid CustomerId { get; init; }

    /// <summary>Person or account.</summary>
    public CustomerKind Kind { get; init; }

    /// <summary>As shown in lists.</summary>
    public string Name { get; init; } = "";

    /// <summary>How they like to be addressed, in their own words; null = nobody asked yet.</summary>
    public string? AddressAs { get; init; }

    /// <summary>Given name; null = not known.</summary>
    public string? GivenName { get; init; }

    /// <summary>Family name; null = not known.</summary>
    public string? FamilyName { get; init; }

    /// <summary>BCP 47; null = not known.</summary>
    public string? Language { get; init; }

    /// <summary>IANA time zone; null = not known: only hours that are civil in every plausible zone.</summary>
    public string? TimeZone { get; init; }

    /// <summary>ISO 3166-1 alpha-2; null = not known.</summary>
    public string? Country { get; init; }

    /// <summary>Where the customer was first heard of.</summary>
    public string Source { get; init; } = "";

    /// <summary>When the profile was made.</summary>
    public Instant CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public Instant UpdatedAt { get; init; }

    /// <summary>Grows with every change of the profile; the API's ETag.</summary>
    public long Version { get; init; }

    /// <summary>When the customer's personal data was erased at their wish; null = it was not.</summary>
    public Instant? ErasedAt { get; init; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Identity> Identities { get; init; } = [];

    /// <summary>Facts that still hold, newest first.</summary>
    public IReadOnlyList<CustomerFact> Facts { get; init; } = [];

    /// <summary>The people of an account, or the accounts of a person.</summary>
    public IReadOnlyList<AccountMember> Members { get; init; } = [];

    /// <summary>How many touchpoints the timeline has.</summary>
    public long Touchpoints { get; init; }

    /// <summary>The latest touchpoint's moment; null = none yet.</summary>
    public Instant? LastTouchpointAt { get; init; }

    /// <summary>How to greet: the customer's own words when they told, otherwise the name.</summary>
    public string Greeting => AddressAs ?? Name;

    /// <summary>What of it is said to them: "Frau Gruber" of "Frau Gruber, per Sie"; what follows a comma is meant for whoever speaks.</summary>
    /// <param name="addressAs">How they like to be addressed; null = not known.</param>
    public static string? Salutation(string? addressAs) => addressAs?.Split(',')[0].Trim() is { Length: > 0 } said ? said : null;
}
