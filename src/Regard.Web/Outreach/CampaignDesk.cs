using Regard.Access;
using Regard.Storage;

namespace Regard.Outreach;

/// <summary>Starts and stops campaigns. Both are in the audit trail.</summary>
internal sealed class CampaignDesk(UnitOfWork work)
{
    private readonly CampaignStore _campaigns = new(work);

    /// <summary>From now on customers are asked for. Answers why not; null = it is started.</summary>
    /// <param name="customers">How many it is meant for, by the preview.</param>
    public async Task<string?> StartAsync(CampaignRow campaign, long customers, Actor by, Instant now)
    {
        if (campaign.State != "draft") return "It was started before.";
        if (campaign.Draft().Problems(now) is [var problem, ..]) return problem.Text;
        if (!await _campaigns.StartAsync(campaign.CampaignId, customers, by, now)) return "Somebody else started or changed it just now.";
        await TellAsync("campaign_started", campaign.CampaignId, new { purpose = campaign.Purpose, customers }, by, now);
        return null;
    }

    /// <summary>Nobody else is asked for, and what waits is cancelled. Answers false when there is nothing to stop.</summary>
    public async Task<bool> StopAsync(Guid campaignId, Actor by, Instant now)
    {
        if (!await _campaigns.StopAsync(campaignId)) return false;
        await TellAsync("campaign_stopped", campaignId, new { }, by, now);
        return true;
    }

    /// <summary>The list of names was taken out of the house.</summary>
    public Task ExportedAsync(Guid campaignId, Actor by, Instant now) => TellAsync("campaign_exported", campaignId, new { }, by, now);

    private Task TellAsync(string action, Guid campaignId, object detail, Actor by, Instant now) => new AuditStore(work).AppendAsync(by, action, CampaignRow.Key(campaignId), Json.Of(detail), now);
}
