using System.Globalization;
using System.IO.Compression;
using Regard.Access;
using Regard.Bench.Kit;
using Regard.Imports;
using Regard.Storage;

namespace Regard.Bench;

/// <summary>
/// How fast a shop's history comes in: the whole of Online Retail with customers, orders, returns, fees, timeline and all sums, beside
/// the least that an engine could do with it, its lines in one bare table with the order lines' key and the products' index.
/// </summary>
internal static class ImportBench
{
    private static readonly Bulk<Line> Bare = new(
        "bare_line", "customer_id, order_id, line_no",
        Column<Line>.Id("customer_id", line => line.Customer),
        Column<Line>.Id("order_id", line => line.Order),
        Column<Line>.Small("line_no", line => line.No),
        Column<Line>.Id("product_id", line => line.Product),
        Column<Line>.At("at", line => line.At),
        Column<Line>.Whole("quantity", line => line.Quantity),
        Column<Line>.Whole("amount_minor", line => line.Amount));

    public static async Task RunAsync(BenchRun run)
    {
        var file = Path.Combine(Environment.GetEnvironmentVariable("REGARD_SHARED_DATA") ?? Path.Combine("..", "shared", "data"), "onlineretail", "online_retail.csv.gz");
        if (!File.Exists(file))
        {
            BenchRun.Note($"{Path.GetFileName(file)} is absent: set REGARD_SHARED_DATA. No import is measured.");
            return;
        }
        var lines = Read(file);
        var postgres = await BenchRun.MeasureAsync(() => ImportAsync(Engine.Postgres, file, lines.Count), () => CopyAsync(lines));
        run.Add("import of Online Retail, PostgreSQL", "lines/s", postgres, "COPY of the lines into one bare table, same indexes", Reach.RatioAtLeast(0.35));
        var sqlite = await BenchRun.MeasureAsync(() => ImportAsync(Engine.Sqlite, file, lines.Count), () => InsertAsync(lines));
        run.Add("import of Online Retail, SQLite", "lines/s", sqlite, "prepared inserts of the lines, 1,000 a transaction, same indexes", Reach.RatioAtLeast(0.5));
    }

    private static async Task<double> ImportAsync(Engine engine, string file, int count)
    {
        await using var scratch = await Scratch.MakeAsync(engine);
        var request = new ImportRequest
        {
            Kind = ImportKind.Orders,
            Format = "online-retail",
            Path = file,
            FileName = Path.GetFileName(file),
            RejectsPath = Path.Combine(scratch.Settings.DataFolder, "rejects.csv"),
            By = Actor.System("bench"),
        };
        var now = SystemClock.Instance.GetCurrentInstant();
        return await BenchRun.RateAsync(count, () => new ImportJob(scratch.Database, SystemClock.Instance).RunAsync(Ids.New(now), request, _ => { }, CancellationToken.None));
    }

    private static async Task<double> CopyAsync(IReadOnlyList<Line> lines)
    {
        await using var scratch = await Scratch.MakeAsync(Engine.Postgres);
        await MakeTableAsync(scratch, "uuid", "timestamptz", "bigint");
        return await BenchRun.RateAsync(lines.Count, async () =>
        {
            await using var work = await scratch.Database.WriteAsync(CancellationToken.None);
            await Bare.AppendAsync(work, lines);
            await work.CommitAsync();
        });
    }

    private static async Task<double> InsertAsync(IReadOnlyList<Line> lines)
    {
        await using var scratch = await Scratch.MakeAsync(Engine.Sqlite);
        await MakeTableAsync(scratch, "blob", "integer", "integer");
        return await BenchRun.RateAsync(lines.Count, async () =>
        {
            foreach (var chunk in lines.Chunk(1000))
            {
                await using var work = await scratch.Database.WriteAsync(CancellationToken.None);
                await Bare.AppendAsync(work, chunk);
                await work.CommitAsync();
            }
        });
    }

    private static async Task MakeTableAsync(Scratch scratch, string id, string instant, string number)
    {
        await using var work = await scratch.Database.WriteAsync(CancellationToken.None);
        await work.ExecuteAsync(
            $"create table bare_line (customer_id {id} not null, order_id {id} not null, line_no integer not null, product_id {id} not null, at {instant} not null, " +
            $"quantity {number} not null, amount_minor {number} not null, primary key (customer_id, order_id, line_no))");
        await work.ExecuteAsync("create index bare_line_by_product on bare_line (product_id, customer_id, at)");
        await work.CommitAsync();
    }

    private static List<Line> Read(string file)
    {
        using var text = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        var rows = new CsvRows(text);
        var lines = new List<Line>();
        while (rows.Read())
        {
            var at = Instant.FromDateTimeUtc(DateTime.SpecifyKind(DateTime.ParseExact(rows[4], "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), DateTimeKind.Utc));
            var quantity = long.Parse(rows[3], CultureInfo.InvariantCulture);
            lines.Add(new Line(
                Ids.Of(default, "customer", rows[6]), Ids.Of(at, "order", rows[0]), lines.Count, Ids.Of(default, "product", rows[1]), at, quantity,
                (long)(quantity * decimal.Parse(rows[5], CultureInfo.InvariantCulture) * 100)));
        }
        return lines;
    }

    private sealed record Line(Guid Customer, Guid Order, int No, Guid Product, Instant At, long Quantity, long Amount);
}
