using Regard.Storage;

namespace Regard.Contact;

/// <summary>How many customers were asked, and how many answered.</summary>
public sealed record AskingShare
{
    public string Occasion { get; init; } = "";
    public long Asked { get; init; }
    public long Answered { get; init; }
    public long NotPossible { get; init; }
}

/// <summary>Who was asked how they want to be treated, and what became of it.</summary>
internal sealed class AskingStore(UnitOfWork work)
{
    /// <summary>Customers who may be asked now; whether they are is decided one by one, on facts read with their lock.</summary>
    public async Task<IReadOnlyList<Guid>> CandidatesAsync(Instant now, int take)
    {
        var moments = new
        {
            first = now - Duration.FromDays(Asking.LastDay + 1),
            last = now - Duration.FromDays(Asking.FirstDay),
            since = now - Duration.FromDays(Asking.DaysBetween),
            calls = now - Duration.FromDays(90),
            take,
        };
        return await work.ListAsync<Guid>(
            """
            select distinct c.customer_id from customer c /* all customers: whom to ask */
            where c.merged_into is null and c.erased_at is null
              and not exists (select 1 from asking a where a.customer_id = c.customer_id and a.asked_at > @since)
              and (
                exists (select 1 from care_task t where t.customer_id = c.customer_id and t.outcome = 'not_reached' and t.created_at > @calls)
                or (not exists (select 1 from preference_statement s where s.customer_id = c.customer_id and s.basis in ('asked', 'volunteered') and s.place <> 'import')
                  and (exists (select 1 from order_rollup o where o.customer_id = c.customer_id and o.last_order_at > @first and o.last_order_at <= @last)
                    or exists (select 1 from service_case k where k.customer_id = c.customer_id and k.resolved_at > @first and k.resolved_at <= @last))))
            limit @take
            """,
            moments);
    }

    public async Task<AskingFacts> FactsAsync(Guid customerId)
    {
        using var rows = await work.ManyAsync(
            """
            select count(*) from preference_statement where customer_id = @customerId and basis in ('asked', 'volunteered') and place <> 'import';
            select max(asked_at) as at from asking where customer_id = @customerId;
            select max(last_order_at) as at from order_rollup where customer_id = @customerId;
            select max(resolved_at) as at from service_case where customer_id = @customerId;
            select count(*) from service_case where customer_id = @customerId and resolved_at is null;
            select coalesce(sum(attempts + case when state = 'done' and outcome = 'not_reached' then 1 else 0 end), 0) from care_task
              where customer_id = @customerId and kind = 'call' and created_at > coalesce((select max(finished_at) from care_task where customer_id = @customerId and outcome in ('reached', 'declined', 'call_back', 'wish_recorded')), @never);
            """,
            new { customerId, never = Instant.FromUnixTimeSeconds(0) });
        return new AskingFacts
        {
            HasSaid = await rows.ReadFirstAsync<long>() > 0,
            AskedAt = (await rows.ReadFirstAsync<MomentRow>()).At,
            LastOrderAt = (await rows.ReadFirstAsync<MomentRow>()).At,
            LastResolvedAt = (await rows.ReadFirstAsync<MomentRow>()).At,
            HasOpenCase = await rows.ReadFirstAsync<long>() > 0,
            UnansweredCalls = (int)await rows.ReadFirstAsync<long>(),
        };
    }

    /// <summary>How many were asked since a moment.</summary>
    public Task<long> AskedSinceAsync(Instant since) => work.ScalarAsync<long>(
        "select count(*) from asking /* all customers: how many were asked */ where asked_at > @since and channel is not null", new { since });

    public Task AddAsync(Guid customerId, Guid askingId, AskingOccasion occasion, ContactAnswer answer, Instant now) => work.ExecuteAsync(
        """
        insert into asking (customer_id, asking_id, asked_at, occasion, channel, decision_id) values (@customerId, @askingId, @now, @occasion, @channel, @DecisionId)
        """,
        new { customerId, askingId, now, occasion = Words.Of(occasion), channel = answer.Channel is { } channel ? Words.Of(channel) : null, answer.DecisionId });

    /// <summary>They answered. Only the first answer is counted; every answer binds.</summary>
    public Task AnswerAsync(Guid customerId, Guid askingId, Instant now) => work.ExecuteAsync(
        "update asking set answered_at = coalesce(answered_at, @now) where customer_id = @customerId and asking_id = @askingId", new { customerId, askingId, now });

    /// <summary>The shares by occasion since a moment.</summary>
    public Task<List<AskingShare>> SharesAsync(Instant since) => work.ListAsync<AskingShare>(
        """
        select occasion, count(channel) as asked, count(answered_at) as answered, count(*) - count(channel) as not_possible
        from asking /* all customers: how many were asked */ where asked_at > @since group by occasion order by occasion
        """,
        new { since });

    private sealed record MomentRow
    {
        public Instant? At { get; init; }
    }
}
