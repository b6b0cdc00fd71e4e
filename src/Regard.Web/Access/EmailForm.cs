using System.Net.Mail;

namespace Regard.Access;

/// <summary>The outer form of an e-mail address. Whether anybody reads it, only a mail can tell.</summary>
internal static class EmailForm
{
    private const int Longest = 254;

    public static bool IsAddress(string? text) =>
        text is { Length: > 2 and <= Longest } && MailAddress.TryCreate(text, out var address) && address.Address == text;
}
