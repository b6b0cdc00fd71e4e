using System.Net;
using Regard.Access;
using Regard.Kit;

namespace Regard.Customers;

[Trait("req", "M1")]
public class CustomerListTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_misspelt_name_leads_to_the_customer(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        await RecordAsync(server, new CustomerDraft { Name = "Jonathan Whitaker", Source = "test" }, new CustomerDraft { Name = "Maria Gruber", Source = "test" });
        using var agent = await server.SignInAsync(Role.Agent);
        var page = await agent.GetStringAsync(await SearchAsync(agent, ("q", "jonathon whittaker")));
        page.ShouldContain("Jonathan Whitaker");
        page.ShouldNotContain("Maria Gruber");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task no_address_holds_a_name_that_somebody_searched_for_or_that_a_list_goes_on_from(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        await RecordAsync(server, [.. Enumerable.Range(0, 60).Select(n => new CustomerDraft { Name = $"Whitaker {n:00}", Source = "test" })]);
        using var agent = await server.SignInAsync(Role.Agent);
        var address = await SearchAsync(agent, ("q", "whitaker"));
        var page = await agent.GetStringAsync(address);
        foreach (var next in new[] { address, Next(page)!, Next(await agent.GetStringAsync("/customers"))! })
        {
            next.ShouldNotContain("hitaker");
            next.ShouldNotContain(Convert.ToBase64String("Whitaker"u8)[..8]);
        }
        Names(await agent.GetStringAsync("/customers?s=forged&after=forged")).Count.ShouldBe(25);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task filters_narrow_the_list_and_the_search_alike(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        await RecordAsync(server,
            new CustomerDraft { Name = "Anna Berg", Country = "AT", Language = "de-AT", Source = "test" },
            new CustomerDraft { Name = "Anna Bergh", Country = "SE", Language = "sv", Source = "test" },
            new CustomerDraft { Name = "Berg GmbH", Country = "AT", Language = "de", Kind = CustomerKind.Account, Source = "test" });
        using var agent = await server.SignInAsync(Role.Agent);
        Names(await agent.GetStringAsync("/customers?country=at&language=de")).ShouldBe(["Anna Berg", "Berg GmbH"]);
        Names(await agent.GetStringAsync(await SearchAsync(agent, ("q", "berg"), ("kind", "person"), ("country", "se")))).ShouldBe(["Anna Bergh"]);
        Names(await agent.GetStringAsync("/customers?case=open")).ShouldBeEmpty();
        Names(await agent.GetStringAsync("/customers?bought=2020-01-01")).ShouldBeEmpty();
        Names(await agent.GetStringAsync("/customers?bought=nonsense&silent=&kind=martian&after=%25%25")).Count.ShouldBe(3);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task every_customer_is_on_exactly_one_part_of_the_list_however_it_is_sorted(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        await RecordAsync(server, [.. Enumerable.Range(0, 60).Select(n => new CustomerDraft { Name = $"Twin {n / 3:00}", Source = "test" })]);
        using var agent = await server.SignInAsync(Role.Agent);
        foreach (var sort in new[] { "name", "newest" })
        {
            var seen = new List<string>();
            for (var path = $"/customers?sort={sort}"; path is not null;)
            {
                var page = await agent.GetStringAsync(path);
                seen.AddRange(Links(page));
                path = Next(page);
            }
            seen.Count.ShouldBe(60, sort);
            seen.Distinct().Count().ShouldBe(60, sort);
        }
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task the_list_as_a_file_holds_every_customer_once_and_no_formula(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        await RecordAsync(server, [.. Enumerable.Range(0, 30).Select(n => new CustomerDraft { Name = $"Person {n:00}", Country = "AT", Source = "test" }), new CustomerDraft { Name = "=1+2", Country = "AT", Source = "test" }]);
        using var manager = await server.SignInAsync(Role.Manager);
        using var answer = await manager.PostFormAsync("/customers/export", ("country", "at"));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentDisposition!.FileName.ShouldBe("customers.csv");
        var lines = (await answer.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(32);
        lines[0].ShouldStartWith("customer_id,kind,name,email,country");
        lines.ShouldNotContain(line => line.Contains(",=1+2", StringComparison.Ordinal));
        await using var work = await server.Data.ReadAsync();
        var entry = (await new AuditStore(work).PageAsync(null, 10)).Where(entry => entry.Action == "customers_exported").ShouldHaveSingleItem();
        entry.Actor.ShouldStartWith("staff:");
        entry.Detail.ShouldBe("""{"is_search":false,"is_filtered":true}""");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_customer_recorded_twice_by_hand_is_one_and_keeps_what_was_known(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        using var agent = await server.SignInAsync(Role.Agent);
        using var first = await agent.PostFormAsync("/customers", ("Name", "Käthe Neumann"), ("Email", "Kaethe@Example.org"), ("Language", "de"));
        first.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        using var second = await agent.PostFormAsync("/customers", ("Name", "K. Neumann"), ("Email", "kaethe@example.org"), ("Country", "de"));
        second.Headers.Location.ShouldBe(first.Headers.Location);
        (await agent.GetStringAsync(first.Headers.Location)).ShouldContain("<h1>K&#xE4;the Neumann</h1>");
    }

    [Fact]
    public async Task what_cannot_be_read_is_said_at_its_field_and_nothing_is_lost()
    {
        await using var server = await TestServer.StartAsync("sqlite");
        using var agent = await server.SignInAsync(Role.Agent);
        using var answer = await agent.PostFormAsync("/customers", ("Name", ""), ("Email", "nobody"), ("TimeZone", "Mars/Olympus"), ("AddressAs", "Jonny"));
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var page = await answer.Content.ReadAsStringAsync();
        page.ShouldContain("There is no such time zone");
        page.ShouldContain("This is no e-mail address");
        page.ShouldContain("value=\"Jonny\"");
    }

    internal static async Task<IReadOnlyList<Guid>> RecordAsync(TestServer server, params CustomerDraft[] drafts)
    {
        await using var work = await server.Data.WriteAsync();
        var ids = new List<Guid>();
        foreach (var draft in drafts) ids.Add((await new CustomerStore(work).RecordAsync(draft, Actor.System("test"), server.Clock.GetCurrentInstant())).Id);
        await work.CommitAsync();
        return ids;
    }

    private static List<string> Names(string page) => [.. PageText.All(page, "<a href=\"/customers/[0-9a-f-]{36}\">([^<]+)</a>")];

    private static List<string> Links(string page) => [.. PageText.All(page, "<a href=\"/customers/([0-9a-f-]{36})\">")];

    private static string? Next(string page) => PageText.All(page, "rel=\"next\" href=\"([^\"]+)\"").FirstOrDefault();

    private static async Task<string> SearchAsync(TestBrowser agent, params (string Name, string Value)[] words)
    {
        using var answer = await agent.PostFormAsync("/customers/search", words);
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        return answer.Headers.Location!.OriginalString;
    }
}
