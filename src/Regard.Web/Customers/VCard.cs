using System.Text;

namespace Regard.Customers;

/// <summary>A customer as a card for an address book (vCard 4.0, RFC 6350).</summary>
internal static class VCard
{
    public const string MediaType = "text/vcard; charset=utf-8";

    public static string Of(CustomerProfile profile)
    {
        var card = new StringBuilder();
        Line(card, "BEGIN:VCARD");
        Line(card, "VERSION:4.0");
        Line(card, $"UID:urn:uuid:{profile.CustomerId}");
        Line(card, $"KIND:{(profile.Kind == CustomerKind.Account ? "org" : "individual")}");
        Line(card, $"FN:{Escaped(profile.Name)}");
        if (profile.GivenName is not null || profile.FamilyName is not null) Line(card, $"N:{Escaped(profile.FamilyName ?? "")};{Escaped(profile.GivenName ?? "")};;;");
        if (profile.AddressAs is { } addressAs) Line(card, $"NICKNAME:{Escaped(addressAs)}");
        if (profile.Language is { } language) Line(card, $"LANG:{Escaped(language)}");
        if (profile.TimeZone is { } zone) Line(card, $"TZ:{Escaped(zone)}");
        foreach (var identity in profile.Identities)
        {
            if (identity.Kind == IdentityKind.Email) Line(card, $"EMAIL:{Escaped(identity.Value)}");
            if (identity.Kind == IdentityKind.Phone) Line(card, $"TEL;VALUE=uri:tel:{identity.Value}");
        }
        Line(card, $"REV:{profile.UpdatedAt.ToDateTimeUtc():yyyyMMdd'T'HHmmss'Z'}");
        Line(card, "END:VCARD");
        return card.ToString();
    }

    private static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal)
        .Replace(";", "\\;", StringComparison.Ordinal).ReplaceLineEndings("\\n");

    // A line has at most 75 octets; what follows begins with a space, and no character is cut in two.
    private static void Line(StringBuilder card, string text)
    {
        var octets = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > 75)
            {
                card.Append("\r\n ");
                octets = 1;
            }
            card.Append(rune);
            octets += rune.Utf8SequenceLength;
        }
        card.Append("\r\n");
    }
}
