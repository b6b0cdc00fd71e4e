using Regard.Storage;

namespace Regard.Insight;

/// <summary>Lists what the last look at returns said.</summary>
internal sealed class ReturnRateStore(UnitOfWork work)
{
    private const string Columns = "dimension, thing, name, sold, returned, expected, rate, low, high, adjusted, currency, cost_minor, excess_minor, stands_out, because";

    /// <summary>Rates of one dimension, part by part.</summary>
    public Task<List<ReturnRateRow>> PageAsync(ReturnRateQuery query, int size)
    {
        var (order, beyond) = query.Order switch
        {
            ReturnRateOrder.Name => ("name, thing", "(name > @text or (name = @text and thing > @thing))"),
            ReturnRateOrder.Sold => ("sold desc, thing", "(sold < @number or (sold = @number and thing > @thing))"),
            ReturnRateOrder.Returned => ("returned desc, thing", "(returned < @number or (returned = @number and thing > @thing))"),
            ReturnRateOrder.Excess => ("excess_minor desc, thing", "(excess_minor < @number or (excess_minor = @number and thing > @thing))"),
            _ => ("rate desc, thing", "(rate < @share or (rate = @share and thing > @thing))"),
        };
        return work.ListAsync<ReturnRateRow>(
            $"""
            select {Columns} from return_rate where dimension = @dimension
            {(query.Sought.Length == 0 ? "" : "and lower(name) like @holds escape '!'")} {(query.OnlyUnusual ? "and adjusted < 0.05 and returned > expected" : "")}
            {(query.Cursor is null ? "" : $"and {beyond}")} order by {order} limit @size
            """,
            new { dimension = query.DimensionWord, holds = $"%{query.Sought}%", query.Cursor?.Text, query.Cursor?.Number, query.Cursor?.Share, query.Cursor?.Thing, size });
    }

    /// <summary>What a thing is called; null = it was not looked at.</summary>
    public Task<string?> NameAsync(ReturnThing thing) =>
        work.ScalarAsync<string?>("select name from return_rate where dimension = @dimension and thing = @Key", new { dimension = Words.Of(thing.Dimension), thing.Key });

    /// <summary>How many order lines and how many things were looked at.</summary>
    public async Task<(long Lines, long Things)> SizeAsync() =>
        (await work.ScalarAsync<long>("select cast(coalesce(sum(sold), 0) as bigint) from return_rate where dimension = 'product'"), await work.ScalarAsync<long>("select count(*) from return_rate"));
}
