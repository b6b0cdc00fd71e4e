using Regard.Contact;
using Regard.Storage;

namespace Regard.Outreach;

/// <summary>What a campaign may say of one customer.</summary>
internal sealed class CampaignFactStore(UnitOfWork work)
{
    /// <summary>What is so of them; null = there is no such customer.</summary>
    public async Task<CampaignReader?> ReadAsync(Guid customerId, AudienceSegment segment)
    {
        using var rows = await work.ManyAsync(
            $"""
            select name, address_as, language, time_zone from customer where customer_id = @customerId and merged_into is null and erased_at is null;
            select d.name from product_month p join product d on d.product_id = p.product_id where p.customer_id = @customerId and p.orders > 0
              {(segment.Product is null ? "" : "and d.sku = @Product")} {(segment.Category is null ? "" : "and d.category = @Category")} {(segment.BoughtSince is null ? "" : "and p.month >= @month")}
              order by p.month desc, p.spend_minor desc, d.sku limit 1;
            select min(first_order_at) as first_at, max(last_order_at) as last_at from order_rollup where customer_id = @customerId;
            """,
            new { customerId, segment.Product, segment.Category, month = segment.BoughtSince is { } since ? since.Year * 100 + since.Month : 0 });
        if (await rows.ReadFirstOrDefaultAsync<PersonRow>() is not { } person) return null;
        var product = await rows.ReadFirstOrDefaultAsync<string>();
        var orders = await rows.ReadFirstAsync<OrdersRow>();
        rows.Dispose();
        return new CampaignReader
        {
            Name = person.Name,
            AddressAs = person.AddressAs,
            Language = LetterBook.Language((await new PreferenceStore(work).WishesAsync(customerId)).Language ?? person.Language),
            TimeZone = person.TimeZone,
            Product = product,
            FirstOrderAt = orders.FirstAt,
            LastOrderAt = orders.LastAt,
        };
    }

    private sealed record PersonRow
    {
        public string Name { get; init; } = "";
        public string? AddressAs { get; init; }
        public string? Language { get; init; }
        public string? TimeZone { get; init; }
    }

    private sealed record OrdersRow
    {
        public Instant? FirstAt { get; init; }
        public Instant? LastAt { get; init; }
    }
}
