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
            ReturnRateOrder.Name => ("name, thing", "(name > @Text or (name = @Text and thing > @Thing))"),
            ReturnRateOrder.Sold => ("sold desc, thing", "(sold < @Number or (sold = @Number and thing > @Thing))"),
            ReturnRateOrder.Returned => ("returned desc, thing", "(returned < @Number or (returned = @Number and thing > @Thing))"),
            ReturnRateOrder.Excess => ("excess_minor desc, thing", "(excess_minor < @Number or (excess_minor = @Number and thing > @Thing))"),
            _ => ("rate desc, thing", "(rate < @Share or (rate = @Share and thing > @Thing))"),
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
