using Dapper;
using Regard.Access;
using Regard.Bench.Kit;
using Regard.Insight;
using Regard.Storage;

namespace Regard.Bench;

/// <summary>
/// The night's run of loyalty on PostgreSQL, from orders to scores: a first run with the fit of every model, and one after a hundredth of the
/// customers has bought again. Seven orders a customer, over two years. The anchor is one plain pass over the orders.
/// </summary>
internal static class LoyaltyBench
{
    private const int OrdersEach = 7;
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 15, 3, 0);

    public static async Task RunAsync(BenchRun run)
    {
        var customers = run.Size(100_000, 1_000_000);
        await using var scratch = await Scratch.MakeAsync(Engine.Postgres);
        BenchRun.Note($"{customers:#,0} customers with {OrdersEach} orders each");
        await FillAsync(scratch, customers);
        await scratch.AnalyzeAsync();
        var before = Resident();
        var first = await OneAsync(scratch, customers, Now);
        run.Add($"loyalty, first run: {customers:#,0} customers, all models fitted, everybody scored", "customers/s", first, "reading the orders once", Reach.None);
        run.Add("memory it needed beyond the program's own", "MiB", new Measurement((Resident() - before) / 1048576.0, null, 0), null, Reach.AtMost(300));
        await BuyAsync(scratch, customers / 100);
        var second = await OneAsync(scratch, customers, Now + Duration.FromDays(1));
        run.Add($"loyalty, the night after: 1 % with news among {customers:#,0}", "customers/s", second, "reading the orders once", Reach.None);
    }

    private static async Task<Measurement> OneAsync(Scratch scratch, int customers, Instant now)
    {
        await using (var work = await scratch.Database.WriteAsync(CancellationToken.None))
        {
            await new InsightRunStore(work).AskAsync(Ids.New(now), LoyaltyWork.Kind, Actor.System("nightly"), now);
            await work.CommitAsync();
        }
        return await BenchRun.MeasureAsync(
            () => BenchRun.RateAsync(customers, async () => { while (await InsightJob.OnceAsync(scratch.Database, new StandingClock(now), "bench", CancellationToken.None)) { } }),
            () => BenchRun.RateAsync(customers, () => ReadAsync(scratch)), rounds: 1);
    }

    private static async Task ReadAsync(Scratch scratch)
    {
        await using var work = await scratch.Database.ReadAsync(CancellationToken.None);
        await foreach (var _ in new BuyerStore(work).AllAsync()) { }
    }

    // What stays after everything that can be freed is.
    private static long Resident()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }

    private static async Task FillAsync(Scratch scratch, int customers)
    {
        await using var connection = await scratch.Database.OpenAsync(CancellationToken.None);
        string[] steps =
        [
            "do $$ declare c record; begin for c in select conname, conrelid::regclass as t from pg_constraint where contype = 'f' loop execute format('alter table %s drop constraint %I', c.t, c.conname); end loop; end $$",
            "set synchronous_commit = off; select setseed(0.5)",
            $"insert into customer (customer_id, kind, name, source, created_at, updated_at) select ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'person', 'Customer ' || n, 'bench', now(), now() from generate_series(1, {customers}) n",
            // Everybody has a rate and a first day of their own, and a third has stopped halfway.
            $"insert into sales_order (customer_id, order_id, at, currency, total_minor, status, source, source_id, recorded_at) select ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, ('00000000-0000-7000-a000-' || lpad(to_hex(n::bigint * {OrdersEach} + k), 12, '0'))::uuid, timestamptz '2024-11-16 08:00Z' + interval '1 day' * ((n % 360) + k * (n % 3 + 1) * 17 * (0.6 + random() * 0.8)), 'EUR', 1000 + (n % 50) * 100, 'placed', 'bench', 'B' || n || '-' || k, now() from generate_series(1, {customers}) n, generate_series(0, {OrdersEach - 1}) k where k = 0 or n % 5 > 0",
            "insert into order_rollup (customer_id, currency, orders, spend_minor, returns, returned_minor, fees_minor, first_order_at, last_order_at) select customer_id, 'EUR', count(*), sum(total_minor), 0, 0, 0, min(at), max(at) from sales_order group by 1",
        ];
        foreach (var step in steps) await connection.ExecuteAsync(step, commandTimeout: 0);
    }

    private static async Task BuyAsync(Scratch scratch, int customers)
    {
        await using var connection = await scratch.Database.OpenAsync(CancellationToken.None);
        await connection.ExecuteAsync(
            """
            insert into sales_order (customer_id, order_id, at, currency, total_minor, status, source, source_id, recorded_at)
            select customer_id, gen_random_uuid(), timestamptz '2026-11-15 12:00Z', 'EUR', 2500, 'placed', 'bench', 'N' || customer_id, now() from order_rollup order by md5(customer_id::text) limit @customers;
            update order_rollup r set orders = orders + 1, spend_minor = spend_minor + 2500, version = version + 1, last_order_at = timestamptz '2026-11-15 12:00Z'
            from sales_order o where o.customer_id = r.customer_id and o.source_id = 'N' || r.customer_id
            """,
            new { customers }, commandTimeout: 0);
    }

    private sealed class StandingClock(Instant now) : IClock
    {
        public Instant GetCurrentInstant() => now;
    }
}
