using System.Net;
using Regard.Access;
using Regard.Kit;
using Regard.Orders;
using Regard.Timeline;

namespace Regard.Customers;

public class CustomerPageTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    [Trait("req", "M1")]
    public async Task a_customers_page_opens_with_how_to_address_them_and_what_matters_to_them(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        var id = await AnyAsync(server);
        using var agent = await server.SignInAsync(Role.Agent);
        (await agent.PostFormAsync($"/customers/{id}/facts", ("Topic", "Allergy"), ("Basis", "told"), ("Content", "No nuts <please>"))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var page = await agent.GetStringAsync($"/customers/{id}");
        page.ShouldContain("<q>Frau Dr. Berg</q>");
        page.ShouldContain("German");
        page.ShouldContain("in Vienna");
        page.ShouldContain("No nuts &lt;please&gt;");
        page.IndexOf("No nuts", StringComparison.Ordinal).ShouldBeLessThan(page.IndexOf("id=\"timeline\"", StringComparison.Ordinal));
        page.ShouldNotContain(" style=");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    [Trait("req", "L7")]
    public async Task every_departments_touchpoints_stand_on_one_timeline_filtered_and_paged(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        var id = await AnyAsync(server);
        var now = server.Clock.GetCurrentInstant();
        await using (var work = await server.Data.WriteAsync())
        {
            await new TimelineStore(work).AppendAsync(id, [.. Enumerable.Range(0, 45).Select(n => new Touchpoint
            {
                At = now - Duration.FromHours(n), Department = n % 3 == 0 ? Department.Finance : Department.Service, Kind = n % 2 == 0 ? "call" : "mail",
                Summary = $"Touchpoint number {n:00} 100% sure", Source = "test", SourceId = $"{n}",
            })], now);
            await work.CommitAsync();
        }
        using var auditor = await server.SignInAsync(Role.Auditor);
        var seen = new List<string>();
        for (var path = $"/customers/{id}"; path is not null;)
        {
            var page = await auditor.GetStringAsync(path);
            seen.AddRange(PageText.All(page, "Touchpoint number ([0-9]{2})"));
            path = PageText.All(page, "rel=\"next\" href=\"([^\"]+)\"").FirstOrDefault();
        }
        seen.ShouldBe(Enumerable.Range(0, 45).Select(n => $"{n:00}"));
        var filtered = await auditor.GetStringAsync($"/customers/{id}?department=finance&kind=Call&text=100%25");
        PageText.All(filtered, "Touchpoint number ([0-9]{2})").ShouldBe(["00", "06", "12", "18", "24", "30", "36", "42"]);
        (await auditor.GetStringAsync($"/customers/{id}?text=nothing_like_it")).ShouldContain("Nothing fits this filter");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task orders_show_their_lines_returns_and_fees(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        var id = await AnyAsync(server);
        var now = server.Clock.GetCurrentInstant();
        await using (var work = await server.Data.WriteAsync())
        {
            var mug = await new ProductStore(work).EnsureAsync(new ProductDraft("MUG", "Blue mug", "shop"), now);
            var orders = new OrderStore(work);
            await orders.RecordAsync(new OrderRecord
            {
                CustomerId = id,
                Source = "shop",
                Number = "A-17",
                At = now - Duration.FromDays(65),
                Currency = "EUR",
                Lines = [new OrderLine(1, mug, 3, 3600, "B7")],
                Fees = [new FeeRecord(2, FeeKind.Postage, 490, "Parcel")],
            }, now);
            await orders.RecordReturnAsync(new ReturnRecord { CustomerId = id, Source = "shop", Number = "R-1", At = now - Duration.FromDays(2), Currency = "EUR", Reason = "handle broke", Lines = [new OrderLine(1, mug, 1, 1200)] }, now);
            await work.CommitAsync();
        }
        using var agent = await server.SignInAsync(Role.Agent);
        var page = WebUtility.HtmlDecode(await agent.GetStringAsync($"/customers/{id}/orders"));
        foreach (var words in new[] { "A-17", "Blue mug", "batch B7", "Parcel", "€4.90", "handle broke", "€24.00", "Sales by month" }) page.ShouldContain(words);
        (await agent.GetStringAsync($"/customers/{id}/orders?before={Ids.First(now - Duration.FromDays(90))}")).ShouldNotContain("A-17");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task two_profiles_with_one_address_are_proposed_merged_and_taken_apart_again(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        var ids = await CustomerListTests.RecordAsync(server,
            new CustomerDraft { Name = "Anna Berg", Source = "test", Identities = [IdentityDraft.Email("a@example.org")] },
            new CustomerDraft { Name = "A. Berg", Source = "test", Identities = [IdentityDraft.Phone("+436641234567")] });
        using var lead = await server.SignInAsync(Role.Lead);
        (await lead.PostFormAsync($"/customers/{ids[0]}/identities", ("kind", "phone"), ("value", "+43 664 1234567"))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await lead.GetStringAsync($"/customers/{ids[0]}/record")).ShouldContain("A. Berg");
        await lead.PostFormAsync($"/customers/{ids[0]}/merge", ("other", $"{ids[1]}"), ("reason", "Same telephone, she said so"));
        using var moved = await lead.GetAsync($"/customers/{ids[1]}/record");
        moved.Headers.Location!.OriginalString.ShouldBe($"/customers/{ids[0]}/record");
        var merge = PageText.All(await lead.GetStringAsync($"/customers/{ids[0]}/record"), "/merge/([0-9a-f-]{36})/undo").Single();
        await lead.PostFormAsync($"/customers/{ids[0]}/merge/{merge}/undo");
        (await lead.GetAsync($"/customers/{ids[1]}")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task of_two_who_edit_at_once_the_second_is_told_and_overwrites_nothing(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        var id = await AnyAsync(server);
        using var agent = await server.SignInAsync(Role.Agent);
        (await agent.PostFormAsync($"/customers/{id}", ("Name", "Anna Berg-Lind"), ("Version", "1"))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        await agent.PostFormAsync($"/customers/{id}", ("Name", "Somebody Else"), ("Version", "1"));
        (await agent.GetStringAsync($"/customers/{id}")).ShouldContain("<h1>Anna Berg-Lind</h1>");
        (await agent.PostFormAsync($"/customers/{id}", ("Name", ""), ("Version", "2"))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_fact_that_holds_no_more_stays_on_record(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        var id = await AnyAsync(server);
        using var agent = await server.SignInAsync(Role.Agent);
        await agent.PostFormAsync($"/customers/{id}/facts", ("Topic", "size"), ("Content", "Wears M"));
        var fact = PageText.All(await agent.GetStringAsync($"/customers/{id}/record"), "/facts/([0-9a-f-]{36})/retract").Single();
        await agent.PostFormAsync($"/customers/{id}/facts/{fact}/retract");
        (await agent.GetStringAsync($"/customers/{id}")).ShouldNotContain("Wears M");
        (await agent.GetStringAsync($"/customers/{id}/record")).ShouldContain("<s>Wears M</s>");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task an_address_that_fails_is_a_fact_about_the_address_until_it_works_again(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        var id = await AnyAsync(server);
        using var agent = await server.SignInAsync(Role.Agent);
        var identity = PageText.All(await agent.GetStringAsync($"/customers/{id}/record"), "/identities/([0-9a-f-]{36})/fails").First();
        await agent.PostFormAsync($"/customers/{id}/identities/{identity}/fails");
        (await agent.GetStringAsync($"/customers/{id}/record")).ShouldContain("Does not arrive since");
        await agent.PostFormAsync($"/customers/{id}/identities/{identity}/works");
        (await agent.GetStringAsync($"/customers/{id}/record")).ShouldNotContain("Does not arrive since");
    }

    private static async Task<Guid> AnyAsync(TestServer server) => (await CustomerListTests.RecordAsync(server, new CustomerDraft
    {
        Name = "Anna Berg",
        AddressAs = "Frau Dr. Berg",
        Language = "de",
        TimeZone = "Europe/Vienna",
        Country = "AT",
        Source = "test",
        Identities = [IdentityDraft.Email("berg@example.org")],
    }))[0];
}
