using Regard.Orders;
using Regard.Storage;

namespace Regard.Insight;

/// <summary>
/// Counts, week of sale by week of sale, what was sold and how much of it came back, from the lines themselves. Only weeks with news are
/// counted, so the cost grows with what changed. Every line counts once, however many pieces it has; orders that were mistakes and returns
/// of what was bought before the records begin do not count; a line taken back from nobody known counts in the week it came back.
/// </summary>
internal sealed class ReturnCountStore(UnitOfWork work)
{
    /// <summary>A return so many weeks after its sale or later is counted with these.</summary>
    public const int LastWeek = 13;

    /// <summary>The weeks of which there is news, in the order of time.</summary>
    public Task<List<LocalDate>> NewsAsync() => work.ListAsync<LocalDate>("select distinct week from sale_news order by week");

    /// <summary>Counts a week anew and takes away the news that was there before. Answers how many order lines were sold in it.</summary>
    public async Task<long> CountAsync(LocalDate week)
    {
        var news = await work.ListAsync<Guid>("select news_id from sale_news where week = @week", new { week });
        var arguments = new { week, from = Week.Start(week), until = Week.Start(week.PlusDays(7)), last = LastWeek, ids = new IdList(news) };
        await work.ExecuteAsync("delete from return_cell where week = @week", arguments);
        await work.ExecuteAsync("delete from return_reason where week = @week", arguments);
        await work.ExecuteAsync($"""
            insert into return_cell (week, product_id, batch, carrier, country, currency, sold, returned, returned_minor)
            /* all customers: what was sold in a week, and what of it came back */
            select @week, product_id, batch, carrier, country, currency, sum(sold), sum(returned), sum(returned_minor)
            from ({Lines("@week", "@week", isWhole: false)}) lines group by product_id, batch, carrier, country, currency
            """, arguments);
        await work.ExecuteAsync($"""
            insert into return_reason (week, product_id, batch, reason, weeks_after, returned)
            /* all customers: why it came back, and after how long */
            select @week, product_id, batch, reason, weeks_after, count(*) from (
              select l.product_id, coalesce(l.batch, '') as batch, coalesce(r.reason, '') as reason, {WeeksAfter} as weeks_after
              from sales_order o join order_line l on l.customer_id = o.customer_id and l.order_id = o.order_id
              join order_return r on r.customer_id = l.customer_id and r.order_id = l.order_id and r.line_no = l.line_no
              where o.at >= @from and o.at < @until and o.status = 'placed'
              group by l.customer_id, l.order_id, l.line_no, l.product_id, l.batch, r.reason) back
            group by product_id, batch, reason, weeks_after
            """, arguments);
        await work.ExecuteAsync($"delete from sale_news where week = @week and {work.InIds("news_id", "@ids")}", arguments);
        return await work.ScalarAsync<long>("select cast(coalesce(sum(sold), 0) as bigint) from return_cell where week = @week", arguments);
    }

    /// <summary>Recomputes the counts of all weeks without news, and lists what differs; it only reads.</summary>
    public static async Task<IReadOnlyList<string>> CheckAsync(UnitOfWork work)
    {
        var lines = Lines(Dialect.Week(work.Engine, "min(o.at)"), Dialect.Week(work.Engine, "at"), isWhole: true);
        return await work.ListAsync<string>($"""
            /* all customers: is what is kept of each week what was sold and came back? */
            select 'return_cell of ' || week || ': ' || sum(sold) || ' lines and ' || sum(returned) || ' returned too many' from (
              select week, product_id, batch, carrier, country, currency, sold, returned, returned_minor from return_cell
              union all
              select week, product_id, batch, carrier, country, currency, -sum(sold), -sum(returned), -sum(returned_minor)
              from ({lines}) lines group by week, product_id, batch, carrier, country, currency) kept
            where week not in (select week from sale_news)
            group by week, product_id, batch, carrier, country, currency
            having sum(sold) <> 0 or sum(returned) <> 0 or sum(returned_minor) <> 0
            """);
    }

    // Every line that was sold, with its week and whether it came back; of one week or of all time.
    private static string Lines(string week, string weekOfNobody, bool isWhole) => $"""
        select {week} as week, l.product_id, coalesce(l.batch, '') as batch, coalesce(o.carrier, '') as carrier, coalesce(c.country, '') as country, o.currency,
          1 as sold, max(case when r.return_id is null then 0 else 1 end) as returned, coalesce(sum(case when r.currency = o.currency then r.amount_minor end), 0) as returned_minor
        from sales_order o join order_line l on l.customer_id = o.customer_id and l.order_id = o.order_id
        join customer c on c.customer_id = o.customer_id
        left join order_return r on r.customer_id = l.customer_id and r.order_id = l.order_id and r.line_no = l.line_no
        where {(isWhole ? "" : "o.at >= @from and o.at < @until and ")}o.status = 'placed'
        group by l.customer_id, l.order_id, l.line_no, l.product_id, l.batch, o.carrier, c.country, o.currency
        union all
        select {weekOfNobody}, product_id, '', '', '', currency, case when quantity > 0 then 1 else 0 end, case when quantity < 0 then 1 else 0 end,
          case when quantity < 0 then abs(amount_minor) else 0 end
        from unattributed_line{(isWhole ? "" : " where at >= @from and at < @until")}
        """;

    // Of the first return of the line; whole weeks.
    private string WeeksAfter => work.Engine == Engine.Postgres
        ? "least(@last, cast(floor(extract(epoch from min(r.at) - min(o.at)) / 604800) as integer))"
        : "min(@last, (min(r.at) - min(o.at)) / 604800000000)";
}
