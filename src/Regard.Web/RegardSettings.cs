using Regard.Channels;
using Regard.Storage;

namespace Regard;

/// <summary>What a process of Regard is told when it starts. Everything else is kept in the database.</summary>
internal sealed record RegardSettings
{
    /// <summary>The SQLite database's name in <see cref="DataFolder"/>.</summary>
    public const string SqliteFile = "regard.db";

    /// <summary>The folder of everything on disk: the SQLite file, rejects files, backups, outgoing mail of the demo.</summary>
    public required string DataFolder { get; init; }

    /// <summary>An Npgsql connection string; null = SQLite in <see cref="DataFolder"/>.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>
    /// The folder of the suppression journal; null = <c>journal</c> in <see cref="DataFolder"/>. It belongs on another disk than the
    /// database, and every node must see the same one.
    /// </summary>
    public string? JournalFolder { get; init; }

    /// <summary>The port on the loopback interface; 0 = any free one.</summary>
    public int Port { get; init; } = 5080;

    /// <summary>How customers and staff reach this server; links in mails begin with it. Null = http://127.0.0.1 and the port.</summary>
    public Uri? PublicAddress { get; init; }

    /// <summary>Whether background jobs run in this process. Tests of single steps switch them off and call the step.</summary>
    public bool RunsJobs { get; init; } = true;

    /// <summary>
    /// SMTP server as <c>host:port</c>, <c>smtp://user:password@host:port</c> or <c>smtp+tls://…</c> (encryption required; <c>?authority=FILE</c>: a PEM file with the authority that vouches for it); null = mails are
    /// written as files to <c>mail/</c> in the data folder.
    /// </summary>
    public string? Smtp { get; init; }

    /// <summary>The sender of mails, as <c>Name &lt;address&gt;</c> or an address.</summary>
    public string MailFrom { get; init; } = "Regard <care@regard.example>";

    /// <summary>
    /// A domain whose mail is handed to this program alone (docs/mail.md): every mail then has a return address of its own there, and
    /// reports without one are not believed. Null = reports come to <see cref="MailFrom"/>.
    /// </summary>
    public string? ReturnDomain { get; init; }

    /// <summary>The port on the loopback interface at which a mail server hands over mail by LMTP; null = none, 0 = any free one.</summary>
    public int? LmtpPort { get; init; }

    /// <summary>Whether webhooks may go to private networks and without encryption: for trying things out, and where other systems stand in the same network.</summary>
    public bool AllowsPrivateWebhooks { get; init; }

    /// <summary>The provider of text messages and calls by a machine (docs/messages.md); null = the house uses neither.</summary>
    public MessageProvider? Provider { get; init; }

    /// <summary>A path of this server as a link for a mail. Never made from a request: whoever sends one chooses its host name.</summary>
    public string Link(string path) => new Uri(PublicAddress ?? new Uri($"http://127.0.0.1:{Port}"), path).ToString();

    public Database OpenDatabase() =>
        ConnectionString is null ? Database.Sqlite(Path.Combine(DataFolder, SqliteFile), Journal) : Database.Postgres(ConnectionString, Journal);

    private string Journal => JournalFolder ?? Path.Combine(DataFolder, "journal");
}
