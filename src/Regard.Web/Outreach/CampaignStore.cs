using Regard.Access;
using Regard.Contact;
using Regard.Storage;

namespace Regard.Outreach;

/// <summary>Campaigns, and which stretches of customers are in whose hands.</summary>
internal sealed class CampaignStore(UnitOfWork work)
{
    private const string Columns =
        """
        campaign_id, title, purpose, legal_ground, channels, earliest, latest_useful, segment, messages, state, cursor_id, is_handed_out, customers, created_at, created_by,
        started_at, started_by, ended_at, version
        """;

    public Task<CampaignRow?> FindAsync(Guid campaignId) => work.FirstAsync<CampaignRow>($"select {Columns} from campaign where campaign_id = @campaignId", new { campaignId });

    /// <summary>Campaigns, the newest first.</summary>
    /// <param name="states">Null = in whichever state.</param>
    public Task<List<CampaignRow>> ListAsync(IReadOnlyList<CampaignState>? states, Guid? after, int take) => work.ListAsync<CampaignRow>(
        $"""
        select {Columns} from campaign where true {(states is null ? "" : $"and {work.InWords("state", "@states")}")} {(after is null ? "" : "and campaign_id < @after")}
        order by campaign_id desc limit @take
        """,
        new { states = new WordList((states ?? []).Select(state => Words.Of(state))), after = after ?? Guid.Empty, take });

    /// <summary>Keeps a new draft. Told twice under one id, it is kept once.</summary>
    public Task AddAsync(Guid campaignId, CampaignDraft draft, AudienceSegment segment, Actor by, Instant now) => work.ExecuteAsync(
        """
        insert into campaign (campaign_id, title, purpose, legal_ground, channels, earliest, latest_useful, segment, messages, state, created_at, created_by)
        values (@campaignId, @Title, @purpose, @LegalGround, @channels, @Earliest, @LatestUseful, @segment, @messages, 'draft', @now, @by) on conflict do nothing
        """,
        Arguments(campaignId, draft, segment, (by, now)));

    /// <summary>Changes a draft. Answers false when it is none any more.</summary>
    public async Task<bool> ChangeAsync(Guid campaignId, CampaignDraft draft, AudienceSegment segment, Actor by, Instant now) => await work.ExecuteAsync(
        """
        update campaign set title = @Title, purpose = @purpose, legal_ground = @LegalGround, channels = @channels, earliest = @Earliest, latest_useful = @LatestUseful, segment = @segment,
          messages = @messages, version = version + 1
        where campaign_id = @campaignId and state = 'draft'
        """,
        Arguments(campaignId, draft, segment, (by, now))) == 1;

    /// <summary>From now on customers are asked for. Answers false when somebody was quicker.</summary>
    /// <param name="customers">How many there are to be asked for.</param>
    public async Task<bool> StartAsync(Guid campaignId, long customers, Actor by, Instant now) => await work.ExecuteAsync(
        "update campaign set state = 'starting', customers = @customers, started_at = @now, started_by = @by, version = version + 1 where campaign_id = @campaignId and state = 'draft'",
        new { campaignId, customers, by = by.Reference, now }) == 1;

    /// <summary>Nobody is asked for any more, and what waits is cancelled. Waits for the customers who are just being asked for.</summary>
    public async Task<bool> StopAsync(Guid campaignId) => await work.ExecuteAsync(
        "update campaign set state = 'stopping', version = version + 1 where campaign_id = @campaignId and state in ('starting', 'started')", new { campaignId }) == 1;

    public Task FinishStopAsync(Guid campaignId, Instant now) => work.ExecuteAsync(
        "update campaign set state = 'stopped', ended_at = @now, version = version + 1 where campaign_id = @campaignId and state = 'stopping'", new { campaignId, now });

    /// <summary>The state, which stays as it is until the transaction ends.</summary>
    public Task<string?> HeldStateAsync(Guid campaignId) => work.FirstAsync<string>($"select state from campaign where campaign_id = @campaignId{work.ForShare}", new { campaignId });

    /// <summary>The campaign, locked: one worker at a time takes a stretch of it.</summary>
    public Task<CampaignRow?> LockAsync(Guid campaignId) => work.FirstAsync<CampaignRow>($"select {Columns} from campaign where campaign_id = @campaignId{work.ForUpdate}", new { campaignId });

    /// <summary>Stretches that are in somebody's hands, or were when they went away. The campaign is locked.</summary>
    public Task<List<CampaignPart>> UnfinishedAsync(Guid campaignId) => work.ListAsync<CampaignPart>(
        "select campaign_id, part_no, first_id, last_id, worker, until from campaign_part where campaign_id = @campaignId and finished_at is null order by part_no", new { campaignId });

    /// <summary>Takes a stretch up again whose worker did not come back.</summary>
    public Task TakeOverAsync(CampaignPart part) => work.ExecuteAsync(
        "update campaign_part set worker = @Worker, until = @Until where campaign_id = @CampaignId and part_no = @PartNo", part);

    /// <summary>Takes the next stretch. The campaign is locked.</summary>
    public async Task<CampaignPart> TakeAsync(CampaignPart next)
    {
        var part = next with { PartNo = (int)(await work.ScalarAsync<long>("select count(*) from campaign_part where campaign_id = @CampaignId", next) + 1) };
        await work.ExecuteAsync("insert into campaign_part (campaign_id, part_no, first_id, last_id, worker, until) values (@CampaignId, @PartNo, @FirstId, @LastId, @Worker, @Until)", part);
        await work.ExecuteAsync("update campaign set cursor_id = @LastId where campaign_id = @CampaignId", part);
        return part;
    }

    /// <summary>Everybody is in somebody's hands, or was.</summary>
    public Task HandedOutAsync(Guid campaignId) => work.ExecuteAsync("update campaign set is_handed_out = true where campaign_id = @campaignId", new { campaignId });

    /// <summary>Everybody was asked for.</summary>
    public Task FinishStartAsync(Guid campaignId) => work.ExecuteAsync("update campaign set state = 'started', version = version + 1 where campaign_id = @campaignId and state = 'starting'", new { campaignId });

    public Task FinishAsync(CampaignPart part, Instant now) => work.ExecuteAsync(
        "update campaign_part set finished_at = @now where campaign_id = @CampaignId and part_no = @PartNo and worker = @Worker", new { part.CampaignId, part.PartNo, part.Worker, now });

    private static object Arguments(Guid campaignId, CampaignDraft draft, AudienceSegment segment, (Actor By, Instant Now) who) => new
    {
        campaignId,
        draft.Title,
        purpose = Words.Of(draft.Purpose!.Value),
        draft.LegalGround,
        channels = string.Join(' ', draft.Channels.Select(channel => Words.Of(channel))),
        draft.Earliest,
        draft.LatestUseful,
        segment = Json.Of(segment),
        messages = Json.Of(draft.Messages),
        now = who.Now,
        by = who.By.Reference,
    };
}

/// <summary>A stretch of customers, in the order of their ids, that one worker asks for.</summary>
internal sealed record CampaignPart
{
    public Guid CampaignId { get; init; }
    public int PartNo { get; init; }
    public Guid FirstId { get; init; }
    public Guid LastId { get; init; }
    public string Worker { get; init; } = "";
    public Instant Until { get; init; }
}
