using Microsoft.Playwright;
using Regard.Access;
using Regard.Contact;
using Regard.Customers;
using Regard.Imports;
using Regard.Kit;
using Regard.Orders;
using Regard.Outreach;
using Regard.Storage;
using Regard.Webhooks;

[assembly: AssemblyFixture(typeof(Regard.Faces.DemoVisit))]

namespace Regard.Faces;

/// <summary>The demo shop, filled and served once for all tests, with something on every page: a started plan, an import, an event in quarantine, an API key.</summary>
public sealed class DemoVisit : IAsyncLifetime
{
    private ShopServer? _shop;
    private Task<IReadOnlyList<string>>? _paths;

    internal ShopServer Shop => _shop!;

    /// <summary>What a customer sees, and what somebody sees who is about to sign in.</summary>
    internal static IReadOnlyList<string> PortalPaths { get; } =
        ["/me", "/me/preferences", "/me/contacts", "/me/orders", "/me/data", "/me/data/erase", "/me/sign-in", "/sign-in"];

    public async ValueTask InitializeAsync()
    {
        if (File.Exists("/usr/bin/chromium") || Environment.GetEnvironmentVariable("REGARD_CHROMIUM") is not null) _shop = await ShopServer.StartAsync("sqlite", isDemo: true);
    }

    public async ValueTask DisposeAsync()
    {
        if (_shop is not null) await _shop.DisposeAsync();
    }

    internal Task<Visitor> ComeAsync(Chromium chromium, BrowserNewContextOptions? options = null)
    {
        _ = chromium.Browser;
        return Visitor.ComeAsync(chromium, Shop, Role.Administrator, options);
    }

    internal async Task<Visitor> ComeAsCustomerAsync(Chromium chromium, BrowserNewContextOptions? options = null)
    {
        _ = chromium.Browser;
        return await Visitor.ComeAsync(chromium, Shop, await FindAsync("Maria Gruber"), options);
    }

    /// <summary>What stands behind the links in a customer's mails.</summary>
    internal async Task<IReadOnlyList<string>> LinksAsync(string name)
    {
        var customer = await FindAsync(name);
        var now = SystemClock.Instance.GetCurrentInstant();
        await using var work = await Shop.Database.WriteAsync(CancellationToken.None);
        var key = await LinkKeyStore.ReadAsync(work, now);
        await work.CommitAsync();
        string Link(LinkUse use) => new PersonalLink(use, customer, Ids.New(now), now + Duration.FromDays(7)).Write(key);
        return ["/wishes/" + Link(LinkUse.Wishes), "/how/" + Link(LinkUse.Asking), "/consent/" + Link(LinkUse.Consent), "/u/" + new UnsubscribeToken(customer, Purpose.Care, Ids.New(now)).Write(key), "/wishes/none"];
    }

    /// <summary>The staff's pages, those about a customer with Maria Gruber's.</summary>
    internal Task<IReadOnlyList<string>> PathsAsync(Chromium chromium) => _paths ??= PrepareAsync(chromium);

    internal async Task<Guid> FindAsync(string name)
    {
        await using var work = await Shop.Database.ReadAsync(CancellationToken.None);
        return (await new SearchStore(work).FindAsync(name, 0, 1))[0].CustomerId;
    }

