using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Regard.Access;
using Regard.Kit;

namespace Regard.Customers;

[Trait("req", "M1"), Trait("req", "L4"), Trait("req", "L7")]
public sealed class CustomerApiTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_customer_is_recorded_read_changed_and_found(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        using var client = await server.WithKeyAsync(Right.CustomersRead, Right.CustomersWrite);
        var anna = new { source = "shop", given_name = "Anna", family_name = "Größe", country = "DE", identities = new[] { new { kind = "email", value = "Anna@Example.com" }, new { kind = "phone", value = "0171 2345678" } } };
        using var made = await client.PostAsJsonAsync("/api/v1/customers/", anna);
        made.StatusCode.ShouldBe(HttpStatusCode.Created);
        using var again = await client.PostAsJsonAsync("/api/v1/customers/", anna);
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var read = await client.GetAsync(made.Headers.Location);
        var tag = read.Headers.ETag!;
        (await read.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("name").GetString().ShouldBe("Anna Größe");

        (await PatchAsync(client, made.Headers.Location!, new { address_as = "Frau Größe" }, null)).ShouldBe(428);
        (await PatchAsync(client, made.Headers.Location!, new { address_as = "Frau Größe", time_zone = "Europe/Berlin" }, tag)).ShouldBe(200);
        (await PatchAsync(client, made.Headers.Location!, new { address_as = "Anni" }, tag)).ShouldBe(412);
        (await PatchAsync(client, made.Headers.Location!, new { time_zone = "Mars/Olympus", customer_id = "x" }, EntityTagHeaderValue.Any)).ShouldBe(422);

        using var found = await client.PostAsJsonAsync("/api/v1/customers/search", new { query = "ana grosse" });
        var items = (await found.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("items");
        items.GetArrayLength().ShouldBe(1);
        items[0].GetProperty("email").GetString().ShouldBe("anna@example.com");
        (await client.GetStringAsync("/api/v1/customers.csv")).ShouldContain("Anna Größe");
        var card = await client.GetStringAsync(made.Headers.Location + ".vcf");
        card.ShouldContain("NICKNAME:Frau Größe\r\n");
        card.ShouldContain("TEL;VALUE=uri:tel:+491712345678\r\n");
        card.ShouldContain("N:Größe;Anna;;;\r\n");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task facts_identities_and_touchpoints_join_the_one_record(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        using var client = await server.WithKeyAsync(Right.CustomersRead, Right.CustomersWrite);
        var one = await MakeAsync(client, "one");
        (await SendAsync(client, $"{one}/facts", new { topic = "buying_criterion", content = "delivery before ten", basis = "told" })).Status.ShouldBe(201);
        var facts = await client.GetFromJsonAsync<JsonElement>($"{one}/facts");
        facts.GetProperty("items")[0].GetProperty("said_by").GetString().ShouldBe("customer");
        (await client.DeleteAsync($"{one}/facts/{facts.GetProperty("items")[0].GetProperty("fact_id").GetString()}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await client.GetFromJsonAsync<JsonElement>(one)).GetProperty("facts").GetArrayLength().ShouldBe(0);

        (await SendAsync(client, $"{one}/identities", new { kind = "card", value = "key ring 7", source = "store" })).Status.ShouldBe(200);
        (await SendAsync(client, $"{one}/identities", new { kind = "email", value = "nonsense", source = "store" })).Status.ShouldBe(422);
        var two = await MakeAsync(client, "two");
        var duplicate = await SendAsync(client, $"{two}/identities", new { kind = "card", value = "KEYRING7", source = "store" });
        one.ShouldEndWith(duplicate.Body.GetProperty("possible_duplicates")[0].GetString()!);

        var touchpoints = Enumerable.Range(0, 5).Select(n => new { at = $"2026-03-0{n + 1}T08:00:00Z", department = n % 2 == 0 ? "store" : "web", kind = "visit", summary = $"Visit {n}", source = "till", source_id = $"{n}", body = new { n } }).ToList();
        (await SendAsync(client, $"{one}/touchpoints", touchpoints)).Body.GetProperty("new").GetInt32().ShouldBe(5);
        (await SendAsync(client, $"{one}/touchpoints", touchpoints)).Body.GetProperty("unchanged").GetInt32().ShouldBe(5);
        var page = await client.GetFromJsonAsync<JsonElement>($"{one}/touchpoints?limit=2&department=store");
        page.GetProperty("items").EnumerateArray().Select(t => t.GetProperty("summary").GetString()).ShouldBe(["Visit 4", "Visit 2"]);
        page = await client.GetFromJsonAsync<JsonElement>($"{one}/touchpoints?limit=2&department=store&after={page.GetProperty("next").GetString()}");
        page.GetProperty("items").EnumerateArray().Select(t => t.GetProperty("body").GetProperty("n").GetInt32()).ShouldBe([0]);
        (await client.GetAsync($"{one}/touchpoints?department=moon")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_merged_customer_answers_with_the_survivors_address_until_the_merge_is_undone(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        using var client = await server.WithKeyAsync(Right.CustomersRead, Right.CustomersWrite, Right.CustomersMerge);
        var (one, two) = (await MakeAsync(client, "one"), await MakeAsync(client, "two"));
        var merge = await SendAsync(client, $"{one}/merge", new { absorbed_id = two[(two.LastIndexOf('/') + 1)..], reason = "same address, asked her" });
        merge.Status.ShouldBe(200);
        using var moved = await client.GetAsync($"{two}/touchpoints?limit=3");
        moved.StatusCode.ShouldBe(HttpStatusCode.PermanentRedirect);
        moved.Headers.Location!.ToString().ShouldEndWith($"{one}/touchpoints?limit=3");
        (await SendAsync(client, $"{one}/merge", new { absorbed_id = two[(two.LastIndexOf('/') + 1)..], reason = "again" })).Status.ShouldBe(409);
        (await SendAsync(client, $"/api/v1/merges/{merge.Body.GetProperty("merge_id").GetString()}/undo", new { })).Status.ShouldBe(200);
        (await client.GetAsync(two)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync($"/api/v1/customers/{Ids.New(Instant.FromUnixTimeSeconds(9))}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<string> MakeAsync(HttpClient client, string name)
    {
        using var made = await client.PostAsJsonAsync("/api/v1/customers/", new { source = "test", name });
        return made.Headers.Location!.ToString();
    }

    private static async Task<(int Status, JsonElement Body)> SendAsync(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync(path, body);
        return ((int)answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    private static async Task<int> PatchAsync(HttpClient client, Uri address, object patch, EntityTagHeaderValue? tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, address) { Content = JsonContent.Create(patch) };
        if (tag is not null) request.Headers.IfMatch.Add(tag);
        using var answer = await client.SendAsync(request);
        return (int)answer.StatusCode;
    }
}
