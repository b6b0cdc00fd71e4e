using System.Globalization;
using Regard.Contact;
using Regard.Customers;

namespace Regard.Outreach;

/// <summary>Somebody whom a campaign is written to.</summary>
internal sealed record CampaignReader
{
    public required string Name { get; init; }
    public string? AddressAs { get; init; }

    /// <summary>The language in which they are written to.</summary>
    public required string Language { get; init; }
    public string? TimeZone { get; init; }
    public string? Product { get; init; }
    public Instant? FirstOrderAt { get; init; }
    public Instant? LastOrderAt { get; init; }

    /// <summary>The campaign's letter to them; null = something that it names is not known of them.</summary>
    public ContactDraft? Letter(CampaignDraft campaign)
    {
        var (language, message) = campaign.MessageFor(Language);
        if (message.For(Values(language)) is not { } filled) return null;
        var fields = new Dictionary<string, object?>(StringComparer.Ordinal) { ["subject"] = filled.Subject, ["text"] = filled.Text, ["address_as"] = CustomerProfile.Salutation(AddressAs) };
        return LetterBook.Write(LetterKind.Campaign, language, fields) with { TaskTitle = campaign.Title };
    }

    /// <summary>The fields that the letter names and that are not known, for people.</summary>
    public IReadOnlyList<CampaignField> Missing(CampaignDraft campaign)
    {
        var (language, message) = campaign.MessageFor(Language);
        var values = Values(language);
        return [.. message.Fields.Where(field => !values.ContainsKey(field))];
    }

    private Dictionary<CampaignField, string> Values(string language)
    {
        var zone = (TimeZone is { } name ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) : null) ?? DateTimeZone.Utc;
        var values = new Dictionary<CampaignField, string> { [CampaignField.Name] = Name, [CampaignField.AddressAs] = CustomerProfile.Salutation(AddressAs) ?? Name };
        if (Product is not null) values[CampaignField.Product] = Product;
        if (LastOrderAt is { } last) values[CampaignField.LastOrder] = DayText.InLetter(last.InZone(zone).Date, HouseLanguages.Read(language) ?? HouseLanguage.English);
        if (FirstOrderAt is { } first) values[CampaignField.CustomerSince] = first.InZone(zone).Year.ToString(CultureInfo.InvariantCulture);
        return values;
    }
}