    private async Task<IReadOnlyList<string>> PrepareAsync(Chromium chromium)
    {
        var maria = $"/customers/{await FindAsync("Maria Gruber")}";
        await using var visitor = await ComeAsync(chromium);
        var (change, plan) = await PlanAsync(visitor);
        await FillAsync();
        var task = await TaskAsync();
        await visitor.GoAsync("/customers");
        await visitor.Page.Locator("#find").FillAsync("maria grubr");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visitor.Page.Locator(".customer-table")).ToContainTextAsync("Maria Gruber");
        var found = new Uri(visitor.Page.Url).PathAndQuery;
        return
        [
            "/today", "/today?team=1", "/tasks?team=1", task, "/customers", found, "/customers?country=AT&sort=order", "/customers?country=AQ", "/customers/new", maria, $"{maria}/orders", $"{maria}/preferences", $"{maria}/record", $"{maria}/erase",
            "/cases?all=true", await CaseAsync(visitor), maria.Replace("/customers", "/cases", StringComparison.Ordinal) + "/new", "/changes", "/changes/new", change, plan,
            "/letters", "/campaigns", "/campaigns?state=stopped", "/campaigns/new", .. await CampaignsAsync(),
            "/insight", "/insight/models", "/insight/leaving", "/insight/leaving/cared", $"{maria}/loyalty", "/insight/returns", "/insight/returns?by=batch&show=unusual", "/insight/returns/lines?thing=carrier:dhl", "/insight/parity", "/insight/parity/cases?by=language&group=es", "/insight/findings", .. await FindingsAsync(), "/settings/insight",
            "/products", "/products?q=zzzzzz", $"/products/{await ProductAsync()}", "/settings", "/settings/staff", "/settings/keys", "/settings/webhooks", await WebhookAsync(), "/settings/contact", "/settings/imports", "/settings/quarantine", "/settings/quarantine/event?source=shop&id=broken", "/settings/audit",
        ];
    }

    // The night's look begins when the program starts; it is waited for.
    private async Task<IReadOnlyList<string>> FindingsAsync()
    {
        for (var n = 0; n < 120; n++)
        {
            await using var work = await Shop.Database.ReadAsync(CancellationToken.None);
            var found = await work.ListAsync<Guid>("select finding_id from finding order by kind");
            if (found.Count > 1) return [.. found.Select(id => $"/insight/findings/{id}")];
            await Task.Delay(500);
        }
        throw new TimeoutException("Nothing was found in the demo shop.");
    }

    private static async Task<(string Change, string Plan)> PlanAsync(Visitor visitor)
    {
        await visitor.GoAsync("/changes");
        await visitor.FollowAsync("Three coffees");
        await Assertions.Expect(visitor.Page.Locator("h1")).ToContainTextAsync("Three coffees");
        var change = new Uri(visitor.Page.Url).AbsolutePath;
        await visitor.PressAsync("Measure and make a plan");
        await Assertions.Expect(visitor.Page.Locator("h1")).ToContainTextAsync("Plan:");
        var plan = new Uri(visitor.Page.Url).AbsolutePath;
        await visitor.PressAsync("Start the plan");
        await visitor.PressAsync("Start now");
        return (change, plan);
    }

    // Its secret was made elsewhere: the program says that it cannot be read, and calls nobody.
    private async Task<string> WebhookAsync()
    {
        var now = SystemClock.Instance.GetCurrentInstant();
        await using var work = await Shop.Database.WriteAsync(CancellationToken.None);
        var till = await WebhookDesk.AddAsync(work, new WebhookDraft("https://hooks.a-shop-with-a-rather-long-name.example/care/regard", "The till in the shop", [WebhookTypes.PreferenceChanged, WebhookTypes.CustomerErased]), "", Actor.System("test"), now);
        var gone = await WebhookDesk.AddAsync(work, new WebhookDraft("https://old.shop.example/", "", null), "", Actor.System("test"), now);
        await new WebhookEndpointStore(work).DisableAsync(gone.EndpointId, "It answered 410: it is gone for good.");
        await new WebhookStore(work).TryOutAsync(till.EndpointId, now);
        await work.CommitAsync();
        return $"/settings/webhooks/{till.EndpointId}";
    }

    // One that is being written, and one that was started.
    private async Task<IReadOnlyList<string>> CampaignsAsync()
    {
        var now = SystemClock.Instance.GetCurrentInstant();
        var (draft, started) = (Ids.New(now), Ids.New(now));
        await using var work = await Shop.Database.WriteAsync(CancellationToken.None);
        var (words, whom) = (new CampaignMessage("News of {{product}}", "You bought {{product}} on {{last_order}}.\n\nWe have something to say about it."), new AudienceSegment { Countries = ["AT", "DE"] });
        var campaign = new CampaignDraft { Title = "What is new about what they bought", Purpose = Purpose.Care, LatestUseful = now + Duration.FromDays(14), Messages = new Dictionary<string, CampaignMessage> { ["en"] = words } };
        foreach (var id in new[] { draft, started }) await new CampaignStore(work).AddAsync(id, campaign, whom, Actor.System("test"), now);
        await new CampaignStore(work).StartAsync(started, 100, Actor.System("test"), now);
        await work.CommitAsync();
        return [$"/campaigns/{draft}", $"/campaigns/{draft}/edit", $"/campaigns/{draft}/customers", $"/campaigns/{draft}/letter/{await FindAsync("Maria Gruber")}", $"/campaigns/{started}", $"/campaigns/{started}/customers", $"/campaigns/{started}/customers?outcome=failed"];
    }

    // Whatever the hour of the test, one call is due now.
    private async Task<string> TaskAsync()
    {
        for (var tries = 0; tries < 120; tries++)
        {
            if (await OpenAsync() is not { } task)
            {
                await Task.Delay(500);
                continue;
            }
            await using var work = await Shop.Database.WriteAsync(CancellationToken.None);
            await work.ExecuteAsync("update care_task set due_at = @now where customer_id = @CustomerId and task_id = @TaskId", new { task.CustomerId, task.TaskId, now = SystemClock.Instance.GetCurrentInstant() });
            await work.CommitAsync();
            return $"/tasks/{task.CustomerId}/{task.TaskId}";
        }
        throw new TimeoutException($"The plan opened no task. The program said:\n{Shop.Said}");
    }

    private async Task<TaskRow?> OpenAsync()
    {
        await using var work = await Shop.Database.ReadAsync(CancellationToken.None);
        return (await new TaskStore(work).ListAsync(new TaskQuery(), 1)).FirstOrDefault();
    }

    private static async Task<string> CaseAsync(Visitor visitor)
    {
        await visitor.GoAsync("/cases?all=true");
        return (await visitor.Page.Locator("main a[href^='/cases/']").First.GetAttributeAsync("href"))!;
    }

    private async Task FillAsync()
    {
        var now = SystemClock.Instance.GetCurrentInstant();
        await using var work = await Shop.Database.WriteAsync(CancellationToken.None);
        var run = new ImportRun { RunId = Ids.New(now), Kind = "orders", Format = "online-retail", FileName = "a-file-with-a-rather-long-name-2026-11.csv.gz", Counts = Json.Of(new ImportCounts()), StartedAt = now, StartedBy = "system:test" };
        await new ImportRunStore(work).BeginAsync(run);
        var counts = new ImportCounts { Read = 541_909, New = 500_000, Unchanged = 41_000 };
        counts.Reject("unreadable time", 909);
        await new ImportRunStore(work).EndAsync(run with { State = ImportState.Finished, Counts = Json.Of(counts), RejectsFile = "rejects.csv", FinishedAt = now });
        await work.ExecuteAsync(
            """
            insert into ingest_event (message_id, source, received_at, due_at, ordinal, part, type, body, state, reason)
            values ('broken', 'shop', @now, @now, 0, 0, 'track', '{"type": "track", "event": "Order Completed", "properties": {"order_id": "4711"}}', 'quarantined', 'no_products')
            """,
            new { now });
        await new ApiKeyStore(work).MakeAsync("The shop's pages", [Right.EventsWrite], Actor.System("test"), now);
        await work.CommitAsync();
    }

    private async Task<Guid> ProductAsync()
    {
        await using var work = await Shop.Database.ReadAsync(CancellationToken.None);
        return (await new ProductListStore(work).PageAsync(new ProductListQuery { Sort = "pieces" }, 1))[0].ProductId;
    }
}
