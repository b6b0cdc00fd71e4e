using System.Globalization;
using System.Text;

namespace Regard.Demo;

/// <summary>Draws the customers.</summary>
internal static class DemoPeople
{
    public const int Count = 2000;
    public const int SilentLeavers = 40;
    public const int CoffeeDevotees = 60;

    private static readonly (string Language, string Country, string Zone, double Share, string Dial)[] Places =
    [
        ("de", "DE", "Europe/Berlin", 0.34, "+49151"), ("de", "AT", "Europe/Vienna", 0.08, "+43664"), ("en", "GB", "Europe/London", 0.20, "+447400"),
        ("en", "IE", "Europe/Dublin", 0.05, "+35385"), ("es", "ES", "Europe/Madrid", 0.12, "+34612"), ("fr", "FR", "Europe/Paris", 0.08, "+33612"),
        ("pl", "PL", "Europe/Warsaw", 0.05, "+48512"), ("en", "US", "America/New_York", 0.04, "+1212555"), ("es", "MX", "America/Mexico_City", 0.02, "+52155"),
        ("en", "AU", "Australia/Sydney", 0.02, "+61412"),
    ];

    public static IReadOnlyList<DemoPerson> Draw(Seeded seeded, LocalDate today)
    {
        var people = new List<DemoPerson>(Count);
        for (var number = 1; number <= Count; number++) people.Add(Draw(seeded, today, number));
        return people;
    }

    private static DemoPerson Draw(Seeded seeded, LocalDate today, int number)
    {
        var story = number <= DemoStories.All.Count ? DemoStories.All[number - 1] : null;
        var place = story is null ? Place(seeded.Share()) : Array.Find(Places, p => p.Country == story.Country);
        var given = story?.Given ?? seeded.Pick(DemoNames.Given(place.Language));
        var family = story?.Family ?? seeded.Pick(DemoNames.Family(place.Language));
        var truth = number switch
        {
            <= CoffeeDevotees => DemoTruth.CoffeeDevotee,
            <= CoffeeDevotees + SilentLeavers => DemoTruth.SilentLeaver,
            _ => seeded.Chance(0.3) ? DemoTruth.OneTime : DemoTruth.Plain,
        };
        var age = truth is DemoTruth.Plain or DemoTruth.OneTime ? seeded.Between(5, 730) : seeded.Between(560, 730);
        return new DemoPerson
        {
            Number = number,
            Given = given,
            Family = family,
            Language = place.Language,
            Country = place.Country,
            TimeZone = place.Zone,
            Email = $"{Plain(given)}.{Plain(family)}.{number.ToString(CultureInfo.InvariantCulture)}@example.org",
            Phone = story is not null || seeded.Chance(0.7) ? PhoneOf(place.Dial, number) : null,
            Card = "2900" + number.ToString("D8", CultureInfo.InvariantCulture),
            AddressAs = AddressAs(story, place.Language, given, family, seeded),
            Since = today.PlusDays(-age),
            Rhythm = Rhythm(truth, seeded),
            Unrest = truth == DemoTruth.SilentLeaver ? 0.15 : 0.2 + 0.6 * seeded.Share(),
            Favourites = Favourites(truth, seeded),
            Truth = truth,
        };
    }

    private static double Rhythm(DemoTruth truth, Seeded seeded) => truth switch
    {
        DemoTruth.OneTime => 1000,
        DemoTruth.SilentLeaver => seeded.Between(18, 32),
        DemoTruth.CoffeeDevotee => seeded.Between(20, 35),
        _ => Math.Clamp(70 * Math.Exp(0.6 * seeded.Normal()), 14, 400),
    };

    private static List<string> Favourites(DemoTruth truth, Seeded seeded)
    {
        var consumables = DemoCatalogue.Products.Where(p => p.IsConsumable).ToList();
        var favourites = Enumerable.Range(0, seeded.Between(1, 3)).Select(_ => seeded.Pick(consumables).Sku).Distinct().ToList();
        if (truth == DemoTruth.CoffeeDevotee) favourites.Insert(0, seeded.Pick(DemoCatalogue.RisingSkus));
        return favourites;
    }

    private static (string Language, string Country, string Zone, double Share, string Dial) Place(double share)
    {
        foreach (var place in Places)
        {
            if (share < place.Share) return place;
            share -= place.Share;
        }
        return Places[0];
    }

    // Long enough to be valid for each country's plan, and made from the number alone so that no two customers share one.
    private static string PhoneOf(string dial, int number)
    {
        var length = dial switch { "+35385" => 7, "+34612" or "+61412" or "+48512" or "+447400" => 6, "+33612" => 6, "+1212555" => 4, "+52155" => 8, "+43664" => 7, _ => 8 };
        return dial + number.ToString(CultureInfo.InvariantCulture).PadLeft(length, '0');
    }

    // A story says its own; drawn it is all the same, so that everybody after it stays who they were.
    private static string? AddressAs(DemoStory? story, string language, string given, string family, Seeded seeded)
    {
        var drawn = seeded.Chance(0.5) ? Drawn(language, given, family, seeded) : null;
        return story?.AddressAs ?? drawn;
    }

    private static string Drawn(string language, string given, string family, Seeded seeded) => language switch
    {
        "de" => seeded.Chance(0.6) ? (seeded.Chance(0.15) ? $"Dr. {family}, per Sie" : $"{given} {family}, per Sie") : $"{given}, per Du",
        "es" => seeded.Chance(0.5) ? $"{given}, de tú" : $"{given} {family}, de usted",
        "fr" => $"{given} {family}, vouvoyer",
        _ => seeded.Chance(0.7) ? given : $"{given} {family}",
    };

    private static string Plain(string name) => new([.. name.Normalize(NormalizationForm.FormD).Replace("ł", "l", StringComparison.Ordinal)
        .Replace("Ł", "L", StringComparison.Ordinal).Replace("ß", "ss", StringComparison.Ordinal).Where(char.IsAsciiLetter).Select(char.ToLowerInvariant)]);
}
