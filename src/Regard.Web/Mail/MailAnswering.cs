using Regard.Cases;
using Regard.Storage;
using Regard.Timeline;

namespace Regard.Mail;

/// <summary>A person wrote: their words go to the timeline and to a case with an owner. It cancels nothing that they did not cancel.</summary>
internal sealed class MailAnswering(UnitOfWork work)
{
    /// <summary>How long a person who wrote waits for an answer at most.</summary>
    public static readonly Duration AnsweredWithin = Duration.FromHours(24);

    private readonly MailStore _mails = new(work);

    public async Task OpenAsync(IncomingMail incoming, Concerned concerned, ReceivedMailRow row, Instant now)
    {
        await new TimelineStore(work).AppendAsync(concerned.CustomerId, [Touchpoint(incoming, row, now)], now);
        var known = await KnownCaseAsync(incoming, concerned);
        if (known is { ResolvedAt: null })
        {
            await _mails.BelongsAsync(row, known.CaseId);
            await _mails.AskPeopleAsync(concerned.CustomerId, IncomingMail.Short($"They wrote about the case “{known.Subject}”", 200), $"mail:{row.SourceId}", now);
            return;
        }
        // Whoever looked after them before does so again.
        if ((known?.OwnerId ?? await _mails.LeastBusyAsync()) is not { } owner)
        {
            await _mails.AskPeopleAsync(concerned.CustomerId, IncomingMail.Short($"Answer their mail: {row.Subject}", 200), $"mail:{row.SourceId}", now);
            return;
        }
        var opened = new CaseRow
        {
            CustomerId = concerned.CustomerId,
            CaseId = Ids.New(now),
            Subject = row.Subject.Length > 0 ? IncomingMail.Short(row.Subject, CaseDraft.SubjectLimit) : "A mail without a subject",
            Description = row.Words is { Length: > 0 } words ? IncomingMail.Short(words, CaseDraft.TextLimit) : "(no text)",
            Channel = "mail",
            OwnerId = owner,
            PromisedAt = now + AnsweredWithin,
            OpenedAt = now,
            OpenedBy = $"customer:{concerned.CustomerId}",
        };
        await CaseWork.OpenAsync(work, opened, new CaseOrigin("mail", incoming.MessageId.Length is > 0 and <= 200 ? incoming.MessageId : incoming.SourceId), now);
        await _mails.BelongsAsync(row, opened.CaseId);
    }

    // The case that the message of ours was about, or that the conversation opened.
    private async Task<CaseRow?> KnownCaseAsync(IncomingMail incoming, Concerned concerned)
    {
        var cases = new CaseStore(work);
        if (concerned.Message is { } message && message.About.StartsWith("case:", StringComparison.Ordinal) && Guid.TryParse(message.About.AsSpan(5), null, out var caseId)
            && await cases.FindAsync(concerned.CustomerId, caseId) is { } about)
            return about;
        if (incoming.Reading.About.Count == 0) return null;
        return await _mails.CaseOfAsync(concerned.CustomerId, incoming.Reading.About) is { } open ? await cases.FindAsync(concerned.CustomerId, open) : null;
    }

    private static Touchpoint Touchpoint(IncomingMail incoming, ReceivedMailRow row, Instant now) => new()
    {
        At = now,
        Department = Department.Service,
        Kind = "mail",
        Channel = "email",
        Direction = Direction.In,
        Summary = incoming.Subject.Length > 0 ? incoming.Subject : "A mail without a subject",
        Body = Json.Of(new { note = row.Words, attachments = incoming.Mail.OwnParts().Where(part => part.IsAttachment).Select(part => part.FileName).OfType<string>().Take(20) }).Text,
        Source = "mail",
        SourceId = row.SourceId,
    };
}
