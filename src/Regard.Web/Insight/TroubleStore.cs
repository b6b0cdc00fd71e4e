using Regard.Storage;

namespace Regard.Insight;

/// <summary>Reads what went wrong for customers, from the timeline, the cases, the returns and the prices of what they buy.</summary>
internal sealed class TroubleStore(UnitOfWork work)
{
    /// <summary>How long before the last purchase something may have begun that ended the buying.</summary>
    public static readonly Duration Before = Duration.FromDays(45);

    private const int BoughtForMonths = 12;

    /// <summary>Everything that went wrong for one customer, the latest first. Prices are not looked at: who bought on has accepted them.</summary>
    public Task<List<Trouble>> OfAsync(Guid customerId) => FindAsync([customerId], Instant.FromUnixTimeSeconds(0));

    /// <summary>What happened to each of these customers around their last purchase and since, the latest first.</summary>
    /// <param name="last">Each customer's last purchase.</param>
    /// <param name="now">The end of what is looked at.</param>
    public async Task<ILookup<Guid, Trouble>> BeforeAsync(IReadOnlyDictionary<Guid, Instant> last, Instant now)
    {
        if (last.Count == 0) return Array.Empty<Trouble>().ToLookup(trouble => trouble.CustomerId);
        var since = last.Values.Min() - Before;
        var troubles = await FindAsync([.. last.Keys], since);
        troubles.AddRange(await PricesAsync([.. last.Keys], since, now));
        return troubles.Where(trouble => (trouble.EndedAt ?? now) >= last[trouble.CustomerId] - Before && (trouble.At >= last[trouble.CustomerId] - Before || trouble.IsOpen))
            .OrderByDescending(trouble => trouble.At).ToLookup(trouble => trouble.CustomerId);
    }

    /// <summary>Recommendations that a customer made, as somebody recorded them, the latest first.</summary>
    public Task<List<Recommendation>> RecommendationsAsync(Guid customerId) => work.ListAsync<Recommendation>(
        "select touchpoint_id, at, summary from touchpoint where customer_id = @customerId and kind in ('recommendation', 'referral') order by touchpoint_id desc", new { customerId });

    private async Task<List<Trouble>> FindAsync(IReadOnlyCollection<Guid> customers, Instant since) => await work.ListAsync<Trouble>(
        $"""
        select customer_id, 'LateDelivery' as kind, at, at as ended_at, summary as what, touchpoint_id as record_id from touchpoint
        where {work.InIds("customer_id", "@ids")} and kind = 'late_delivery' and touchpoint_id >= @first
        union all
        select customer_id, 'Case', opened_at, resolved_at, subject, case_id from service_case where {work.InIds("customer_id", "@ids")} and (opened_at >= @since or resolved_at is null)
        union all
        select r.customer_id, 'Return', r.at, r.at, p.name || case when r.reason is null then '' else ': ' || r.reason end, r.return_id
        from order_return r join product p on p.product_id = r.product_id where {work.InIds("r.customer_id", "@ids")} and r.at >= @since
        order by 3 desc
        """,
        new { ids = new IdList(customers), since, first = Ids.First(since) });

    // Rises of what they bought in the year before: the new price beside the one it took the place of, in the currency they pay in.
    private async Task<List<Trouble>> PricesAsync(IReadOnlyCollection<Guid> customers, Instant since, Instant now)
    {
        var from = since.InUtc().Date.PlusMonths(-BoughtForMonths);
        var rises = await work.ListAsync<Rise>(
            $"""
            select distinct m.customer_id, p.product_id, p.name, p.currency, p.valid_from as at, p.price_minor, p.before_minor from product_month m
            join (
              select n.product_id, d.name, n.currency, n.valid_from, n.price_minor,
                (select o.price_minor from product_price o where o.product_id = n.product_id and o.currency = n.currency and o.valid_from < n.valid_from order by o.valid_from desc limit 1) as before_minor
              from product_price n join product d on d.product_id = n.product_id where n.valid_from >= @since and n.valid_from <= @now) p
              on p.product_id = m.product_id and p.currency = m.currency and p.price_minor > p.before_minor
            where {work.InIds("m.customer_id", "@ids")} and m.month >= @from and m.quantity > 0
            """,
            new { ids = new IdList(customers), since, now, from = (from.Year * 100) + from.Month });
        return [.. rises.Select(rise => rise.Read())];
    }

    private sealed record Rise
    {
        public Guid CustomerId { get; init; }
        public Guid ProductId { get; init; }
        public string Name { get; init; } = "";
        public string Currency { get; init; } = "";
        public Instant At { get; init; }
        public long PriceMinor { get; init; }
        public long BeforeMinor { get; init; }

        public Trouble Read() => new()
        {
            CustomerId = CustomerId,
            Kind = TroubleKind.PriceRise,
            At = At,
            EndedAt = At,
            What = $"{Name}: {Layout.MoneyText.For(new Money(BeforeMinor, Currency))} became {Layout.MoneyText.For(new Money(PriceMinor, Currency))}",
            RecordId = ProductId,
        };
    }
}

/// <summary>A recommendation that a customer made.</summary>
public sealed record Recommendation
{
    public Guid TouchpointId { get; init; }
    public Instant At { get; init; }
    public string Summary { get; init; } = "";
}
