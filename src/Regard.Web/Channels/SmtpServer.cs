using System.Globalization;

namespace Regard.Channels;

/// <summary>Where mails are handed over.</summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">Usually 587 or 25.</param>
/// <param name="User">For AUTH; null = the server asks for none.</param>
/// <param name="Password">For AUTH.</param>
/// <param name="NeedsTls">Whether nothing is said to a server that does not offer STARTTLS. Credentials are never sent without it, except to this machine.</param>
internal sealed record SmtpServer(string Host, int Port, string? User, string? Password, bool NeedsTls)
{
    /// <summary>A PEM file with the authority that vouches for the server, in place of those that this machine trusts; null = those.</summary>
    public string? AuthorityFile { get; init; }

    /// <summary>Reads <c>host:port</c>, <c>smtp://user:password@host:port</c> or <c>smtp+tls://…</c> (TLS is required); <c>?authority=FILE</c> may follow.</summary>
    /// <exception cref="FormatException">It is none of them.</exception>
    public static SmtpServer Read(string setting)
    {
        var text = setting.Contains("://", StringComparison.Ordinal) ? setting : "smtp://" + setting;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || uri.Scheme is not ("smtp" or "smtp+tls"))
            throw new FormatException("The SMTP server is given as host:port, smtp://user:password@host:port or smtp+tls://user:password@host:port.");
        var user = uri.UserInfo.Split(':', 2);
        return new SmtpServer(
            uri.Host, uri.Port > 0 ? uri.Port : 25, user[0].Length > 0 ? Uri.UnescapeDataString(user[0]) : null,
            user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null, uri.Scheme == "smtp+tls")
        {
            AuthorityFile = uri.Query.StartsWith("?authority=", StringComparison.Ordinal) ? Uri.UnescapeDataString(uri.Query["?authority=".Length..]) : null,
        };
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");
}

/// <summary>A server's answer: three digits and its text lines.</summary>
internal sealed record SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    public bool IsPositive => Code is >= 200 and < 400;

    public bool IsPermanent => Code >= 500;

    /// <summary>The enhanced status code (RFC 3463) when there is one. The text itself may hold addresses and is not kept.</summary>
    public string Status => Lines.Count > 0 && Lines[^1].Split(' ', 2)[0] is var first && first.Length is >= 5 and <= 9 && first.All(c => char.IsAsciiDigit(c) || c == '.') ? first : "";

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Code} {Status}").TrimEnd();
}
