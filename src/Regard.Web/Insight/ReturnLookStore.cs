using Regard.Storage;

namespace Regard.Insight;

/// <summary>What is looked at when it is asked what comes back, and what was said of it.</summary>
internal sealed class ReturnLookStore(UnitOfWork work)
{
    private static readonly Bulk<ReturnRateRow> Rates = new(
        "return_rate", "dimension, thing",
        Column<ReturnRateRow>.Text("dimension", row => row.Dimension),
        Column<ReturnRateRow>.Text("thing", row => row.Thing),
        Column<ReturnRateRow>.Text("name", row => row.Name),
        Column<ReturnRateRow>.Whole("sold", row => row.Sold),
        Column<ReturnRateRow>.Whole("returned", row => row.Returned),
        Column<ReturnRateRow>.Real("expected", row => row.Expected),
        Column<ReturnRateRow>.Real("rate", row => row.Rate),
        Column<ReturnRateRow>.Real("low", row => row.Low),
        Column<ReturnRateRow>.Real("high", row => row.High),
        Column<ReturnRateRow>.Real("adjusted", row => row.Adjusted),
        Column<ReturnRateRow>.Text("currency", row => row.Currency),
        Column<ReturnRateRow>.Whole("cost_minor", row => row.CostMinor),
        Column<ReturnRateRow>.Whole("excess_minor", row => row.ExcessMinor),
        Column<ReturnRateRow>.Truth("stands_out", row => row.StandsOut),
        Column<ReturnRateRow>.Text("because", row => row.Because));

    /// <summary>Today, or, where the records end in the past, when the returns of their last week had come: a shop's past is looked at as it was.</summary>
    public async Task<LocalDate> TodayAsync(Instant now)
    {
        var last = await work.FirstAsync<WeekRow>("select week from return_cell order by week desc limit 1");
        var today = now.InUtc().Date;
        return last?.Week.PlusWeeks(ReturnCountStore.LastWeek + 1) is { } end && end < today ? end : today;
    }

    /// <summary>The first week that a look at this moment takes in.</summary>
    public async Task<LocalDate> EarliestAsync(Instant now) => Orders.Week.Of(await TodayAsync(now)).PlusWeeks(-ReturnsWork.Weeks);

    /// <summary>Sales of some weeks by kind.</summary>
    public Task<List<CellRow>> CellsAsync(LocalDate from, LocalDate until) => work.ListAsync<CellRow>("""
        select c.product_id, nullif(c.batch, '') as batch, nullif(c.carrier, '') as carrier, nullif(c.country, '') as country, c.currency, p.supplier, p.size, p.category,
          cast(sum(c.sold) as bigint) as sold, cast(sum(c.returned) as bigint) as returned, cast(sum(c.returned_minor) as bigint) as returned_minor
        from return_cell c join product p on p.product_id = c.product_id
        where c.week >= @from and c.week < @until
        group by c.product_id, c.batch, c.carrier, c.country, c.currency, p.supplier, p.size, p.category
        """, new { from, until });

    /// <summary>Returned lines by whole weeks between sale and return, of sales from a week up to another.</summary>
    public async Task<IReadOnlyList<long>> DelaysAsync(LocalDate from, LocalDate until)
    {
        var lines = new long[ReturnCountStore.LastWeek + 1];
        foreach (var row in await work.ListAsync<DelayRow>("select weeks_after, cast(sum(returned) as bigint) as returned from return_reason where week >= @from and week < @until group by weeks_after", new { from, until }))
            lines[row.WeeksAfter] = row.Returned;
        return lines;
    }

    /// <summary>Returned lines of which a reason was told, by product and batch.</summary>
    public Task<List<ReasonRow>> ReasonsAsync(LocalDate from) => work.ListAsync<ReasonRow>("""
        select r.product_id, nullif(r.batch, '') as batch, p.supplier, p.size, r.reason, cast(sum(r.returned) as bigint) as returned
        from return_reason r join product p on p.product_id = r.product_id where r.week >= @from and r.reason <> ''
        group by r.product_id, r.batch, p.supplier, p.size, r.reason
        """, new { from });

