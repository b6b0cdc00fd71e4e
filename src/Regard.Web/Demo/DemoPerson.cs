namespace Regard.Demo;

/// <summary>One invented customer, and what is true about them. The program never sees the truths: tests look whether it finds them.</summary>
internal sealed record DemoPerson
{
    public required int Number { get; init; }
    public required string Given { get; init; }
    public required string Family { get; init; }
    public required string Language { get; init; }
    public required string Country { get; init; }
    public required string TimeZone { get; init; }
    public required string Email { get; init; }
    public string? Phone { get; init; }
    public required string Card { get; init; }
    public string? AddressAs { get; init; }

    /// <summary>First day as a customer.</summary>
    public required LocalDate Since { get; init; }

    /// <summary>Mean days between two orders; about 1,000 for a one-time buyer.</summary>
    public required double Rhythm { get; init; }

    /// <summary>How far the gaps stray from the rhythm, as a share of it.</summary>
    public required double Unrest { get; init; }

    /// <summary>What they keep buying, the dearest first.</summary>
    public required IReadOnlyList<string> Favourites { get; init; }

    public required DemoTruth Truth { get; init; }

    public string Key => "LK-" + Number.ToString("D5", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>What is planted in a customer.</summary>
internal enum DemoTruth
{
    /// <summary>Nothing.</summary>
    Plain,

    /// <summary>Bought in a steady rhythm, then stopped without a word about four months ago.</summary>
    SilentLeaver,

    /// <summary>Bought once.</summary>
    OneTime,

    /// <summary>Drinks much of the coffee that will cost more: a hurt customer of the coming change.</summary>
    CoffeeDevotee,
}
