using Regard.Storage;

namespace Regard.Orders;

/// <summary>
/// Says of which weeks of sale something was told, in the transaction that tells it: what was sold in them, or what of that came back.
/// Whoever counts weeks counts these anew and takes exactly the news away that it has read.
/// </summary>
internal sealed class SaleNewsStore(UnitOfWork work)
{
    private readonly SortedSet<LocalDate> _weeks = [];

    /// <summary>Something that was sold at this moment is new, other or gone, or came back.</summary>
    public void Tell(Instant soldAt) => _weeks.Add(Week.Of(soldAt));

    /// <summary>Writes what was told since the last time.</summary>
    public async Task WriteAsync(Instant now)
    {
        var id = Ids.New(now);
        foreach (var week in _weeks) await work.ExecuteAsync("insert into sale_news (news_id, week) values (@id, @week)", new { id, week });
        _weeks.Clear();
    }

    /// <summary>Everything that a customer bought is news: their country is another, or they are no longer the same.</summary>
    public Task TellAllAsync(Guid customerId, Instant now) => work.ExecuteAsync(
        $"insert into sale_news (news_id, week) select distinct cast(@id as {(work.Engine == Engine.Postgres ? "uuid" : "blob")}), {Dialect.Week(work.Engine, "at")} from sales_order where customer_id = @customerId",
        new { id = Ids.New(now), customerId });
}
