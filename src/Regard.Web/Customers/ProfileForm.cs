namespace Regard.Customers;

/// <summary>A customer's profile as staff edit it.</summary>
public sealed record ProfileForm
{
    public string? Name { get; init; }
    public string? AddressAs { get; init; }
    public string? Language { get; init; }
    public string? TimeZone { get; init; }
    public string? Country { get; init; }

    /// <summary>The version that was on the page.</summary>
    public long Version { get; init; }

    public static ProfileForm Of(CustomerHead head) => new()
    {
        Name = head.Name,
        AddressAs = head.AddressAs,
        Language = head.Language,
        TimeZone = head.TimeZone,
        Country = head.Country,
        Version = head.Version,
    };

    public IReadOnlyDictionary<string, string> Faults() => ProfileFaults.Of(Name, Language, TimeZone, Country);

    public CustomerProfile On(CustomerProfile known) => known with
    {
        Name = Name!.Trim(),
        AddressAs = Said(AddressAs),
        Language = Said(Language),
        TimeZone = Said(TimeZone),
        Country = Said(Country)?.ToUpperInvariant(),
        Version = Version,
    };

    private static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
