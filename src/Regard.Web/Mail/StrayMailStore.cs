using Regard.Storage;

namespace Regard.Mail;

/// <summary>Mails of nobody we know: kept until somebody has looked at them.</summary>
internal sealed class StrayMailStore(UnitOfWork work)
{
    private const string Columns = "source_id, at, kind, sign, sender, recipient, subject, state";

    /// <summary>Keeps a mail. False = it was kept before.</summary>
    public async Task<bool> KeepAsync(IncomingMail mail, Instant now) => await work.ExecuteAsync(
        """
        insert into stray_mail (source_id, at, kind, sign, sender, recipient, subject, raw, state)
        values (@SourceId, @now, @kind, @Sign, @sender, @recipient, @Subject, @raw, 'waiting') on conflict do nothing
        """,
        new
        {
            mail.SourceId,
            now,
            kind = Words.Of(mail.Reading.Kind),
            mail.Reading.Sign,
            sender = IncomingMail.Short(mail.Sender, 254),
            recipient = IncomingMail.Short(string.Join(' ', mail.Recipients), 2000),
            mail.Subject,
            raw = mail.Kept(),
        }) == 1;

    /// <summary>Those that nobody has looked at, the latest first.</summary>
    public Task<List<StrayMailRow>> WaitingAsync(int take) => work.ListAsync<StrayMailRow>($"select {Columns} from stray_mail where state = 'waiting' order by at desc, source_id limit @take", new { take });

    /// <summary>One that waits, with its content; null = somebody has dealt with it.</summary>
    public Task<StrayMailRow?> TakeAsync(string sourceId) => work.FirstAsync<StrayMailRow>($"select {Columns}, raw from stray_mail where source_id = @sourceId and state = 'waiting'", new { sourceId });

    /// <summary>Notes what somebody did with it; what is discarded keeps no content.</summary>
    public async Task<bool> FinishAsync(string sourceId, string state, string by, Instant now) => await work.ExecuteAsync(
        "update stray_mail set state = @state, finished_at = @now, finished_by = @by, raw = '', sender = null, subject = '', recipient = '' where source_id = @sourceId and state = 'waiting'",
        new { sourceId, state, by, now }) == 1;
}

/// <summary>A row of <c>stray_mail</c>.</summary>
public sealed record StrayMailRow
{
    public string SourceId { get; init; } = "";
    public Instant At { get; init; }
    public string Kind { get; init; } = "";
    public string Sign { get; init; } = "";
    public string? Sender { get; init; }
    public string Recipient { get; init; } = "";
    public string Subject { get; init; } = "";
    public string State { get; init; } = "";
    public string Raw { get; init; } = "";
}
