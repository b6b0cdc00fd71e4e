namespace Regard.Customers;

/// <summary>What somebody typed to find a customer, taken apart: it may be a name, an address, a number, or the beginning of any of them.</summary>
public sealed record SearchQuery
{
    /// <summary>No query is longer; the rest is not looked at.</summary>
    public const int MaxLength = 200;

    private SearchQuery(string text)
    {
        Text = text;
        Words = NameFold.Words(text.Contains('@', StringComparison.Ordinal) ? text[..text.IndexOf('@', StringComparison.Ordinal)] : text);
        var compact = new string([.. text.Where(c => !char.IsWhiteSpace(c) && c is not ('-' or '/' or '(' or ')' or '.'))]);
        var isNumber = compact.Length >= 4 && compact.TrimStart('+').All(char.IsAsciiDigit);
        Digits = isNumber ? compact.TrimStart('+', '0') : null;
        International = isNumber && (compact.StartsWith('+') || compact.StartsWith("00", StringComparison.Ordinal)) ? "+" + Digits : null;
        Code = compact.Length >= 3 && compact.All(char.IsAsciiLetterOrDigit) && compact.Any(char.IsAsciiDigit) ? compact.ToUpperInvariant() : null;
    }

    /// <summary>As typed, without space around it. Personal data: never logged.</summary>
    public string Text { get; }

    /// <summary>The folded words that a name must have, each exactly, as a beginning, or misspelt; of an e-mail address those of its local part.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>The digits without leading zeros, when it may be a telephone number; otherwise null.</summary>
    public string? Digits { get; }

    /// <summary>The same as the beginning of an E.164 number, when it was written internationally; otherwise null.</summary>
    public string? International { get; }

    /// <summary>Capitals and digits only, when it may be a card or an order; otherwise null.</summary>
    public string? Code { get; }

    /// <summary>Whether it may be the beginning of an e-mail address.</summary>
    public bool MayBeEmail => Text.Length >= 3 && !Text.Any(char.IsWhiteSpace);

    /// <summary>Whether it looks for a name at all: an address is looked for as a name only when nobody has it.</summary>
    public bool IsName => Words.Count > 0 && Digits is null && !Text.Contains('@', StringComparison.Ordinal);

    /// <summary>Reads what was typed; null when there is nothing to look for.</summary>
    public static SearchQuery? Read(string? text)
    {
        var trimmed = text?.Trim() ?? "";
        if (trimmed.Length == 0) return null;
        return new SearchQuery(trimmed.Length > MaxLength ? trimmed[..MaxLength] : trimmed);
    }
}
