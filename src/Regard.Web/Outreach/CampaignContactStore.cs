using Dapper;
using Regard.Customers;
using Regard.Storage;

namespace Regard.Outreach;

/// <summary>What became of campaigns for each customer: read from the messages and tasks themselves.</summary>
internal sealed class CampaignContactStore(UnitOfWork work)
{
    /// <summary>What the message says when the campaign was stopped before it was sent.</summary>
    public const string StoppedByUs = "The campaign was stopped.";

    // The one of two messages that did not go out because both are one person's.
    private const string Held = MergedContactStore.HeldNote + "%";

    // A message in place of a call stands under the same step, and says more than the call that was not made.
    private const string Rows =
        """
        select x.customer_id, c.name, x.asked_at, x.reason_code, x.step, coalesce(o.channel, case when t.kind = 'visit' then 'visit' when t.kind is not null then 'phone' end, x.channel) as channel,
          case when o.state = 'sent' or (o.state is null and t.state = 'done') then 'sent'
               when o.state in ('queued', 'in_flight') or (o.state is null and t.state = 'open') then case when coalesce(o.not_before, t.due_at) > @now then 'deferred' else 'waiting' end
               when coalesce(o.state, t.state) = 'expired' then 'expired'
               when o.state in ('failed', 'ambiguous') then 'failed'
               when coalesce(o.state, t.state) = 'cancelled' then case when coalesce(o.explanation, t.outcome_note) = @stopped or coalesce(o.explanation, t.outcome_note) like @held then 'stopped' else 'withdrawn' end
               when x.verdict = 'left_out' then 'left_out' else 'held_back' end as outcome,
          case when coalesce(o.state, t.state) in ('expired', 'failed', 'ambiguous', 'cancelled') then coalesce(o.explanation, t.outcome_note, x.reason)
               when o.state = 'queued' then coalesce(o.explanation, x.reason) else x.reason end as reason,
          case when coalesce(o.state, t.state) in ('queued', 'open') then coalesce(o.not_before, t.due_at) end as not_before,
          coalesce(o.finished_at, t.finished_at) as finished_at
        from campaign_contact x join customer c on c.customer_id = x.customer_id
        left join outbox o on o.customer_id = x.customer_id and o.step = x.step
        left join care_task t on t.customer_id = x.customer_id and t.step = x.step
        where x.campaign_id = @campaignId
        """;

    /// <summary>Whether the customer was asked for already.</summary>
    public async Task<bool> HasAsync(Guid customerId, Guid campaignId) => await work.ScalarAsync<long>(
        "select count(*) from campaign_contact where customer_id = @customerId and campaign_id = @campaignId", new { customerId, campaignId }) > 0;

    /// <summary>Keeps what the gate said. Whoever comes second keeps nothing.</summary>
    public Task AddAsync(CampaignContact contact) => work.ExecuteAsync(
        """
        insert into campaign_contact (customer_id, campaign_id, step, verdict, channel, reason_code, reason, not_before, decision_id, asked_at)
        values (@CustomerId, @CampaignId, @Step, @Verdict, @Channel, @ReasonCode, @Reason, @NotBefore, @DecisionId, @AskedAt) on conflict do nothing
        """,
        contact);

    /// <summary>How many customers have which outcome; those that were held back by the reason that came first.</summary>
    public Task<List<CampaignCount>> CountsAsync(Guid campaignId, Instant now) => work.ListAsync<CampaignCount>(
        $"""
        select outcome, case when outcome in ('held_back', 'left_out') then reason_code end as reason_code, count(*) as customers, min(not_before) as first_at, max(not_before) as last_at
        from ({Rows}) all_of_them group by 1, 2 order by 1, 3 desc
        """,
        new { campaignId, now, stopped = StoppedByUs, held = Held });

    /// <summary>A campaign's customers, a page of them.</summary>
    public Task<List<CampaignLine>> PageAsync(Guid campaignId, CampaignQuery query, int take)
    {
        var column = query.IsByName ? "name" : "asked_at";
        var arguments = new DynamicParameters(new
        {
            campaignId,
            query.Now,
            now = query.Now,
            stopped = StoppedByUs,
            held = Held,
            outcome = query.Outcome is { } outcome ? Words.Of(outcome) : null,
            query.ReasonCode,
            text = query.Text is null ? null : $"%{query.Text.ToLowerInvariant().Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal)}%",
            afterId = query.After?.Id,
            take,
        });
        if (query.After is { } after) arguments.Add("after", query.IsByName ? after.Name : after.At);
        return work.ListAsync<CampaignLine>(
            $"""
            select customer_id, name, outcome, channel, reason, not_before, finished_at, asked_at from ({Rows}) all_of_them where true
            {(query.Outcome is null ? "" : "and outcome = @outcome")} {(query.ReasonCode is null ? "" : "and reason_code = @ReasonCode")} {(query.Text is null ? "" : "and lower(name) like @text escape '!'")}
            {(query.After is null ? "" : $"and ({column}, customer_id) {(query.IsDescending ? "<" : ">")} (@after, @afterId)")}
            order by {column}{(query.IsDescending ? " desc" : "")}, customer_id{(query.IsDescending ? " desc" : "")} limit @take
            """,
            arguments);
    }

    /// <summary>The next customers for whom something may still wait, in the order of their ids.</summary>
    public Task<List<Guid>> WaitingAsync(Guid campaignId, Guid after, int take) => work.ListAsync<Guid>(
        "select customer_id from campaign_contact where campaign_id = @campaignId and verdict in ('permitted', 'deferred') and customer_id > @after order by customer_id limit @take", new { campaignId, after, take });

    /// <summary>How many were asked for.</summary>
    public Task<long> DoneAsync(Guid campaignId) => work.ScalarAsync<long>("select count(*) from campaign_contact /* all customers: how far a campaign is */ where campaign_id = @campaignId", new { campaignId });
}

/// <summary>A row of <c>campaign_contact</c>.</summary>
internal sealed record CampaignContact
{
    public required Guid CustomerId { get; init; }
    public required Guid CampaignId { get; init; }
    public required string Step { get; init; }
    public required string Verdict { get; init; }
    public string? Channel { get; init; }
    public required string ReasonCode { get; init; }
    public required string Reason { get; init; }
    public Instant? NotBefore { get; init; }
    public Guid? DecisionId { get; init; }
    public required Instant AskedAt { get; init; }
}

/// <summary>How many customers have an outcome.</summary>
public sealed record CampaignCount
{
    public string Outcome { get; init; } = "";
    public string? ReasonCode { get; init; }
    public long Customers { get; init; }

    /// <summary>Of those that wait: when the first may be reached, and when the last.</summary>
    public Instant? FirstAt { get; init; }
    public Instant? LastAt { get; init; }
}

/// <summary>What became of a campaign for one customer, as people read it.</summary>
public sealed record CampaignLine
{
    public Guid CustomerId { get; init; }
    public string Name { get; init; } = "";
    public string Outcome { get; init; } = "";
    public string? Channel { get; init; }
    public string Reason { get; init; } = "";
    public Instant? NotBefore { get; init; }
    public Instant? FinishedAt { get; init; }
    public Instant AskedAt { get; init; }
}

/// <summary>How a campaign's customers are looked at.</summary>
internal sealed record CampaignQuery
{
    public CampaignOutcome? Outcome { get; init; }
    public string? ReasonCode { get; init; }
    public string? Text { get; init; }
    public bool IsByName { get; init; } = true;
    public bool IsDescending { get; init; }
    public (string Name, Instant At, Guid Id)? After { get; init; }
    public required Instant Now { get; init; }
}
