namespace Regard.Channels;

/// <summary>A provider of text messages and calls by a machine that speaks Twilio's HTTP API.</summary>
public sealed record MessageProvider
{
    private const string Form = "The provider is given as https://ACCOUNT:TOKEN@api.provider.example?sms=+43…&voice=+43….";

    /// <summary>Where it is; <c>/2010-04-01/Accounts/…</c> follows.</summary>
    public required Uri Address { get; init; }

    /// <summary>The account whose messages they are.</summary>
    public required string Account { get; init; }

    /// <summary>For Basic authentication: the account itself, or an API key of it.</summary>
    public required string User { get; init; }

    /// <summary>For Basic authentication.</summary>
    public required string Password { get; init; }

    /// <summary>With what the provider signs what it tells us.</summary>
    public required string SigningToken { get; init; }

    /// <summary>The sender of text messages: a number, a name, or a messaging service (MG…); null = none are sent.</summary>
    public string? Texts { get; init; }

    /// <summary>The number that calls come from; null = none are made.</summary>
    public string? Calls { get; init; }

    /// <summary>
    /// Reads <c>https://ACCOUNT:TOKEN@host?sms=+43…&amp;voice=+43…</c>; with an API key in place of the account also <c>account=AC…</c> and
    /// <c>signing=TOKEN</c>. Without encryption only a provider on this machine is spoken to.
    /// </summary>
    /// <exception cref="FormatException">It is no such thing; the message holds nothing of what was given.</exception>
    public static MessageProvider Read(string setting)
    {
        if (!Uri.TryCreate(setting, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || uri.UserInfo.IndexOf(':', StringComparison.Ordinal) is not (> 0 and var colon)) throw new FormatException(Form);
        if (uri.Scheme != Uri.UriSchemeHttps && !(uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)) throw new FormatException("The provider is spoken to over https only. " + Form);
        var (user, password) = (Uri.UnescapeDataString(uri.UserInfo[..colon]), Uri.UnescapeDataString(uri.UserInfo[(colon + 1)..]));
        var more = uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).Where(pair => pair.Length == 2 && pair[1].Length > 0)
            .GroupBy(pair => pair[0], StringComparer.Ordinal).ToDictionary(same => same.Key, same => Uri.UnescapeDataString(same.First()[1]), StringComparer.Ordinal);
        if (!more.ContainsKey("sms") && !more.ContainsKey("voice")) throw new FormatException("The provider needs a sender: sms=, voice=, or both. " + Form);
        return new MessageProvider
        {
            Address = new UriBuilder(uri) { UserName = "", Password = "", Query = "", Path = uri.AbsolutePath.TrimEnd('/') + "/" }.Uri,
            Account = more.GetValueOrDefault("account", user),
            User = user,
            Password = password,
            SigningToken = more.GetValueOrDefault("signing", password),
            Texts = more.GetValueOrDefault("sms"),
            Calls = more.GetValueOrDefault("voice"),
        };
    }

    /// <summary>Whom it is: nothing secret.</summary>
    public override string ToString() => Address.Authority;
}
