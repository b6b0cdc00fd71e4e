using System.Diagnostics;
using Regard.Contact;
using Regard.Customers;
using Regard.Storage;

namespace Regard.Outreach;

/// <summary>
/// Asks for a started campaign, one customer a transaction: the gate's decision, the queued message and what is shown of it are kept together
/// or not at all. Any number of workers share it, each a stretch of customers at a time; a stretch whose worker went away is taken up by
/// another, and whoever was asked for already is passed over.
/// </summary>
internal sealed class CampaignRun(Database database, IClock clock, string worker)
{
    /// <summary>How many customers a worker takes at a time.</summary>
    public const int PartSize = 200;

    /// <summary>How many are asked for in a second by one worker at most: others want the database too.</summary>
    public const int ASecond = 200;

    /// <summary>How long a worker may say nothing of its stretch.</summary>
    public static readonly Duration Patience = Duration.FromMinutes(2);

    /// <summary>Goes on with a campaign until everybody was asked for, it is stopped, or only stretches in others' hands are left.</summary>
    public async Task RunAsync(Guid campaignId, CancellationToken stop)
    {
        while (await TakePartAsync(campaignId, stop) is { } taken)
        {
            var began = Stopwatch.GetTimestamp();
            var done = 0;
            foreach (var customerId in taken.Customers)
            {
                if (!await AskAsync(taken.Campaign, customerId, stop)) return;
                var ahead = TimeSpan.FromSeconds(++done / (double)ASecond) - Stopwatch.GetElapsedTime(began);
                if (ahead > TimeSpan.FromMilliseconds(20)) await Task.Delay(ahead, stop);
            }
            await using var work = await database.WriteAsync(stop);
            await new CampaignStore(work).FinishAsync(taken.Part, clock.GetCurrentInstant());
            await work.CommitAsync();
        }
    }

    /// <summary>Cancels what of a stopped campaign still waits. What is on its way already is not called back.</summary>
    public async Task StopAsync(Guid campaignId, CancellationToken stop)
    {
        for (Guid? after = Guid.Empty; after is { } last;)
        {
            List<Guid> waiting;
            await using (var read = await database.ReadAsync(stop)) waiting = await new CampaignContactStore(read).WaitingAsync(campaignId, last, PartSize);
            foreach (var customerId in waiting)
            {
                await using var work = await database.WriteAsync(stop);
                await new StepStore(work).CancelAsync(customerId, CampaignRow.Key(campaignId), CampaignContactStore.StoppedByUs, clock.GetCurrentInstant());
                await work.CommitAsync();
            }
            after = waiting.Count < PartSize ? null : waiting[^1];
        }
        await using var end = await database.WriteAsync(stop);
        await new CampaignStore(end).FinishStopAsync(campaignId, clock.GetCurrentInstant());
        await end.CommitAsync();
    }

    // Null = nothing is left to take.
    private async Task<Taken?> TakePartAsync(Guid campaignId, CancellationToken stop)
    {
        await using var work = await database.WriteAsync(stop);
        var (store, now) = (new CampaignStore(work), clock.GetCurrentInstant());
        if (await store.LockAsync(campaignId) is not { State: "starting" } campaign) return null;
        var unfinished = await store.UnfinishedAsync(campaignId);
        if (unfinished.Find(part => part.Until < now) is { } abandoned)
        {
            var mine = abandoned with { Worker = worker, Until = now + Patience };
            await store.TakeOverAsync(mine);
            await work.CommitAsync();
            return new Taken(campaign, mine, await CustomersAsync(campaign, mine, stop));
        }
        var next = campaign.IsHandedOut ? [] : await new AudienceStore(work).NextAsync(campaign.Whom(), campaign.CursorId, PartSize);
        if (next.Count > 0)
        {
            var part = await store.TakeAsync(new CampaignPart { CampaignId = campaignId, FirstId = next[0].CustomerId, LastId = next[^1].CustomerId, Worker = worker, Until = now + Patience });
            var meant = await new AudienceClassStore(work).MeantAsync(campaign.Whom(), next);
            await work.CommitAsync();
            return new Taken(campaign, part, meant);
        }
        await store.HandedOutAsync(campaignId);
        if (unfinished.Count == 0) await store.FinishStartAsync(campaignId);
        await work.CommitAsync();
        return null;
    }

    private async Task<IReadOnlyList<Guid>> CustomersAsync(CampaignRow campaign, CampaignPart part, CancellationToken stop)
    {
        await using var work = await database.ReadAsync(stop);
        var rows = await new AudienceStore(work).StretchAsync(campaign.Whom(), part.FirstId, part.LastId);
        return await new AudienceClassStore(work).MeantAsync(campaign.Whom(), rows);
    }

    // False = the campaign was stopped.
    private async Task<bool> AskAsync(CampaignRow campaign, Guid customerId, CancellationToken stop)
    {
        await using var work = await database.WriteAsync(stop);
        if (await new CampaignStore(work).HeldStateAsync(campaign.CampaignId) != "starting") return false;
        var (contacts, now) = (new CampaignContactStore(work), clock.GetCurrentInstant());
        // Who lives on in another profile is asked for there.
        if (await new CustomerStore(work).CurrentAsync(customerId) is not { } current || current != customerId || await contacts.HasAsync(current, campaign.CampaignId)) return true;
        if (await new CampaignFactStore(work).ReadAsync(current, campaign.Whom()) is not { } reader) return true;
        await contacts.AddAsync(await DecideAsync(work, campaign, (current, reader), now));
        await work.CommitAsync();
        return true;
    }

    private static async Task<CampaignContact> DecideAsync(UnitOfWork work, CampaignRow campaign, (Guid CustomerId, CampaignReader Reader) to, Instant now)
    {
        var contact = new CampaignContact
        {
            CustomerId = to.CustomerId,
            CampaignId = campaign.CampaignId,
            Step = CampaignRow.Key(campaign.CampaignId),
            Verdict = "left_out",
            ReasonCode = "nothing_of_theirs",
            Reason = $"We do not know {string.Join(", ", to.Reader.Missing(campaign.Draft()).Select(field => field.InWords()))}: the message has nothing of theirs to rest on.",
            AskedAt = now,
        };
        if (to.Reader.Letter(campaign.Draft()) is not { } letter) return contact;
        // A campaign whose time is over asks for nobody any more, and the gate says so itself.
        var answer = (await new ContactDesk(work).RequestAsync(campaign.Request(to.CustomerId), letter, now))!;
        return contact with
        {
            Verdict = Words.Of(answer.Verdict),
            Channel = answer.Channel is { } channel ? Words.Of(channel) : null,
            ReasonCode = Words.Of(answer.Reasons[0].Code),
            Reason = string.Join(" ", answer.Reasons.Select(reason => reason.ToStaff()).Distinct()),
            NotBefore = answer.NotBefore,
            DecisionId = answer.DecisionId,
        };
    }

    private sealed record Taken(CampaignRow Campaign, CampaignPart Part, IReadOnlyList<Guid> Customers);
}
