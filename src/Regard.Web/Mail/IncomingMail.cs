using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Regard.Channels;

namespace Regard.Mail;

/// <summary>A mail as it came in, read once.</summary>
internal sealed class IncomingMail
{
    /// <summary>Longest mail that is taken, in bytes.</summary>
    public const int Largest = 25 * 1024 * 1024;

    public IncomingMail(byte[] raw, IReadOnlyList<string> recipients, byte[] key)
    {
        Raw = raw;
        Mail = MailParser.Read(raw);
        Recipients = recipients;
        var addresses = recipients.Concat(Named.SelectMany(Mail.Mailboxes).Select(mailbox => mailbox.Address)).ToList();
        Token = addresses.Select(address => MailToken.Read(address, key)).FirstOrDefault(token => token is not null);
        Reading = MailReader.Read(Mail, Token?.Kind == MailToken.Unsubscribe || addresses.Any(address => address.StartsWith("unsubscribe@", StringComparison.OrdinalIgnoreCase)));
    }

    private static readonly string[] Named = ["X-Original-To", "Delivered-To", "Envelope-To", "To"];

    public byte[] Raw { get; }

    public MailPart Mail { get; }

    public MailReading Reading { get; }

    /// <summary>To whom the mail server hands it, as it says.</summary>
    public IReadOnlyList<string> Recipients { get; }

    /// <summary>The token of the address that it came to; null = it has none.</summary>
    public MailToken? Token { get; }

    /// <summary>Who wrote it, as it says: anybody can write anybody's address there. Empty = nobody.</summary>
    public string Sender => Mail.Mailboxes("From") is [var from, ..] ? from.Address : "";

    public string Subject => Short(Mail.Words("Subject"), 200);

    /// <summary>Its Message-ID without angle brackets; empty = it has none.</summary>
    public string MessageId => (Mail["Message-ID"] ?? "").Trim().Trim('<', '>');

    /// <summary>The same for every copy of the mail, however often, by which way and for how many recipients it comes in: trace fields do not count.</summary>
    public string SourceId => Convert.ToHexStringLower(SHA256.HashData(
        [.. Encoding.UTF8.GetBytes($"{MessageId}\n{Sender}\n{Mail["Date"]}\n{Mail["Subject"]}\n{Mail.Type.Name}\n{Token}\n"), .. Content()]));

    /// <summary>The mail as it is kept.</summary>
    public string Kept()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(Raw);
        return Convert.ToBase64String(packed.ToArray());
    }

    /// <summary>The mail back from how it was kept.</summary>
    public static byte[] Unpacked(string kept)
    {
        using var gzip = new GZipStream(new MemoryStream(Convert.FromBase64String(kept)), CompressionMode.Decompress);
        using var raw = new MemoryStream();
        gzip.CopyTo(raw);
        return raw.ToArray();
    }

    /// <summary>The outbox ids that it may be about, the surest first. A Message-ID of ours is random: who knows it has seen the mail.</summary>
    public IEnumerable<Guid> OutboxIds() => Reading.About.Select(id => id.Split('@')[0]).Where(id => id.Length == 32)
        .Select(id => Guid.TryParseExact(id, "n", out var parsed) ? parsed : Guid.Empty).Where(id => id != Guid.Empty).Prepend(Token?.OutboxId ?? Guid.Empty).Where(id => id != Guid.Empty).Distinct();

    public static string Short(string text, int most)
    {
        var plain = new string([.. text.Where(c => !char.IsControl(c) || c == '\n')]).Trim();
        return plain.Length <= most ? plain : plain[..most];
    }

    private byte[] Content()
    {
        var text = Raw.AsSpan();
        var end = text.IndexOf("\r\n\r\n"u8) is >= 0 and var crlf ? crlf : text.IndexOf("\n\n"u8);
        return end < 0 ? [] : text[end..].ToArray();
    }
}
