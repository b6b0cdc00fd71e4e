using Regard.Customers;

namespace Regard.Post;

/// <summary>The parts of a letter on paper.</summary>
internal static class LetterText
{
    private const int LongestSalutation = 120;

    /// <summary>The salutation and the rest of a text: its own first line where that greets somebody, else one that is made of how they like to be addressed.</summary>
    public static (string Salutation, string Text) Of(string content, string addressAs, string language)
    {
        var text = content.ReplaceLineEndings("\n").Trim();
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        if (end is > 0 and <= LongestSalutation && !text[..end].Contains('\n', StringComparison.Ordinal) && text[end - 1] is ',' or ':') return (text[..end], text[end..].Trim());
        return (language switch { "de" => $"Guten Tag {addressAs},", "es" => $"Buenos días, {addressAs}:", _ => $"Dear {addressAs}," }, text);
    }

    /// <summary>The address as lines for a window envelope; the country only where it is not the house's own, in capitals as the post wants it.</summary>
    public static IReadOnlyList<string> AddressLines(LetterRow letter)
    {
        var address = new PostalAddress { Recipient = letter.Recipient, Street = letter.Street, PostalCode = letter.PostalCode, City = letter.City, Region = letter.Region, Country = letter.Country };
        return [letter.Recipient, .. letter.Street.Split('\n'), address.Place, Places.Country(letter.Country).ToUpperInvariant()];
    }
}
