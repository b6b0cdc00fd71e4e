using Regard.Storage;

namespace Regard.Insight;

/// <summary>What customers were served, as it is compared: cases by when they were opened, calls by when they came.</summary>
internal sealed class ServedStore(UnitOfWork work)
{
    /// <summary>The most cases and the most calls that are compared, the newest: bounds what a night costs.</summary>
    public const int Most = 100_000;

    /// <summary>Cases of a time that is over long enough that they should have been answered, the newest first.</summary>
    public Task<List<ServedCaseRow>> CasesAsync(ServedQuery query, int take) => work.ListAsync<ServedCaseRow>($"""
        /* all customers: how long whose cases wait */
        select * from (
          select s.customer_id, s.case_id, s.subject, s.channel, s.promised_at, s.opened_at, s.first_answered_at, s.resolved_at, {Who("s.opened_at")}
          from service_case s join customer c on c.customer_id = s.customer_id
          where s.opened_at >= @From and s.opened_at < @Until {(query.After is null ? "" : "and (s.opened_at < @at or (s.opened_at = @at and s.case_id < @id))")}) s
        where 1 = 1 {Group(query)} order by opened_at desc, case_id desc limit @take
        """, Arguments(query, take));

    /// <summary>Calls that came in and of which the wait was told (<c>waited_seconds</c> in the touchpoint's body; <c>abandoned</c> when the caller gave up), the newest first.</summary>
    public Task<List<ServedCallRow>> CallsAsync(ServedQuery query, int take)
    {
        var (waited, abandoned) = work.Engine == Engine.Postgres
            ? ("cast(t.body ->> 'waited_seconds' as double precision)", "coalesce(cast(t.body ->> 'abandoned' as boolean), false)")
            : ("cast(t.body ->> 'waited_seconds' as real)", "coalesce(t.body ->> 'abandoned', 0)");
        return work.ListAsync<ServedCallRow>($"""
            /* all customers: how long whose calls wait */
            select * from (
              select t.customer_id, t.touchpoint_id, t.at, 'call' as channel, {waited} as waited_seconds, {abandoned} as is_abandoned, {Who("t.at")}
              from touchpoint t join customer c on c.customer_id = t.customer_id
              where t.kind = 'call' and t.direction = 'in' and t.body is not null and t.at >= @From and t.at < @Until {(query.After is null ? "" : "and (t.at < @at or (t.at = @at and t.touchpoint_id < @id))")}) t
            where waited_seconds is not null {Group(query)} order by at desc, touchpoint_id desc limit @take
            """, Arguments(query, take));
    }

    // Who bought ninety days before that moment or earlier is no newcomer.
    private string Who(string at) => $"""
        c.language, c.name as customer_name,
          case when exists (select 1 from order_rollup r where r.customer_id = c.customer_id and r.first_order_at < {(work.Engine == Engine.Postgres ? $"{at} - interval '90 days'" : $"{at} - 7776000000000")})
            then 'regular' else 'newcomer' end as newness,
          case when exists (select 1 from preference_statement w where w.customer_id = c.customer_id and w.basis in ('asked', 'volunteered')) then 'said' else 'silent' end as wish
        """;

    private string Group(ServedQuery query)
    {
        var mine = query.Grouping is { } grouping ? Column(grouping) is { } column ? $"and {column} = @Group" : "and 1 = 0" : "";
        return mine + string.Concat(query.Without.Select(w => w.Grouping).Distinct().Where(g => Column(g) is not null).Select(g => $" and ({Column(g)} is null or not ({work.InWords(Column(g)!, $"@without{g}")}))"));
    }

    private static string? Column(ParityGrouping grouping) => grouping == ParityGrouping.Level ? null : Words.Of(grouping);

    private static object Arguments(ServedQuery query, int take)
    {
        WordList Without(ParityGrouping grouping) => new(query.Without.Where(w => w.Grouping == grouping).Select(w => w.Group));
        return new
        {
            query.From,
            query.Until,
            query.Group,
            at = query.After?.At ?? default,
            id = query.After?.Id ?? default,
            withoutNewness = Without(ParityGrouping.Newness),
            withoutLanguage = Without(ParityGrouping.Language),
            withoutChannel = Without(ParityGrouping.Channel),
            withoutWish = Without(ParityGrouping.Wish),
            take,
        };
    }
}

/// <summary>What of the service is looked at.</summary>
internal sealed record ServedQuery(Instant From, Instant Until)
{
    /// <summary>Null = of everybody.</summary>
    public ParityGrouping? Grouping { get; init; }

    public string? Group { get; init; }

    /// <summary>Groups that were set apart: theirs are left out.</summary>
    public IReadOnlyList<(ParityGrouping Grouping, string Group)> Without { get; init; } = [];

    public (Instant At, Guid Id)? After { get; init; }
}

/// <summary>A case as it is compared.</summary>
public sealed record ServedCaseRow
{
    public Guid CustomerId { get; init; }
    public Guid CaseId { get; init; }
    public string CustomerName { get; init; } = "";
    public string Subject { get; init; } = "";
    public string Channel { get; init; } = "";
    public string? Language { get; init; }
    public string Newness { get; init; } = "";
    public string Wish { get; init; } = "";
    public Instant OpenedAt { get; init; }
    public Instant PromisedAt { get; init; }
    public Instant? FirstAnsweredAt { get; init; }
    public Instant? ResolvedAt { get; init; }

    internal IReadOnlyList<string?> Groups => [null, Newness, Language, Channel, Wish];

    /// <summary>Hours until the first answer; so far where there is none.</summary>
    internal double HoursToAnswer(Instant now) => Hours(FirstAnsweredAt ?? ResolvedAt ?? now);

    internal double HoursToEnd(Instant now) => Hours(ResolvedAt ?? now);

    internal bool IsPromiseBroken(Instant now) => (FirstAnsweredAt ?? ResolvedAt ?? now) > PromisedAt;

    // A minute at least: who was answered at once was not answered infinitely faster.
    private double Hours(Instant end) => Math.Max(1.0 / 60, (end - OpenedAt).TotalHours);
}

/// <summary>A call as it is compared.</summary>
public sealed record ServedCallRow
{
    public Guid CustomerId { get; init; }
    public Guid TouchpointId { get; init; }
    public string CustomerName { get; init; } = "";
    public string Channel { get; init; } = "";
    public string? Language { get; init; }
    public string Newness { get; init; } = "";
    public string Wish { get; init; } = "";
    public Instant At { get; init; }
    public double WaitedSeconds { get; init; }
    public bool IsAbandoned { get; init; }

    internal IReadOnlyList<string?> Groups => [null, Newness, Language, null, Wish];
}
