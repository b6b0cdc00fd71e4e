using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Regard.Ingestion;

/// <summary>Reads of other people's JSON what is there, and never fails on what is not.</summary>
public static partial class LooseJson
{
    private static readonly JsonElement Nothing = JsonDocument.Parse("{}").RootElement;

    /// <summary>Whether an object has a member that is not null.</summary>
    public static bool Has(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>A member that is an object; otherwise an empty object.</summary>
    public static JsonElement Part(this JsonElement json, string name) =>
        json.Has(name) && json.GetProperty(name) is { ValueKind: JsonValueKind.Object } part ? part : Nothing;

    /// <summary>A member's text, trimmed; a number is its digits. Null when it is absent, empty or of another kind.</summary>
    public static string? Text(this JsonElement json, string name)
    {
        if (!json.Has(name)) return null;
        var value = json.GetProperty(name);
        var text = value.ValueKind switch
        {
            JsonValueKind.String => Plain(value),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
        return string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }

    /// <summary>The first of several members that has a text.</summary>
    public static string? Text(this JsonElement json, string name, params ReadOnlySpan<string> others)
    {
        if (json.Text(name) is { } text) return text;
        foreach (var other in others)
        {
            if (json.Text(other) is { } next) return next;
        }
        return null;
    }

    /// <summary>A member that is a number, or a text that reads as one. Null when it is neither, or too large.</summary>
    public static decimal? Number(this JsonElement json, string name) =>
        decimal.TryParse(json.Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A member that is true or false, or the words or digits for it.</summary>
    public static bool? Truth(this JsonElement json, string name)
    {
        if (!json.Has(name)) return null;
        return json.GetProperty(name).ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => json.Text(name)?.ToLowerInvariant() switch { "true" or "1" or "yes" => true, "false" or "0" or "no" => false, _ => null },
        };
    }

    /// <summary>The objects of a member that is an array.</summary>
    public static IEnumerable<JsonElement> Parts(this JsonElement json, string name) =>
        json.Has(name) && json.GetProperty(name) is { ValueKind: JsonValueKind.Array } array
            ? array.EnumerateArray().Where(part => part.ValueKind == JsonValueKind.Object)
            : [];

    /// <summary>The JSON as every database keeps it: null characters left out, halves of surrogate pairs replaced.</summary>
    public static string Written(this JsonElement json)
    {
        var text = json.GetRawText();
        return text.Contains("\\u", StringComparison.Ordinal)
            ? Escape().Replace(text, escape => escape.Value is { Length: 6 } one ? One(one) : escape.Value)
            : text;
    }

    private static string One(string escape) => escape.ToLowerInvariant() switch
    {
        "\\u0000" => "",
        ['\\', 'u', 'd', (>= '8' and <= '9') or (>= 'a' and <= 'f'), ..] => "\\ufffd",
        _ => escape,
    };

    // A whole pair, one escape by number, or any other (so that an escaped backslash is never taken for the beginning of one).
    [GeneratedRegex(@"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();

    // Half a surrogate pair cannot be read, and a null character no database keeps.
    private static string? Plain(JsonElement value)
    {
        try
        {
            return value.GetString()!.Replace("\0", "", StringComparison.Ordinal);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
