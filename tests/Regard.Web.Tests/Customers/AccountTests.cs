using System.Net;
using System.Net.Http.Json;
using Regard.Access;
using Regard.Kit;

namespace Regard.Customers;

public sealed class AccountTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task an_account_has_its_people_on_the_page_and_in_the_api_and_one_of_them_is_asked_first(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        var (firm, anna, ben) = (await RecordAsync(server, "Gruber & Co", CustomerKind.Account), await RecordAsync(server, "Anna", CustomerKind.Person), await RecordAsync(server, "Ben", CustomerKind.Person));
        using var agent = await server.SignInAsync(Role.Agent);
        using var client = await server.WithKeyAsync(Right.CustomersRead, Right.CustomersWrite);
        var record = $"/customers/{firm}/record";
        await agent.PostFormAsync($"/customers/{firm}/members", ("Email", "anna@example.org"), ("Role", "buyer"), ("IsPrimary", "true"));
        (await client.PutAsJsonAsync($"/api/v1/customers/{firm}/members/{ben}", new { role = "bookkeeping", is_primary = true })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var page = WebUtility.HtmlDecode(await agent.GetStringAsync(record));
        page.ShouldContain("Its people");
        page.ShouldContain("Bookkeeping · asked first");
        page.ShouldNotContain("Buyer · asked first");
        (await agent.GetStringAsync($"/customers/{anna}/record")).ShouldContain("Gruber &amp; Co");
        (await client.GetStringAsync($"/api/v1/customers/{firm}")).ShouldContain("\"name\":\"Ben\"");

        await agent.PostFormAsync($"/customers/{firm}/members", ("Email", "nobody@example.org"), ("Role", "buyer"));
        (await agent.GetStringAsync(record)).ShouldContain("nobody is known by that address");
        (await client.PutAsJsonAsync($"/api/v1/customers/{anna}/members/{ben}", new { role = "friend" })).StatusCode.ShouldBe(HttpStatusCode.NotFound, "a person is no account");
        (await client.PutAsJsonAsync($"/api/v1/customers/{firm}/members/{ben}", new { role = "" })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);

        await agent.PostFormAsync($"/customers/{firm}/members/{anna}/remove");
        (await client.DeleteAsync($"/api/v1/customers/{firm}/members/{ben}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await client.DeleteAsync($"/api/v1/customers/{firm}/members/{ben}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await agent.GetStringAsync(record)).ShouldNotContain($"/customers/{ben}\"");
    }

    private static async Task<Guid> RecordAsync(TestServer server, string name, CustomerKind kind)
    {
        await using var work = await server.Data.WriteAsync();
        var draft = new CustomerDraft { Kind = kind, Name = name, Source = "test", Identities = [IdentityDraft.Email($"{name.Split(' ')[0]}@example.org")] };
        var recorded = await new CustomerStore(work).RecordAsync(draft, Actor.System("test"), server.Clock.GetCurrentInstant());
        await work.CommitAsync();
        return recorded.Id;
    }
}
