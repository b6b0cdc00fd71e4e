using Regard.Access;
using Regard.Contact;
using Regard.Storage;
using Regard.Timeline;
using Regard.Webhooks;

namespace Regard.Cases;

/// <summary>What happens to cases: each act is one transaction with its touchpoint on the customer's timeline.</summary>
internal static class CaseWork
{
    /// <summary>Opens a case. The same source id told twice is one case; the id of the first is not known here, so false = it was there.</summary>
    public static async Task<bool> OpenAsync(UnitOfWork work, CaseRow row, CaseOrigin origin, Instant now)
    {
        if (!await new CaseStore(work).OpenAsync(row, origin.Source, origin.SourceId)) return false;
        await NoteAsync(work, row, new($"Case opened: {row.Subject}", Direction.In, "opened"), now);
        await new WebhookStore(work).TellAsync(
            row.CustomerId, WebhookTypes.CaseOpened, row.CaseId, new { customer_id = row.CustomerId, case_id = row.CaseId, owner_id = row.OwnerId, promised_at = row.PromisedAt }, now);
        return true;
    }

    /// <summary>Answers the customer in the way they want to be reached; the gate decides how, and its answer comes back.</summary>
    public static async Task<ContactAnswer?> AnswerAsync(UnitOfWork work, CaseRow row, string text, string formId, Instant now)
    {
        var answer = await new ContactDesk(work).RequestAsync(
            new ContactRequest
            {
                CustomerId = row.CustomerId,
                Purpose = Purpose.Service,
                About = $"case:{row.CaseId}",
                Step = $"case:{row.CaseId}:answer:{formId}",
                LatestUseful = now + Duration.FromDays(14),
            },
            new ContactDraft { Subject = $"Re: {row.Subject}", Text = text, TaskTitle = $"Answer by phone: {row.Subject}" },
            now);
        if (answer is null or { Verdict: VerdictKind.Refused } or { IsRepeat: true }) return answer;
        await new CaseStore(work).AnsweredAsync(row.CustomerId, row.CaseId, now);
        await NoteAsync(work, row, new($"Case answered: {row.Subject}", Direction.Out, $"answered:{formId}"), now);
        return answer;
    }

    /// <summary>Ends a case. False = it was resolved before.</summary>
    public static async Task<bool> ResolveAsync(UnitOfWork work, CaseRow row, string resolution, Instant now)
    {
        if (!await new CaseStore(work).ResolveAsync(row.CustomerId, row.CaseId, resolution, now)) return false;
        await NoteAsync(work, row, new($"Case resolved: {row.Subject}", Direction.None, "resolved"), now);
        await new WebhookStore(work).TellAsync(row.CustomerId, WebhookTypes.CaseResolved, row.CaseId, new { customer_id = row.CustomerId, case_id = row.CaseId }, now);
        return true;
    }

    private static Task<int> NoteAsync(UnitOfWork work, CaseRow row, CaseNote note, Instant now) => new TimelineStore(work).AppendAsync(
        row.CustomerId,
        [
            new Touchpoint
            {
                At = now, Department = Department.Service, Kind = "case", Channel = row.Channel, Direction = note.Direction, Summary = note.Summary, Source = "case", SourceId = $"{row.CaseId}:{note.What}", StaffId = row.OwnerId,
            },
        ],
        now);

    private readonly record struct CaseNote(string Summary, Direction Direction, string What);
}

/// <summary>Where a case came from, so that telling it twice opens it once.</summary>
internal readonly record struct CaseOrigin(string Source, string SourceId);
