using System.Globalization;
using System.Net.Mail;
using PhoneNumbers;
using Regard.Storage;

namespace Regard.Customers;

/// <summary>The one form in which an identity is kept and compared, whoever wrote it.</summary>
internal static class IdentityForm
{
    private const int MaxLength = 254;

    private static readonly PhoneNumberUtil Phones = PhoneNumberUtil.GetInstance();

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    /// <summary>The normal form, or null when this is no such identity.</summary>
    /// <param name="country">How a national phone number is read; null = only international ones can be read.</param>
    public static string? Normal(IdentityKind kind, string? value, string? country)
    {
        var text = value?.Trim() ?? "";
        if (text.Length == 0 || text.Any(char.IsControl)) return null;
        var normal = kind switch
        {
            IdentityKind.Email => Email(text),
            IdentityKind.Phone => Phone(text, country),
            IdentityKind.Card => Card(text),
            IdentityKind.External => External(text),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
        return normal?.Length > MaxLength ? null : normal;
    }

    /// <summary>An E.164 number without its country code, as people dial it inside the country but for the leading 0.</summary>
    public static string NationalDigits(string e164)
    {
        try
        {
            return Phones.GetNationalSignificantNumber(Phones.Parse(e164, null));
        }
        catch (NumberParseException)
        {
            return e164.TrimStart('+');
        }
    }

    /// <summary>An E.164 number as its country writes it, with spaces.</summary>
    public static string Readable(string e164)
    {
        try
        {
            return Phones.Format(Phones.Parse(e164, null), PhoneNumberFormat.INTERNATIONAL);
        }
        catch (NumberParseException)
        {
            return e164;
        }
    }

    private static string? Email(string text)
    {
        if (text.Any(char.IsWhiteSpace) || !MailAddress.TryCreate(text, out var address) || address.Address != text) return null;
        var host = address.Host.TrimEnd('.').ToLowerInvariant();
        if (!host.Contains('.', StringComparison.Ordinal) || host.StartsWith('[')) return null;
        try
        {
            return address.User.ToLowerInvariant() + "@" + Idn.GetAscii(host);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string? Phone(string text, string? country)
    {
        try
        {
            var number = Phones.Parse(text, country?.ToUpperInvariant());
            return Phones.IsPossibleNumber(number) ? Phones.Format(number, PhoneNumberFormat.E164) : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    private static string? Card(string text)
    {
        var code = new string([.. text.Where(c => !char.IsWhiteSpace(c) && c != '-')]).ToUpperInvariant();
        return code.Length >= 3 && code.All(c => char.IsAsciiLetterOrDigit(c)) ? code : null;
    }

    private static string? External(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || colon == text.Length - 1) return null;
        var (system, id) = (text[..colon].Trim().ToLowerInvariant(), text[(colon + 1)..].Trim());
        return id.Length > 0 && system.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') ? $"{system}:{id}" : null;
    }
}
