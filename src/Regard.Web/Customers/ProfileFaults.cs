using System.Globalization;

namespace Regard.Customers;

/// <summary>What is wrong with a profile as somebody typed it.</summary>
internal static class ProfileFaults
{
    private const int LongestName = 200;

    /// <summary>Sentences by the field's name; empty = nothing is wrong. What was left empty is not known, which is no fault; only the name must be there.</summary>
    public static Dictionary<string, string> Of(string? name, string? language, string? timeZone, string? country)
    {
        var faults = new Dictionary<string, string>(StringComparer.Ordinal);
        if (string.IsNullOrWhiteSpace(name)) faults["Name"] = "Give a name, so that the customer can be found in lists.";
        else if (name.Length > LongestName) faults["Name"] = $"A name has at most {LongestName} letters.";
        if (!string.IsNullOrWhiteSpace(language) && !IsLanguage(language.Trim())) faults["Language"] = "This is no language tag. Write it as de, en or pt-BR.";
        if (!string.IsNullOrWhiteSpace(timeZone) && DateTimeZoneProviders.Tzdb.GetZoneOrNull(timeZone.Trim()) is null)
            faults["TimeZone"] = "There is no such time zone. Write it as Europe/Vienna.";
        if (!string.IsNullOrWhiteSpace(country) && !IsCountry(country.Trim())) faults["Country"] = "A country has two letters, as AT or GB.";
        return faults;
    }

    private static bool IsCountry(string code) => code.Length == 2 && code.All(char.IsAsciiLetter);

    /// <summary>Whether a text has the form of a language tag, BCP 47.</summary>
    public static bool IsLanguage(string tag)
    {
        try
        {
            return tag.Length is >= 2 and <= 35 && tag.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-') && CultureInfo.GetCultureInfo(tag) is not null;
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }
}
