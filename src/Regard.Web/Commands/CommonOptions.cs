using System.CommandLine;
using System.CommandLine.Parsing;
using Npgsql;
using Regard.Channels;
using Regard.Storage;

namespace Regard.Commands;

/// <summary>The options that every verb knows: where the data is.</summary>
internal static class CommonOptions
{
    public static readonly Option<string> Data = new("--data")
    {
        Description = "folder for the database and files",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("REGARD_DATA") ?? "data",
        Recursive = true,
    };

    public static readonly Option<string?> Database = new("--database")
    {
        Description = "PostgreSQL connection string (Host=…;Database=…;Username=…); without it: SQLite in the data folder",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("REGARD_DATABASE"),
        Recursive = true,
    };

    public static readonly Option<string?> Journal = new("--journal")
    {
        Description = "folder of the suppression journal, the same for every node, best on another disk; without it: journal in the data folder",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("REGARD_JOURNAL"),
        Recursive = true,
    };

    public static readonly Option<string?> PublicAddress = new("--public-address")
    {
        Description = "how people reach this server through its proxy (https://care.shop.example): links in mails begin with it",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("REGARD_PUBLIC_ADDRESS"),
        Recursive = true,
    };

    public static RegardSettings Settings(ParseResult parsed) => new()
    {
        DataFolder = Path.GetFullPath(parsed.GetValue(Data)!),
        ConnectionString = Connection(parsed.GetValue(Database)),
        JournalFolder = parsed.GetValue(Journal) is { Length: > 0 } journal ? Path.GetFullPath(journal) : null,
        PublicAddress = Address(parsed.GetValue(PublicAddress)),
        Smtp = Server(Environment.GetEnvironmentVariable("REGARD_SMTP")),
        MailFrom = Environment.GetEnvironmentVariable("REGARD_MAIL_FROM") is { Length: > 0 } from ? from : new RegardSettings { DataFolder = "" }.MailFrom,
        ReturnDomain = Environment.GetEnvironmentVariable("REGARD_RETURN_DOMAIN") is { Length: > 0 } domain ? domain : null,
        Provider = Provider(Environment.GetEnvironmentVariable("REGARD_PROVIDER")),
        LmtpPort = Port(Environment.GetEnvironmentVariable("REGARD_LMTP_PORT")),
    };

    private static int? Port(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        return int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var port) && port <= 65535
            ? port
            : throw new StorageRefusal($"'{text}' is no port: REGARD_LMTP_PORT is a number.");
    }

    // What was typed may hold a password: it is not repeated.
    private static string? Connection(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        try
        {
            _ = new NpgsqlConnectionStringBuilder(text);
            return text;
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException)
        {
            throw new StorageRefusal("--database is no PostgreSQL connection string: write it like 'Host=…;Database=…;Username=…;Password=…'.");
        }
    }

    private static string? Server(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        try
        {
            SmtpServer.Read(text);
            return text;
        }
        catch (FormatException failure)
        {
            throw new StorageRefusal("REGARD_SMTP names no mail server. " + failure.Message);
        }
    }

    // What was typed holds a token: it is not repeated.
    private static MessageProvider? Provider(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        try
        {
            return MessageProvider.Read(text);
        }
        catch (FormatException failure)
        {
            throw new StorageRefusal("REGARD_PROVIDER names no provider. " + failure.Message);
        }
    }

    private static Uri? Address(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is ("https" or "http")
            ? address
            : throw new StorageRefusal($"'{text}' is no public address: write it like https://care.shop.example.");
    }
}
