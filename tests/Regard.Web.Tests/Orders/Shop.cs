using Regard.Storage;

namespace Regard.Orders;

/// <summary>A customer to sell to.</summary>
internal static class Shop
{
    public static async Task<Guid> CustomerAsync(UnitOfWork work, Instant now)
    {
        var id = Ids.New(now);
        await work.ExecuteAsync(
            "insert into customer (customer_id, kind, name, source, created_at, updated_at) values (@id, 'person', 'A customer', 'test', @now, @now)",
            new { id, now });
        return id;
    }
}
