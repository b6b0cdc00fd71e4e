using System.Globalization;
using Regard.Access;
using Regard.Contact;
using Regard.Customers;
using Regard.Storage;

namespace Regard.Insight;

/// <summary>What the gate would say to a contact by one channel.</summary>
public sealed record WayFound(Channel Channel, VerdictKind Verdict, string Why, Instant? NotBefore);

/// <summary>A contact as it could be planned: who, why, by which ways, and a letter to begin from.</summary>
public sealed record LeavingPlan
{
    public required StoredScore Score { get; init; }
    public required CustomerHead Head { get; init; }
    public required IReadOnlyList<Trouble> Before { get; init; }

    /// <summary>The best way, as the customer wishes; null = none is permitted.</summary>
    public required Channel? Best { get; init; }

    public required Instant? NotBefore { get; init; }
    public required IReadOnlyList<WayFound> Ways { get; init; }
    internal ContactDraft Letter { get; init; } = new() { Subject = "", Text = "" };

    /// <summary>The contact that was planned for this silence already; null = none.</summary>
    public required CareRow? Earlier { get; init; }
}

/// <summary>
/// Plans a contact with somebody who fell silent. Whether and how they are reached is the gate's answer; each silence is asked about once.
/// </summary>
internal sealed class LeavingDesk(UnitOfWork work)
{
    private static readonly Duration Useful = Duration.FromDays(21);

    private static readonly Channel[] Ways = [Channel.Phone, Channel.Email, Channel.Letter, Channel.Portal];

    /// <summary>How a customer could be contacted now; nothing is reserved. Null = there is no such customer, or they are not on the list (any more).</summary>
    /// <param name="today">The day of the silence's clock.</param>
    public async Task<LeavingPlan?> LookAsync(Guid customerId, Instant today, Instant now)
    {
        if (await new CustomerPageStore(work).HeadAsync(customerId) is not { ErasedAt: null, MergedInto: null } head) return null;
        if (await new LoyaltyScoreStore(work).FindAsync(customerId) is not { UnusualAt: { } since } score || since > today) return null;
        var desk = new ContactDesk(work);
        if (await desk.PreviewAsync(Request(score, now), now) is not { } best) return null;
        List<WayFound> ways = [];
        foreach (var way in Ways)
            if (await desk.PreviewAsync(Request(score, now) with { Channels = [way] }, now) is { } answer) ways.Add(new(way, answer.Verdict, Why(answer), answer.NotBefore));
        var before = (await new TroubleStore(work).BeforeAsync(new Dictionary<Guid, Instant> { [customerId] = score.LastAt }, today))[customerId].ToList();
        return new LeavingPlan
        {
            Score = score,
            Head = head,
            Before = before,
            Best = best.Channel,
            NotBefore = best.NotBefore,
            Ways = ways,
            Letter = Letter(head, score, await new LeavingStore(work).FavouriteAsync(customerId, score.LastAt), before),
            Earlier = await new LeavingStore(work).CareAsync(customerId, score.LastAt),
        };
    }

    /// <summary>Asks the gate, and keeps what it said. Asked twice for one silence there is one contact.</summary>
    public async Task<CareRow?> PlanAsync(StoredScore score, ContactDraft draft, Actor by, Instant now)
    {
        if (await new ContactDesk(work).RequestAsync(Request(score, now), draft, now) is not { } answer) return null;
        var care = new CareRow
        {
            CustomerId = score.CustomerId,
            CareId = Ids.Of(score.LastAt, "leaving", score.CustomerId.ToString()),
            LastAt = score.LastAt,
            YearMinor = score.YearMinor,
            Currency = score.Currency,
            Verdict = Words.Of(answer.Verdict),
            Channel = answer.Channel is { } channel ? Words.Of(channel) : null,
            Reason = Why(answer),
            DecisionId = answer.DecisionId,
            TaskId = answer.TaskId,
            OutboxId = answer.OutboxId,
            PlannedAt = now,
            PlannedBy = by.Reference,
        };
        if (!answer.IsRepeat || await new LeavingStore(work).CareAsync(score.CustomerId, score.LastAt) is null) await new LeavingStore(work).KeepAsync(care);
        return care;
    }

    private static ContactRequest Request(StoredScore score, Instant now) => new()
    {
        CustomerId = score.CustomerId,
        Purpose = Purpose.Care,
        About = $"silence:{score.LastAt.InUtc().Date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture)}",
        Step = $"leaving:{score.LastAt.InUtc().Date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture)}",
        LatestUseful = now + Useful,
    };

    private static ContactDraft Letter(CustomerHead head, StoredScore score, string? product, List<Trouble> before)
    {
        var language = LetterBook.Language(head.Language);
        var day = score.LastAt.InUtc().Date.ToString(
            language switch { "de" => "d. MMMM yyyy", "es" => "d 'de' MMMM 'de' yyyy", _ => "d MMMM yyyy" }, language == "en" ? CultureInfo.InvariantCulture : CultureInfo.GetCultureInfo(language));
        return LetterBook.Write(LetterKind.CheckIn, language, new Dictionary<string, object?>
        {
            ["day"] = day,
            ["address_as"] = head.AddressAs,
            ["product"] = product,
            ["trouble"] = before.FirstOrDefault(trouble => trouble.Kind is TroubleKind.LateDelivery or TroubleKind.Case)?.What,
        });
    }

    private static string Why(ContactAnswer answer) => string.Join(" ", answer.Reasons.Select(reason => reason.ToStaff()).Distinct());
}
