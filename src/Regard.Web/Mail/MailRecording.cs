using Regard.Contact;
using Regard.Storage;
using Regard.Timeline;

namespace Regard.Mail;

/// <summary>Writes a mail and everything that follows from it for one customer, in one transaction.</summary>
internal sealed class MailRecording(UnitOfWork work, RegardSettings settings)
{
    private readonly MailStore _mails = new(work);

    /// <summary>Records. False = the same mail was recorded before: nothing is done again.</summary>
    public async Task<bool> RecordAsync(IncomingMail incoming, Concerned concerned, Instant now)
    {
        var (reading, message) = (incoming.Reading, concerned.Message);
        var failed = reading.Kind == MailKind.Bounce ? Failed(reading, concerned) : null;
        var known = new MailCircumstances
        {
            IsProven = message is not null,
            NeedsProof = settings.ReturnDomain is not null,
            Purpose = message is null ? null : Words.Must<Purpose>(message.Purpose),
            EarlierFailures = failed is null ? [] : await _mails.FailuresAsync(concerned.CustomerId, concerned.Address, now - MailEffect.Memory),
        };
        var effect = MailEffect.Of(reading, failed, known, now);
        var row = Row(incoming, concerned, failed, now);
        if (!await _mails.KeepAsync(row)) return false;
        if (effect.IsUndeliverable) await _mails.FailsAsync(concerned.CustomerId, concerned.Address, now);
        if (effect.IsObjection) await _mails.ObjectedAsync(concerned.CustomerId, concerned.Address, now);
        if (effect.Wish is { } wish) await SayAsync(incoming, concerned, wish, now);
        if (effect.Work is { } title) await _mails.AskPeopleAsync(concerned.CustomerId, title, $"mail:{row.Kind}:{row.Reason}:{now.InUtc().Date.ToString("uuuuMMdd", null)}", now);
        if (message is not null && reading.Kind is MailKind.Bounce or MailKind.Complaint && effect.Note is { } came) await _mails.CameBackAsync(message!, came);
        if (message is not null && failed is { IsDelayed: false })
            await new ContactNews(work).FailedAsync(new ContactFact { CustomerId = concerned.CustomerId, ContactId = message.OutboxId, Purpose = message.Purpose, Channel = "email" }, "returned", now);
        if (effect.NeedsAnswer) await new MailAnswering(work).OpenAsync(incoming, concerned, row, now);
        else if (effect.Note is { } note) await NoteAsync(row, note, incoming.Subject, now);
        return true;
    }

    private async Task SayAsync(IncomingMail incoming, Concerned concerned, Wish wish, Instant now) => await new PreferenceStore(work).RecordAsync(
        new PreferenceStatement
        {
            StatementId = Ids.New(now),
            CustomerId = concerned.CustomerId,
            SaidAt = now,
            Place = StatementPlace.Mail,
            Words = IncomingMail.Short($"{incoming.Subject}\n{MailText.NewWords(incoming.Mail)}", PreferenceStatement.LongestWords),
            Basis = StatementBasis.Volunteered,
            Wish = wish,
            RecordedBy = $"customer:{concerned.CustomerId}",
            RecordedAt = now,
            Source = "mail",
            SourceId = incoming.SourceId,
        },
        now);

    private Task<int> NoteAsync(ReceivedMailRow row, string note, string subject, Instant now) => new TimelineStore(work).AppendAsync(
        row.CustomerId,
        [
            new Touchpoint
            {
                At = now, Department = Department.Service, Kind = row.Kind, Channel = "email", Direction = row.Kind == "unsubscribe" ? Direction.In : Direction.None,
                Summary = IncomingMail.Short(row.Kind == "auto_reply" ? $"{note}: {subject}" : note, 300), Source = "mail", SourceId = row.SourceId,
            },
        ],
        now);

    // With a token there is one recipient; without, the one who has this customer's address.
    private static FailedRecipient? Failed(MailReading reading, Concerned concerned) =>
        reading.Recipients.FirstOrDefault(one => Is(one.Address, concerned) || Is(one.OriginalAddress, concerned)) ?? reading.Recipients.OrderByDescending(one => one.IsAddressDead).FirstOrDefault();

    private static bool Is(string? address, Concerned concerned) => string.Equals(address, concerned.Address, StringComparison.OrdinalIgnoreCase);

    private static ReceivedMailRow Row(IncomingMail incoming, Concerned concerned, FailedRecipient? failed, Instant now) => new()
    {
        CustomerId = concerned.CustomerId,
        MailId = Ids.New(now),
        At = now,
        Kind = Words.Of(incoming.Reading.Kind),
        Sign = incoming.Reading.Sign,
        Address = concerned.Address,
        Failure = failed is null ? null : failed.IsAddressDead ? "dead" : failed.IsDelayed ? "delayed" : "failed",
        Reason = failed is null ? incoming.Reading.FeedbackType is { } type ? IncomingMail.Short(type, 40) : null : Words.Of(failed.Reason),
        OutboxId = concerned.Message?.OutboxId,
        Subject = incoming.Subject,
        Words = incoming.Reading.Kind is MailKind.Person or MailKind.Unsubscribe ? IncomingMail.Short(MailText.NewWords(incoming.Mail), 20_000) : null,
        Raw = incoming.Kept(),
        SourceId = incoming.SourceId,
    };
}