    /// <summary>The weeks of one thing, in the order of time; null = of everything.</summary>
    public Task<List<WeekRow>> WeeksAsync(ReturnThing? thing, LocalDate from) => work.ListAsync<WeekRow>($"""
        select c.week, cast(sum(c.sold) as bigint) as sold, cast(sum(c.returned) as bigint) as returned
        from return_cell c join product p on p.product_id = c.product_id
        where c.week >= @from {(thing is { } one ? $"and {Condition(one.Dimension, "c", "c.carrier", "c.country")}" : "")} group by c.week order by c.week
        """, Arguments(thing, from));

    /// <summary>The weeks of those products of which so many lines came back since a day, product by product in the order of time.</summary>
    public Task<List<ProductWeekRow>> ProductWeeksAsync(LocalDate from, LocalDate recent, int least) => work.ListAsync<ProductWeekRow>("""
        select product_id, week, cast(sum(sold) as bigint) as sold, cast(sum(returned) as bigint) as returned from return_cell
        where week >= @from and product_id in (select product_id from return_cell where week >= @recent group by product_id having sum(returned) >= @least)
        group by product_id, week order by product_id, week
        """, new { from, recent, least });

    public async Task<Dictionary<Guid, ProductName>> NamesAsync() =>
        (await work.ListAsync<ProductName>("select product_id, sku, name from product where product_id in (select product_id from return_cell)")).ToDictionary(p => p.ProductId);

    /// <summary>Puts what was said now in the place of what was said before.</summary>
    public async Task SayAsync(IReadOnlyList<ReturnRateRow> rates)
    {
        await work.ExecuteAsync("delete from return_rate");
        await Rates.AppendAsync(work, rates);
    }

    /// <summary>Whether a line is of a thing, in SQL: <c>@key</c> is its name, <c>@product</c> and <c>@batch</c> those of products and batches. The product is <c>p</c>.</summary>
    public static string Condition(ReturnDimension dimension, string line, string carrier, string country) => dimension switch
    {
        ReturnDimension.Product => $"{line}.product_id = @product",
        ReturnDimension.Batch => $"{line}.product_id = @product and {line}.batch = @batch",
        ReturnDimension.Supplier => "p.supplier = @key",
        ReturnDimension.Size => "p.size = @key",
        ReturnDimension.Carrier => $"{carrier} = @key",
        _ => $"{country} = @key",
    };

    private static object Arguments(ReturnThing? thing, LocalDate from) => new { from, key = thing?.Key, product = thing?.ProductId, batch = thing?.Batch };

    private sealed record DelayRow
    {
        public int WeeksAfter { get; init; }
        public long Returned { get; init; }
    }
}

/// <summary>Sales of one kind.</summary>
internal sealed record CellRow
{
    public Guid ProductId { get; init; }
    public string? Batch { get; init; }
    public string? Carrier { get; init; }
    public string? Country { get; init; }
    public string Currency { get; init; } = "";
    public string? Supplier { get; init; }
    public string? Size { get; init; }
    public string? Category { get; init; }
    public long Sold { get; init; }
    public long Returned { get; init; }
    public long ReturnedMinor { get; init; }

    public SoldKind Kind => new(ProductId, Batch, Supplier, Size, Carrier, Country) { Category = Category };
}

/// <summary>Lines of a product and batch that came back for a reason.</summary>
internal sealed record ReasonRow
{
    public Guid ProductId { get; init; }
    public string? Batch { get; init; }
    public string? Supplier { get; init; }
    public string? Size { get; init; }
    public string Reason { get; init; } = "";
    public long Returned { get; init; }
}

/// <summary>A week of something.</summary>
public sealed record WeekRow
{
    public LocalDate Week { get; init; }
    public long Sold { get; init; }
    public long Returned { get; init; }
}

/// <summary>A week of a product.</summary>
internal sealed record ProductWeekRow
{
    public Guid ProductId { get; init; }
    public LocalDate Week { get; init; }
    public long Sold { get; init; }
    public long Returned { get; init; }
}

/// <summary>What a product is called.</summary>
internal sealed record ProductName
{
    public Guid ProductId { get; init; }
    public string Sku { get; init; } = "";
    public string Name { get; init; } = "";
}
