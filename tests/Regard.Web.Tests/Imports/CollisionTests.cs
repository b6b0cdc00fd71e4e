using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Regard.Access;
using Regard.Contact;
using Regard.Customers;
using Regard.Ingestion;
using Regard.Kit;
using Regard.Orders;
using Regard.Storage;

namespace Regard.Imports;

/// <summary>Bulk input writes many customers in one transaction while staff and customers write single ones: nobody loses anything by it.</summary>
public sealed class CollisionTests
{
    private const int Customers = 40;
    private const int Invoices = 2100;
    private const int LinesEach = 10;
    private const int Events = 1200;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact, Trait("req", "F7")]
    public async Task two_imports_of_one_file_events_merges_and_statements_at_once_lose_nothing_and_count_nothing_twice()
    {
        await using var data = await TestDatabase.MakeAsync("postgres");
        var ids = await KnownCustomersAsync(data);
        await File.WriteAllTextAsync(Path.Combine(data.Settings.DataFolder, "shop.csv"), Shop(), Stop);
        await KeepEventsAsync(data);
        using var done = new CancellationTokenSource();
        var others = new[] { MergeAsync(data, ids, done.Token), StateAsync(data, ids, done.Token) };
        var runs = Task.WhenAll(Enumerable.Range(0, 2).Select(n => ImportAsync(data, n)));
        await Task.WhenAll(runs, DrainAsync(data));
        await done.CancelAsync();
        await Task.WhenAll(others);

        (await runs).ShouldAllBe(run => run.State == ImportState.Finished);
        (await runs).Sum(run => run.Report.New).ShouldBe(Invoices * LinesEach);
        await using var work = await data.ReadAsync();
        (await work.ScalarAsync<long>("""
            select (select count(*) from order_line l join sales_order o using (customer_id, order_id) where o.source = 'online-retail')
              + (select count(distinct source_id || ' ' || source_line) from order_return)
            """)).ShouldBe(Invoices * LinesEach);
        (await work.ScalarAsync<long>("select count(*) from ingest_event where state <> 'done'")).ShouldBe(0);
        (await work.ScalarAsync<long>("select count(*) from sales_order where source = 'events'")).ShouldBe(Events);
        (await data.DifferencesAsync()).ShouldBeEmpty();
    }

    private static async Task<IReadOnlyList<Guid>> KnownCustomersAsync(TestDatabase data)
    {
        await using var work = await data.WriteAsync();
        var ids = new List<Guid>();
        for (var n = 0; n < Customers; n++)
        {
            var draft = new CustomerDraft { Name = $"Customer {n}", Source = "test", Identities = [IdentityDraft.External("online-retail", $"{n}"), IdentityDraft.External("user", $"{n}")] };
            ids.Add((await new CustomerStore(work).RecordAsync(draft, Actor.System("test"), SystemClock.Instance.GetCurrentInstant())).Id);
        }
        await work.CommitAsync();
        return ids;
    }

    private static async Task<ImportRun> ImportAsync(TestDatabase data, int number)
    {
        await Task.Yield();
        return await new ImportJob(data.Database, SystemClock.Instance).RunAsync(Ids.New(SystemClock.Instance.GetCurrentInstant()), new ImportRequest
        {
            Kind = ImportKind.Orders,
            Format = "online-retail",
            Path = Path.Combine(data.Settings.DataFolder, "shop.csv"),
            FileName = $"shop{number}.csv",
            RejectsPath = Path.Combine(data.Settings.DataFolder, $"rejects{number}.csv"),
            By = Actor.System("test"),
        }, _ => { }, Stop);
    }

    private static async Task KeepEventsAsync(TestDatabase data)
    {
        var events = Enumerable.Range(0, Events).Select(n => $$$"""
            {"type":"track","event":"Order Completed","messageId":"m{{{n}}}","userId":"{{{n * 7 % Customers}}}","timestamp":"2011-03-01T12:00:00Z",
             "properties":{"order_id":"E{{{n}}}","currency":"GBP","products":[{"product_id":"1000{{{n % 9}}}","name":"THING","price":2.5,"quantity":{{{1 + n % 3}}}}]}}
            """);
        await using var work = await data.WriteAsync();
        var body = Encoding.UTF8.GetBytes($"{{\"batch\":[{string.Join(',', events)}]}}");
        await new InboxStore(work).TryKeepAsync([.. new EventReader("key:test", SystemClock.Instance.GetCurrentInstant()).ReadBatch(body)]);
        await work.CommitAsync();
    }

    private static async Task DrainAsync(TestDatabase data)
    {
        using var intake = new Intake(data.Database, NullLogger<Intake>.Instance);
        using var job = new IngestJob(data.Database, SystemClock.Instance, intake, NullLogger<IngestJob>.Instance);
        await job.StepAsync(Stop);
    }

    private static async Task MergeAsync(TestDatabase data, IReadOnlyList<Guid> ids, CancellationToken done)
    {
        for (var n = 0; !done.IsCancellationRequested; n++)
        {
            var (one, other) = (ids[n * 3 % Customers], ids[(n * 3 + 1 + n % 5) % Customers]);
            var now = SystemClock.Instance.GetCurrentInstant();
            var merge = await data.Database.RepeatAsync(work => new MergeStore(work).MergeAsync(one, other, "the same", Actor.System("test"), now), Stop);
            if (merge?.MergeId is { } mergeId)
                await data.Database.RepeatAsync(work => new MergeStore(work).UndoAsync(mergeId, Actor.System("test"), now), Stop);
        }
    }

    private static async Task StateAsync(TestDatabase data, IReadOnlyList<Guid> ids, CancellationToken done)
    {
        for (var n = 0; !done.IsCancellationRequested; n++)
        {
            var now = SystemClock.Instance.GetCurrentInstant();
            var statement = new PreferenceStatement
            {
                StatementId = Ids.New(now),
                CustomerId = ids[n * 11 % Customers],
                SaidAt = now,
                Place = StatementPlace.Call,
                Basis = StatementBasis.Volunteered,
                Wish = new Wish { OnlyChannels = [n % 2 == 0 ? Channel.Email : Channel.Phone] },
                RecordedBy = "system:test",
                RecordedAt = now,
                Source = "test",
                SourceId = $"{n}",
            };
            await data.Database.RepeatAsync(work => new PreferenceStore(work).RecordAsync(statement, now), Stop);
        }
    }

    private static string Shop()
    {
        var text = new StringBuilder("InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n");
        for (var n = 0; n < Invoices * LinesEach; n++)
        {
            var invoice = n / LinesEach;
            var at = new LocalDateTime(2011, 1, 1, 8, 0, 0).PlusMinutes(invoice * 30).ToString("uuuu-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            var isReturn = invoice % 9 == 8;
            text.Append(CultureInfo.InvariantCulture, $"{(isReturn ? "C" : "")}{invoice + 1000},{10000 + n * 7 % 300},THING {n * 7 % 300},{(isReturn ? -1 : 1 + n % 5)},{at},{1 + n * 7 % 300 % 20}.25,{invoice * 13 % Customers}.0,France\n");
        }
        return text.ToString();
    }
}
