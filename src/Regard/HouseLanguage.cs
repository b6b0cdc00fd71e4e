using System.Globalization;

namespace Regard;

/// <summary>A language in which the house speaks to customers. Staff's pages are in English.</summary>
public enum HouseLanguage
{
    /// <summary>English; also for whoever reads none of the three.</summary>
    English,

    /// <summary>German, with "Sie".</summary>
    German,

    /// <summary>Spanish, with "usted".</summary>
    Spanish,
}

/// <summary>What follows from a language of the house.</summary>
public static class HouseLanguages
{
    private static readonly CultureInfo[] Cultures = [Shape(HouseLanguage.English), Shape(HouseLanguage.German), Shape(HouseLanguage.Spanish)];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<HouseLanguage> All { get; } = Enum.GetValues<HouseLanguage>();

    /// <summary>Its BCP 47 tag.</summary>
    public static string Tag(this HouseLanguage language) => language switch { HouseLanguage.German => "de", HouseLanguage.Spanish => "es", _ => "en" };

    /// <summary>Its name in itself.</summary>
    public static string OwnName(this HouseLanguage language) => language switch { HouseLanguage.German => "Deutsch", HouseLanguage.Spanish => "Español", _ => "English" };

    /// <summary>How it writes numbers and the names of months; the same on every machine.</summary>
    public static CultureInfo Culture(this HouseLanguage language) => Cultures[(int)language];

    /// <summary>The language of a BCP 47 tag, by its first part; null = none of the house's.</summary>
    public static HouseLanguage? Read(string? tag) => tag?.Trim().Split('-', '_')[0].ToLowerInvariant() switch
    {
        "en" => HouseLanguage.English,
        "de" => HouseLanguage.German,
        "es" => HouseLanguage.Spanish,
        _ => null,
    };

    /// <summary>The best of the house's languages for an Accept-Language header (RFC 9110, 12.5.4); null = it names none of them.</summary>
    public static HouseLanguage? Accepted(string? header)
    {
        (HouseLanguage? Language, double Weight) best = (null, 0);
        foreach (var range in (header ?? "").Split(',').Take(20))
        {
            var parts = range.Split(';', StringSplitOptions.TrimEntries);
            var weight = parts.Skip(1).FirstOrDefault(part => part.StartsWith("q=", StringComparison.OrdinalIgnoreCase)) is { } q
                ? double.TryParse(q.AsSpan(2), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var given) ? given : 0
                : 1;
            if (weight > best.Weight && Read(parts[0]) is { } language) best = (language, weight);
        }
        return best.Language;
    }

    private static CultureInfo Shape(HouseLanguage language)
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        if (language == HouseLanguage.English) return CultureInfo.ReadOnly(culture);
        (culture.NumberFormat.NumberDecimalSeparator, culture.NumberFormat.NumberGroupSeparator) = (",", ".");
        string[] months = language == HouseLanguage.German
            ? ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember", ""]
            : ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre", ""];
        (culture.DateTimeFormat.MonthNames, culture.DateTimeFormat.MonthGenitiveNames) = (months, months);
        return CultureInfo.ReadOnly(culture);
    }
}
