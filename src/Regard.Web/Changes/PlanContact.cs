using Regard.Contact;
using Regard.Customers;
using Regard.Storage;

namespace Regard.Changes;

/// <summary>What a plan asks of the contact gate. Whether and how anybody is reached is the gate's answer, never the plan's.</summary>
internal static class PlanContact
{
    private static readonly Channel[] InPerson = [Channel.Phone, Channel.Email];
    private static readonly Channel[] InWriting = [Channel.Email, Channel.Portal, Channel.Letter];

    /// <summary>How a customer could be reached in person before the change, if they were asked for now. Reserves nothing.</summary>
    public static async Task<MeansFound> MeansAsync(UnitOfWork work, Guid customerId, Change change, Instant now)
    {
        var desk = new ContactDesk(work);
        var request = Request(customerId, change, "preview", InPerson);
        if (await desk.PreviewAsync(request, now) is not { } answer) return new(PersonalMeans.None, "There is no such customer any more.");
        var means = answer.Channel switch { Channel.Phone => PersonalMeans.Call, Channel.Email => PersonalMeans.Mail, _ => PersonalMeans.None };
        return new(means, await WhyAsync(desk, request, answer, now));
    }

    /// <summary>Asks for a step of a started plan; the answer says what became of it.</summary>
    public static async Task<PlanStepRow> AskAsync(UnitOfWork work, PlanStepRow step, Change change, ImpactRow affected, Instant now)
    {
        var desk = new ContactDesk(work);
        var isPersonal = step.Step == PlanSteps.AdvanceContact;
        var language = LetterBook.Language((await new ProfileStore(work).BareAsync(step.CustomerId))?.Language);
        var letter = LetterBook.Write(LetterKind.ChangeNotice, language, ChangeLetter.Fields(change, affected.Read(), affected.AddressAs, isPersonal, language));
        var request = Request(step.CustomerId, change, PlanSteps.Key(step.PlanId, step.Step), isPersonal ? InPerson : InWriting) with
        {
            Earliest = step.NotBefore is { } from && from > now ? from : null,
        };
        var draft = letter with
        {
            TaskTitle = $"Tell before it happens: {change.Title}",
            Minutes = step.Minutes,
            AssignedTo = step.AssignedTo,
        };
        if (await desk.RequestAsync(request, draft, now) is not { } answer) return step with { Verdict = "refused", Reason = "There is no such customer any more." };
        return step with
        {
            Verdict = Words.Of(answer.Verdict),
            Channel = answer.Channel is { } channel ? Words.Of(channel) : null,
            NotBefore = answer.NotBefore ?? step.NotBefore,
            Reason = await WhyAsync(desk, request, answer, now),
            DecisionId = answer.DecisionId,
            TaskId = answer.TaskId,
            OutboxId = answer.OutboxId,
        };
    }

    // A mail in place of a call says why there is no call: in the customer's own words, when words decided.
    private static async Task<string> WhyAsync(ContactDesk desk, ContactRequest request, ContactAnswer answer, Instant now)
    {
        var reasons = answer.Reasons.Select(reason => reason.ToStaff());
        if (request.Channels[0] == Channel.Phone && answer.Channel is not (null or Channel.Phone)
            && await desk.PreviewAsync(request with { Channels = [Channel.Phone] }, now) is { Verdict: VerdictKind.Refused } noCall)
            reasons = noCall.Reasons.Select(reason => reason.ToStaff()).Concat(reasons);
        return string.Join(" ", reasons.Distinct());
    }

    private static ContactRequest Request(Guid customerId, Change change, string step, Channel[] channels) => new()
    {
        CustomerId = customerId,
        Purpose = Purpose.Care,
        About = $"change:{change.Id}",
        Step = step,
        Channels = channels,
        LatestUseful = change.EffectiveOn.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant(),
    };
}
