using Dapper;
using Regard.Bench.Kit;
using Regard.Changes;
using Regard.Storage;

namespace Regard.Bench;

/// <summary>
/// Whom does a change of three products hurt, and how much: from the rollups, against the same question as one SQL scan over the lines.
/// The scan answers less (no returns, no open problems), which is in its favour. Popularity is skewed: the first of 2,000 products sells
/// about a hundred times as often as the last.
/// </summary>
internal static class ImpactBench
{
    private const int Customers = 200_000;
    private const int LinesPerOrder = 5;
    private const int Products = 2_000;
    private static readonly LocalDate Today = new(2026, 11, 15);

    public static async Task RunAsync(BenchRun run)
    {
        var orders = 10_000_000 / LinesPerOrder;
        await using var scratch = await Scratch.MakeAsync(Engine.Postgres);
        BenchRun.Note("10 million order lines with their rollups");
        await FillAsync(scratch, orders);
        await scratch.AnalyzeAsync();
        await CompareAsync(run, scratch, "impact of a 3-product change, ordinary products, 10M lines", [1000, 1001, 1002], Reach.RatioAtLeast(20));
        await CompareAsync(run, scratch, "impact of a 3-product change, best sellers, 10M lines", [1, 2, 3], Reach.None);
    }

    private static async Task CompareAsync(BenchRun run, Scratch scratch, string name, int[] products, Reach reach)
    {
        var change = new Change
        {
            Id = Product(1),
            Kind = ChangeKind.Price,
            Title = "Dearer",
            Reason = "Costs rose.",
            EffectiveOn = Today.PlusDays(40),
            Currency = "GBP",
            Products = [.. products.Select(n => new ProductChange(Product(n), $"P{n}", $"Product {n}") { OldPriceMinor = 1000, NewPriceMinor = 1080 })],
        };
        var fromRollups = await AffectedAsync(scratch, change);
        var fromLines = await ScanAsync(scratch, change);
        if (fromRollups != fromLines) throw new InvalidOperationException($"The rollups find {fromRollups} affected customers, the lines {fromLines}.");
        var measured = await BenchRun.MeasureAsync(
            () => BenchRun.RateAsync(fromRollups, () => AffectedAsync(scratch, change)),
            () => BenchRun.RateAsync(fromRollups, () => ScanAsync(scratch, change)));
        run.Add($"{name}: {fromRollups} affected", "customers/s", measured, "one SQL scan over the lines", reach);
    }

    private static async Task<int> AffectedAsync(Scratch scratch, Change change)
    {
        var affected = 0;
        await using var stream = await scratch.Database.ReadAsync(CancellationToken.None);
        await using var work = await scratch.Database.ReadAsync(CancellationToken.None);
        await foreach (var block in new HistoryStore(stream, work).BlocksAsync(change, Today)) affected += PlanMaking.Impacts(block, change, Today).Count();
        return affected;
    }

    private static async Task<int> ScanAsync(Scratch scratch, Change change)
    {
        await using var connection = await scratch.Database.OpenAsync(CancellationToken.None);
        var rows = await connection.QueryAsync<(Guid, long, long, long, long)>(
            """
            select o.customer_id, sum(l.amount_minor)::bigint as spend,
              sum(case when l.product_id = any(@products) then l.amount_minor else 0 end)::bigint as affected,
              sum(case when l.product_id = any(@products) then l.quantity else 0 end)::bigint as quantity,
              count(distinct case when l.product_id = any(@products) then date_trunc('month', o.at, 'UTC') end) as months
            from order_line l join sales_order o on o.customer_id = l.customer_id and o.order_id = l.order_id
            where o.at >= '2025-11-01 00:00Z' and o.at < '2026-11-01 00:00Z'
            group by o.customer_id having sum(case when l.product_id = any(@products) then 1 else 0 end) > 0
            """,
            new { products = change.Products.Select(p => p.ProductId).ToArray() }, commandTimeout: 0);
        return rows.Count();
    }

    private static Guid Product(int n) => new($"00000000-0000-7000-9000-{n:x12}");

    private static async Task FillAsync(Scratch scratch, int orders)
    {
        await using var connection = await scratch.Database.OpenAsync(CancellationToken.None);
        string[] steps =
        [
            // Ten million checks of references that hold by construction are not what is measured here.
            "do $$ declare c record; begin for c in select conname, conrelid::regclass as t from pg_constraint where contype = 'f' loop execute format('alter table %s drop constraint %I', c.t, c.conname); end loop; end $$",
            "set work_mem = '256MB'; set synchronous_commit = off; select setseed(0.5)",
            $"insert into customer (customer_id, kind, name, source, created_at, updated_at) select ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'person', 'Customer ' || n, 'bench', now(), now() from generate_series(1, {Customers}) n",
            $"insert into product (product_id, sku, name, source, created_at, updated_at) select ('00000000-0000-7000-9000-' || lpad(to_hex(n), 12, '0'))::uuid, 'P' || n, 'Product ' || n, 'bench', now(), now() from generate_series(1, {Products}) n",
            $"insert into sales_order (customer_id, order_id, at, currency, total_minor, status, source, source_id, recorded_at) select ('00000000-0000-7000-8000-' || lpad(to_hex(1 + (n::bigint * 7919) % {Customers}), 12, '0'))::uuid, ('00000000-0000-7000-a000-' || lpad(to_hex(n), 12, '0'))::uuid, timestamptz '2024-11-16 08:00Z' + random() * interval '729 days', 'GBP', {LinesPerOrder}000, 'placed', 'bench', 'B' || n, now() from generate_series(1, {orders}) n",
            $"insert into order_line (customer_id, order_id, line_no, product_id, quantity, amount_minor) select customer_id, order_id, line, ('00000000-0000-7000-9000-' || lpad(to_hex(1 + floor({Products} * power(random(), 2))::int), 12, '0'))::uuid, 1, 1000 from sales_order, generate_series(1, {LinesPerOrder}) line",
            "insert into product_month (customer_id, product_id, month, currency, orders, quantity, spend_minor, returned_quantity, returned_minor) select l.customer_id, l.product_id, (extract(year from o.at at time zone 'UTC') * 100 + extract(month from o.at at time zone 'UTC'))::int, 'GBP', count(*), sum(l.quantity), sum(l.amount_minor), 0, 0 from order_line l join sales_order o on o.customer_id = l.customer_id and o.order_id = l.order_id group by 1, 2, 3",
            "insert into order_month (customer_id, month, currency, orders, spend_minor, returned_minor) select customer_id, (extract(year from at at time zone 'UTC') * 100 + extract(month from at at time zone 'UTC'))::int, 'GBP', count(*), sum(total_minor), 0 from sales_order group by 1, 2",
            "insert into order_rollup (customer_id, currency, orders, spend_minor, returns, returned_minor, fees_minor, first_order_at, last_order_at) select customer_id, 'GBP', count(*), sum(total_minor), 0, 0, 0, min(at), max(at) from sales_order group by 1",
        ];
        foreach (var step in steps) await connection.ExecuteAsync(step, commandTimeout: 0);
    }
}
