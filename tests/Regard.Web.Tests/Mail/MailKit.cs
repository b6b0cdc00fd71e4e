using System.Text;
using NodaTime.Testing;
using Regard.Channels;
using Regard.Contact;
using Regard.Kit;
using Regard.Outreach;
using Regard.Storage;
using Regard.Timeline;

namespace Regard.Mail;

/// <summary>A house that sent a mail to Anna, and mails that come back.</summary>
internal sealed class MailKit(TestDatabase data, Guid anna, Guid outboxId, RegardSettings settings)
{
    public static readonly Instant Noon = ContactKit.Noon;

    public Guid Anna => anna;

    public Guid OutboxId => outboxId;

    /// <summary>The local part and domain to which reports about the mail come back.</summary>
    public required string ReturnTo { get; init; }

    public required string UnsubscribeAt { get; init; }

    public string MessageId => $"{outboxId:n}@regard.example";

    public static async Task<MailKit> SentAsync(TestDatabase data, string? returnDomain = "back.shop.example", Purpose purpose = Purpose.Care)
    {
        var settings = data.Settings with { ReturnDomain = returnDomain };
        var anna = await data.CustomerAsync();
        var answer = await data.AskAsync(ContactKit.Request(anna, "mail", purpose, Channel.Email));
        var route = new Remembering(new FolderRoute(Path.Combine(settings.DataFolder, "mail")));
        await new Dispatch(data.Database, settings, new FakeClock(Noon), route, "one").RunAsync(10, CancellationToken.None);
        return new MailKit(data, anna, answer.OutboxId!.Value, settings) { ReturnTo = route.Last!.ReturnTo ?? "care@regard.example", UnsubscribeAt = route.Last.UnsubscribeAddress ?? "" };
    }

    public async Task<MailReceipt> ReceiveAsync(string mail, string to, Instant? at = null) =>
        await new MailIntake(data.Database, settings, new FakeClock(at ?? Noon)).ReceiveAsync(Encoding.UTF8.GetBytes(mail.ReplaceLineEndings("\r\n")), [to], CancellationToken.None);

    public static string Bounce(string status, string diagnostic, string messageId = "gone", int number = 1, string action = "failed") =>
        $"From: MAILER-DAEMON@mx.example.org\nMessage-ID: <bounce{number}@mx.example.org>\nSubject: Undelivered Mail Returned to Sender\nAuto-Submitted: auto-replied\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nIt was not delivered.\n\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.org\n\nFinal-Recipient: rfc822; anna@example.org\nAction: {action}\nStatus: {status}\nDiagnostic-Code: smtp; {diagnostic}\n\n--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <{messageId}>\nTo: anna@example.org\n\n--b--\n";

    public string Complaint() =>
        $"From: feedback@provider.example\nMessage-ID: <arf@provider.example>\nSubject: Abuse report\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=feedback-report; boundary=b\n\n--b\n\nA complaint.\n\n--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nUser-Agent: x/1\nVersion: 1\n\n--b\nContent-Type: message/rfc822\n\nMessage-ID: <{MessageId}>\nTo: redacted\n\nx\n--b--\n";

    public static string Letter(string subject, string body, string more = "", string from = "Anna <anna@example.org>", int number = 1) =>
        $"From: {from}\nMessage-ID: <letter{number}@example.org>\nSubject: {subject}\nDate: Mon, 23 Nov 2026 10:00:00 +0000\n{more}\n{body}\n";

    public async Task<T> SeeAsync<T>(Func<UnitOfWork, Task<T>> look)
    {
        await using var work = await data.ReadAsync();
        return await look(work);
    }

    public Task<bool> IsUndeliverableAsync() => SeeAsync(async work => await work.ScalarAsync<long>("select count(*) from identity where customer_id = @anna and kind = 'email' and undeliverable_since is not null", new { anna }) == 1);

    public Task<IReadOnlyList<Touchpoint>> TimelineAsync(string kind) => SeeAsync(work => new TimelineStore(work).PageAsync(anna, new TimelineFilter { Kind = kind }, null, 50));

    public Task<List<string>> WorkAsync() => SeeAsync(async work => (await new TaskStore(work).OfCustomerAsync(anna)).Where(task => task.Kind == "internal").Select(task => task.Title).ToList());

    public Task<int> StatementsAsync() => SeeAsync(async work => (await new PreferenceStore(work).StatementsAsync(anna)).Count);

    private sealed class Remembering(IMailRoute route) : IMailRoute
    {
        public MailMessage? Last { get; private set; }

        public Task<IMailSlot> OpenAsync(ContactPermit permit, MailMessage message, CancellationToken stop)
        {
            Last = message;
            return route.OpenAsync(permit, message, stop);
        }

        public ValueTask DisposeAsync() => route.DisposeAsync();
    }
}
