namespace Regard.Outreach;

/// <summary>What a campaign's message may say of its reader: there are no other fields, whatever the record holds.</summary>
public enum CampaignField
{
    /// <summary>Their name.</summary>
    Name,

    /// <summary>How they like to be addressed; the name where that is not known.</summary>
    AddressAs,

    /// <summary>The product that they bought last; among those that the campaign asks for, when it does.</summary>
    Product,

    /// <summary>The day of their last order.</summary>
    LastOrder,

    /// <summary>The year of their first order.</summary>
    CustomerSince,
}

/// <summary>What follows from a field.</summary>
public static class CampaignFields
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<CampaignField> All { get; } = Enum.GetValues<CampaignField>();

    /// <summary>Whether it says something about this customer on which a message can rest. A name alone makes a form letter.</summary>
    public static bool IsTheirOwn(this CampaignField field) => field is not (CampaignField.Name or CampaignField.AddressAs);

    /// <summary>What it is, for the person who writes.</summary>
    public static string InWords(this CampaignField field) => field switch
    {
        CampaignField.Name => "their name",
        CampaignField.AddressAs => "how they like to be addressed",
        CampaignField.Product => "the product they bought last",
        CampaignField.LastOrder => "the day of their last order",
        _ => "the year of their first order",
    };
}
