using System.Collections.Frozen;
using System.Globalization;

namespace Regard.Texts;

/// <summary>
/// How long a text message is on the air (3GPP TS 23.038 and 23.040): one part holds 160 characters of the GSM alphabet or 70 of UCS-2;
/// of several parts each holds 153 or 67. A character that takes two places is never torn between two parts.
/// </summary>
/// <param name="IsPlain">Whether every character is in the GSM alphabet; one that is not makes the whole message UCS-2.</param>
/// <param name="Places">How many places it takes: GSM septets or UTF-16 units.</param>
/// <param name="Parts">How many parts it is sent in, and paid for; 0 = there is no text.</param>
public readonly record struct TextLength(bool IsPlain, int Places, int Parts)
{
    /// <summary>Longest message that providers take, in parts.</summary>
    public const int MostParts = 10;

    private static readonly FrozenSet<char> Alphabet =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà".ToFrozenSet();

    private static readonly FrozenSet<char> Extension = "\f^{}\\[~]|€".ToFrozenSet();

    /// <summary>Whether it can be sent as one message.</summary>
    public bool Fits => Parts is > 0 and <= MostParts;

    /// <summary>The length for people, for example <c>2 parts (GSM-7, 181 characters)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Parts} {(Parts == 1 ? "part" : "parts")} ({(IsPlain ? "GSM-7" : "UCS-2")}, {Places} characters)");

    /// <summary>The length of a text.</summary>
    public static TextLength Of(string text)
    {
        var isPlain = text.All(c => Alphabet.Contains(c) || Extension.Contains(c));
        var widths = isPlain ? text.Select(c => Extension.Contains(c) ? 2 : 1) : text.EnumerateRunes().Select(rune => rune.Utf16SequenceLength);
        var places = 0;
        var (parts, used, most) = (0, 0, isPlain ? 153 : 67);
        foreach (var width in widths)
        {
            places += width;
            if (parts == 0 || used + width > most) (parts, used) = (parts + 1, 0);
            used += width;
        }
        return new TextLength(isPlain, places, places <= (isPlain ? 160 : 70) ? Math.Min(parts, 1) : parts);
    }
}
