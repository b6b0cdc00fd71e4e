using Regard.Cases;
using Regard.Mail;
using Regard.Storage;
using Regard.Timeline;

namespace Regard.Texts;

/// <summary>A person wrote a text: their words go to the timeline and to a case with an owner, as a mail of theirs does. It cancels nothing that they did not cancel.</summary>
internal sealed class TextAnswering(UnitOfWork work)
{
    private const int LongestSubject = 60;

    // An answer to a text of ours comes soon; what comes later is about something new.
    private static readonly Duration Memory = Duration.FromDays(14);

    private readonly TextStore _texts = new(work);

    public async Task OpenAsync(ReceivedTextRow row)
    {
        await new TimelineStore(work).AppendAsync(row.CustomerId, [Touchpoint(row, Title(row.Words))], row.At);
        var mails = new MailStore(work);
        if (await KnownCaseAsync(row) is { } known)
        {
            await _texts.BelongsAsync(row, known.CaseId);
            await mails.AskPeopleAsync(row.CustomerId, $"They wrote a text about the case “{known.Subject}”", $"text:{row.SourceId}", row.At);
            return;
        }
        if (await mails.LeastBusyAsync() is not { } owner)
        {
            await mails.AskPeopleAsync(row.CustomerId, "Answer their text message", $"text:{row.SourceId}", row.At);
            return;
        }
        var opened = new CaseRow
        {
            CustomerId = row.CustomerId,
            CaseId = Ids.New(row.At),
            Subject = Title(row.Words),
            Description = row.Words.Length > 0 ? IncomingMail.Short(row.Words, CaseDraft.TextLimit) : "(no text)",
            Channel = "text",
            OwnerId = owner,
            PromisedAt = row.At + MailAnswering.AnsweredWithin,
            OpenedAt = row.At,
            OpenedBy = $"customer:{row.CustomerId}",
        };
        await CaseWork.OpenAsync(work, opened, new CaseOrigin("sms", row.SourceId), row.At);
        await _texts.BelongsAsync(row, opened.CaseId);
    }

    public static Touchpoint Touchpoint(ReceivedTextRow row, string summary) => new()
    {
        At = row.At,
        Department = Department.Service,
        Kind = "text",
        Channel = "sms",
        Direction = Direction.In,
        Summary = summary,
        Body = Json.Of(new { note = row.Words }).Text,
        Source = "sms",
        SourceId = row.SourceId,
    };

    // The case that our last text was about, or that their texts opened; both while it is open.
    private async Task<CaseRow?> KnownCaseAsync(ReceivedTextRow row)
    {
        var cases = new CaseStore(work);
        if (await _texts.LastAboutAsync(row.CustomerId, row.At - Memory) is { } about && about.StartsWith("case:", StringComparison.Ordinal) && Guid.TryParse(about.AsSpan(5), null, out var caseId)
            && await cases.FindAsync(row.CustomerId, caseId) is { ResolvedAt: null } answered)
            return answered;
        return await _texts.OpenCaseAsync(row.CustomerId) is { } open ? await cases.FindAsync(row.CustomerId, open) : null;
    }

    private static string Title(string words)
    {
        var line = words.Split('\n')[0].Trim();
        return line.Length == 0 ? "A text message" : line.Length <= LongestSubject ? line : line[..LongestSubject].TrimEnd() + " …";
    }
}
