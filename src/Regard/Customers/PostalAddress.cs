namespace Regard.Customers;

/// <summary>Where letters reach a customer, with who said so and when. Personal data: never logged.</summary>
public sealed record PostalAddress
{
    /// <summary>Longest value of a field, in characters.</summary>
    public const int Longest = 200;

    private static readonly HashSet<string> CityFirst = new(["GB", "IE", "US", "CA", "AU", "NZ", "IN", "HK", "SG"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Id of this record.</summary>
    public Guid AddressId { get; init; }

    /// <summary>The name on the envelope; null = the customer's own.</summary>
    public string? Recipient { get; init; }

    /// <summary>Street and number, and what comes before it (care of, building); lines apart by a line feed, at most four.</summary>
    public string Street { get; init; } = "";

    /// <summary>Postal code; null = the place has none.</summary>
    public string? PostalCode { get; init; }

    /// <summary>City, town or village.</summary>
    public string City { get; init; } = "";

    /// <summary>State, province or county; null = not needed.</summary>
    public string? Region { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string Country { get; init; } = "";

    /// <summary>Where it was learned.</summary>
    public string Source { get; init; } = "";

    /// <summary>When it was learned.</summary>
    public Instant RecordedAt { get; init; }

    /// <summary>Who wrote it down.</summary>
    public string RecordedBy { get; init; } = "";

    /// <summary>Since when letters come back from there; null = they do not. A fact about the address, never a wish.</summary>
    public Instant? UndeliverableSince { get; init; }

    /// <summary>From when it is not theirs any more; null = it is.</summary>
    public Instant? EndedAt { get; init; }

    /// <summary>The address as it is written on an envelope, lines apart by a line feed, the country's code last.</summary>
    /// <param name="name">The customer's name, where the address has no recipient of its own.</param>
    public string Written(string name) => string.Join('\n', new[] { Recipient ?? name, Street, Place, Country }.Where(line => line.Length > 0));

    /// <summary>The line with the city, as its country writes it.</summary>
    public string Place => CityFirst.Contains(Country)
        ? string.Join(' ', new[] { Region is null ? City : City + ",", Region, PostalCode }.Where(part => !string.IsNullOrEmpty(part)))
        : string.Join(' ', new[] { PostalCode, City, Region is null ? null : $"({Region})" }.Where(part => !string.IsNullOrEmpty(part)));

    /// <summary>Whether two say the same place for the same recipient, whoever recorded them.</summary>
    public bool IsSame(PostalAddress other) => (Recipient, Street, PostalCode, City, Region, Country) == (other.Recipient, other.Street, other.PostalCode, other.City, other.Region, other.Country);

    /// <summary>The same without blanks around and within lines, code and country in capitals; null = it lacks street, city or country, or a field is too long.</summary>
    public PostalAddress? Normal()
    {
        var lines = Street.ReplaceLineEndings("\n").Split('\n').Select(line => Plain(line)).OfType<string>().ToList();
        var normal = this with
        {
            Recipient = Plain(Recipient),
            Street = string.Join('\n', lines),
            PostalCode = Plain(PostalCode)?.ToUpperInvariant(),
            City = Plain(City) ?? "",
            Region = Plain(Region),
            Country = (Plain(Country) ?? "").ToUpperInvariant(),
        };
        var isWhole = lines.Count is > 0 and <= 4 && normal.City.Length > 0 && normal.Country is { Length: 2 } country && country.All(char.IsAsciiLetter);
        return isWhole && new[] { normal.Recipient, normal.PostalCode, normal.City, normal.Region }.Concat(lines).All(field => field is null || field.Length <= Longest) ? normal : null;
    }

    private static string? Plain(string? text)
    {
        var words = new string([.. (text ?? "").Select(c => char.IsControl(c) ? ' ' : c)]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? null : string.Join(' ', words);
    }
}
