using Regard.Storage;

namespace Regard.Changes;

/// <summary>
/// Reads what customers bought of some products from the monthly rollups, by the index on the product: the cost follows from how many
/// bought these products in a year, not from how many lines there are. One pass in the order of customers, a block at a time.
/// </summary>
/// <param name="stream">Read from beginning to end while the other answers for each block.</param>
/// <param name="work">Another unit of work.</param>
internal sealed class HistoryStore(UnitOfWork stream, UnitOfWork work)
{
    /// <summary>Customers held in memory at a time.</summary>
    public const int Block = 1000;

    /// <summary>
    /// The day from which "the last twelve months" are counted back: today, or, when the records end more than a month earlier (an old
    /// import), the day after the last order.
    /// </summary>
    public static async Task<LocalDate> AsOfAsync(UnitOfWork work, LocalDate today)
    {
        var last = await work.ScalarAsync<Instant?>("select max(last_order_at) from order_rollup /* all customers: where the records end */");
        if (last is not { } at) return today;
        var day = at.InUtc().Date;
        return day.PlusDays(31) < today ? day.PlusDays(1) : today;
    }

    /// <summary>Histories of all customers who bought one of the change's products (or a replacement) lately, a block of customers at a time.</summary>
    public async IAsyncEnumerable<IReadOnlyList<CustomerHistory>> BlocksAsync(Change change, LocalDate asOf)
    {
        var block = new List<MonthRow>();
        var customers = 0;
        await foreach (var row in MonthsAsync(change, asOf).WithCancellation(work.Stop))
        {
            if (block.Count == 0 || block[^1].CustomerId != row.CustomerId)
            {
                if (customers == Block)
                {
                    yield return await JoinAsync(block, asOf);
                    block.Clear();
                    customers = 0;
                }
                customers++;
            }
            block.Add(row);
        }
        if (block.Count > 0) yield return await JoinAsync(block, asOf);
    }

    private IAsyncEnumerable<MonthRow> MonthsAsync(Change change, LocalDate asOf)
    {
        var products = change.Products.Select(p => p.ProductId).Concat(change.Products.Select(p => p.ReplacementId).OfType<Guid>()).Distinct();
        return stream.StreamAsync<MonthRow>(
            $"""
            select customer_id, currency, product_id, month, quantity - returned_quantity as quantity, spend_minor - returned_minor as spend_minor
            from product_month where {stream.InIds("product_id", "@products")} and month between @from and @until order by customer_id, currency
            """,
            new { products = new IdList(products), from = Months.Year(asOf).From, until = Months.Number(asOf.ToYearMonth()) });
    }

    private async Task<IReadOnlyList<CustomerHistory>> JoinAsync(List<MonthRow> block, LocalDate asOf)
    {
        var current = Months.Number(asOf.ToYearMonth());
        var about = new { ids = new IdList(block.Select(row => row.CustomerId).Distinct()), from = Months.Year(asOf).From, current };
        var spend = (await work.ListAsync<SpendRow>(
            $"""
            select customer_id, currency,
              cast(sum(case when month < @current then spend_minor - returned_minor else 0 end) as bigint) as spend_minor,
              cast(sum(case when month = @current then spend_minor - returned_minor else 0 end) as bigint) as spend_this_month_minor
            from order_month where {work.InIds("customer_id", "@ids")} and month between @from and @current group by customer_id, currency
            """,
            about)).ToDictionary(row => (row.CustomerId, row.Currency));
        var firsts = (await work.ListAsync<FirstRow>(
            $"select customer_id, min(first_order_at) as first_at from order_rollup where {work.InIds("customer_id", "@ids")} and first_order_at is not null group by customer_id", about))
            .ToDictionary(row => row.CustomerId, row => row.FirstAt);
        var problems = (await work.ListAsync<ProblemRow>(
            $"select customer_id, count(*) as problems from service_case where {work.InIds("customer_id", "@ids")} and resolved_at is null group by customer_id", about))
            .ToDictionary(row => row.CustomerId, row => (int)row.Problems);
        var silent = (await work.ListAsync<Guid>(
            $"select customer_id from loyalty_score where {work.InIds("customer_id", "@ids")} and unusual_at <= @at", new { about.ids, at = asOf.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant() })).ToHashSet();
        return [.. block.GroupBy(row => (row.CustomerId, row.Currency)).Select(group =>
        {
            var year = spend.GetValueOrDefault(group.Key);
            var first = firsts.TryGetValue(group.Key.CustomerId, out var at) ? at.InUtc().Date.ToYearMonth() : Months.Read(group.Min(row => row.Month));
            return new CustomerHistory
            {
                CustomerId = group.Key.CustomerId, Currency = group.Key.Currency, FirstMonth = first,
                SpendMinor = year?.SpendMinor ?? 0, SpendThisMonthMinor = year?.SpendThisMonthMinor ?? 0,
                Months = [.. group.Select(row => new ProductMonth(row.ProductId, Months.Read(row.Month), row.Quantity, row.SpendMinor))],
                OpenProblems = problems.GetValueOrDefault(group.Key.CustomerId), IsSilent = silent.Contains(group.Key.CustomerId),
            };
        })];
    }

    private sealed record MonthRow
    {
        public Guid CustomerId { get; init; }
        public string Currency { get; init; } = "";
        public Guid ProductId { get; init; }
        public int Month { get; init; }
        public long Quantity { get; init; }
        public long SpendMinor { get; init; }
    }

    private sealed record SpendRow
    {
        public Guid CustomerId { get; init; }
        public string Currency { get; init; } = "";
        public long SpendMinor { get; init; }
        public long SpendThisMonthMinor { get; init; }
    }

    private sealed record FirstRow
    {
        public Guid CustomerId { get; init; }
        public Instant FirstAt { get; init; }
    }

    private sealed record ProblemRow
    {
        public Guid CustomerId { get; init; }
        public long Problems { get; init; }
    }
}
