using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Regard.Kit;

namespace Regard.Api;

public sealed class ApiConventionsTests
{
    private static readonly object Note = new { name = "a", at = "2026-01-02T03:04:05Z" };

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_repeated_request_gets_the_first_answer_and_has_one_effect(string engine)
    {
        await using var api = await SampleApi.StartAsync(engine);
        var first = await PostAsync(api, "k1", Note);
        var second = await PostAsync(api, "k1", Note);
        first.StatusCode.ShouldBe(HttpStatusCode.Created);
        second.StatusCode.ShouldBe(HttpStatusCode.Created);
        second.Headers.Location.ShouldBe(first.Headers.Location);
        second.Headers.ETag.ShouldBe(first.Headers.ETag);
        second.Headers.GetValues("Idempotency-Replayed").ShouldBe(["true"]);
        (await second.Content.ReadAsStringAsync()).ShouldBe(await first.Content.ReadAsStringAsync());
        api.Effects.ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task twenty_simultaneous_repeats_have_one_effect(string engine)
    {
        await using var api = await SampleApi.StartAsync(engine);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => PostAsync(api, "k1", Note)));
        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.Created);
        api.Effects.ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_key_of_one_request_is_refused_for_another_but_is_free_for_another_caller(string engine)
    {
        await using var api = await SampleApi.StartAsync(engine);
        await PostAsync(api, "k1", Note);
        await ShouldBeAsync(await PostAsync(api, "k1", new { name = "b", at = "2026-01-02T03:04:05Z" }), 422, "key_reused");
        (await PostAsync(api, "k1", new { name = "b", at = "2026-01-02T03:04:05Z" }, "other")).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_refused_request_keeps_nothing_and_may_be_mended_under_the_same_key(string engine)
    {
        await using var api = await SampleApi.StartAsync(engine);
        await ShouldBeAsync(await PostAsync(api, "k1", new { name = "regretted", at = "2026-01-02T03:04:05Z" }), 409, "conflict");
        (await api.Client.GetAsync("/api/v1/notes/regretted")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await PostAsync(api, "k1", Note)).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task every_fault_of_a_request_is_named_at_once_by_its_pointer()
    {
        await using var api = await SampleApi.StartAsync("sqlite");
        var problem = await ShouldBeAsync(await PostAsync(api, null, new { }), 422, "invalid");
        problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString()).ShouldBe(["/name", "/at"]);
    }

    [Theory]
    [InlineData("""{"name":"a","at":"yesterday"}""", "/at")]
    [InlineData("""{"name":["a"]}""", "/name")]
    [InlineData("""{"name":""", "")]
    public async Task a_body_that_cannot_be_read_says_where(string body, string pointer)
    {
        await using var api = await SampleApi.StartAsync("sqlite");
        var answer = await api.Client.PostAsync("/api/v1/notes", new StringContent(body, Encoding.UTF8, "application/json"));
        var problem = await ShouldBeAsync(answer, 400, "malformed");
        problem.GetProperty("errors")[0].GetProperty("pointer").GetString()!.ShouldStartWith(pointer);
    }

    [Fact]
    public async Task a_fault_on_our_side_is_a_problem_that_quotes_nobody()
    {
        await using var api = await SampleApi.StartAsync("sqlite");
        var answer = await api.Client.GetAsync("/api/v1/notes/fault");
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain("ada@example.org");
        await ShouldBeAsync(answer, 500, "fault");
    }

    [Fact]
    public async Task a_body_over_the_limit_wrong_media_and_unknown_addresses_are_problems()
    {
        await using var api = await SampleApi.StartAsync("sqlite");
        var large = await PostAsync(api, null, new { name = new string('a', (int)ApiRoutes.BodyLimit + 1) });
        await ShouldBeAsync(large, 413, "too_large");
        await ShouldBeAsync(await api.Client.PostAsync("/api/v1/notes", new StringContent("name=a", Encoding.UTF8, "text/plain")), 415, "media_type");
        await ShouldBeAsync(await api.Client.GetAsync("/api/v1/nowhere"), 404, "absent");
        await ShouldBeAsync(await api.Client.DeleteAsync("/api/v1/notes"), 405, "method");
    }

    [Fact]
    public async Task a_change_needs_the_version_that_its_caller_has_seen()
    {
        await using var api = await SampleApi.StartAsync("sqlite");
        await PostAsync(api, null, Note);
        var read = await api.Client.GetAsync("/api/v1/notes/a");
        read.Headers.ETag!.Tag.ShouldBe("\"7\"");
        (await PutAsync(api, null)).StatusCode.ShouldBe((HttpStatusCode)428);
        await ShouldBeAsync(await PutAsync(api, "\"6\""), 412, "stale");
        (await PutAsync(api, "\"7\"")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await PutAsync(api, "*")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var again = new HttpRequestMessage(HttpMethod.Get, "/api/v1/notes/a");
        again.Headers.TryAddWithoutValidation("If-None-Match", "\"7\"");
        (await api.Client.SendAsync(again)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task pages_follow_each_other_without_gap_or_repeat(string engine)
    {
        await using var api = await SampleApi.StartAsync(engine);
        var names = Enumerable.Range(0, 7).Select(i => $"n{i}").ToList();
        foreach (var name in names) await PostAsync(api, null, new { name, at = "2026-01-02T03:04:05Z" });
        var (seen, address) = (new List<string>(), "/api/v1/notes?limit=3");
        while (address.Length > 0)
        {
            var answer = await api.Client.GetAsync(address);
            var page = await answer.Content.ReadFromJsonAsync<JsonElement>();
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("name").GetString()!));
            address = answer.Headers.TryGetValues("Link", out var link) ? link.Single().Split('<', '>')[1] : "";
            page.TryGetProperty("next", out _).ShouldBe(address.Length > 0);
        }
        seen.ShouldBe(names);
        await ShouldBeAsync(await api.Client.GetAsync("/api/v1/notes?after=nonsense"), 400, "malformed");
        await ShouldBeAsync(await api.Client.GetAsync("/api/v1/notes?limit=many"), 400, "malformed");
    }

    [Fact]
    public async Task a_list_is_csv_by_address_or_by_accept_and_no_cell_is_a_formula()
    {
        await using var api = await SampleApi.StartAsync("sqlite");
        foreach (var name in new[] { "=1+1", "a,\"b\"", "+441632960000" }) await PostAsync(api, null, new { name, at = "2026-01-02T03:04:05Z" });
        var csv = await api.Client.GetStringAsync("/api/v1/notes.csv");
        csv.ShouldBe("name,at,version\r\n+441632960000,2026-01-02T03:04:05Z,1\r\n'=1+1,2026-01-02T03:04:05Z,1\r\n\"a,\"\"b\"\"\",2026-01-02T03:04:05Z,1\r\n");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/notes");
        request.Headers.Accept.ParseAdd("application/json;q=0.5, text/csv");
        (await (await api.Client.SendAsync(request)).Content.ReadAsStringAsync()).ShouldBe(csv);
    }

    [Fact]
    public async Task the_document_describes_parameters_headers_scopes_and_forms()
    {
        await using var api = await SampleApi.StartAsync("sqlite");
        var document = await api.Client.GetFromJsonAsync<JsonElement>("/api/v1/openapi.json");
        document.GetProperty("openapi").GetString()!.ShouldStartWith("3.1");
        var paths = document.GetProperty("paths");
        var list = paths.GetProperty("/api/v1/notes").GetProperty("get");
        list.GetProperty("parameters").EnumerateArray().Select(p => p.GetProperty("name").GetString()).ShouldBe(["limit", "after"]);
        list.GetProperty("responses").GetProperty("200").GetProperty("content").TryGetProperty("text/csv", out _).ShouldBeTrue();
        list.GetProperty("security")[0].GetProperty("api_key")[0].GetString().ShouldBe("settings_read");
        var change = paths.GetProperty("/api/v1/notes/{name}").GetProperty("put");
        change.GetProperty("parameters").EnumerateArray().Select(p => p.GetProperty("name").GetString()).ShouldBe(["name", "Idempotency-Key", "If-Match"]);
        var schemas = document.GetProperty("components").GetProperty("schemas");
        schemas.GetProperty("Instant").GetProperty("format").GetString().ShouldBe("date-time");
        schemas.GetProperty("Note").GetProperty("properties").GetProperty("version").GetProperty("type").GetString().ShouldBe("integer");
        schemas.GetProperty("ApiListOfNote").GetProperty("required").EnumerateArray().Select(name => name.GetString()).ShouldBe(["items"]);
    }

    private static async Task<JsonElement> ShouldBeAsync(HttpResponseMessage answer, int status, string word)
    {
        ((int)answer.StatusCode).ShouldBe(status);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe(ApiProblem.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        problem.GetProperty("type").GetString().ShouldBe("urn:regard:problem:" + word);
        problem.GetProperty("status").GetInt32().ShouldBe(status);
        return problem;
    }

    private static Task<HttpResponseMessage> PostAsync(SampleApi api, string? key, object body, string? caller = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/notes") { Content = JsonContent.Create(body) };
        if (key is not null) request.Headers.Add(ApiWriter.KeyHeader, key);
        if (caller is not null) request.Headers.Add("X-Caller", caller);
        return api.Client.SendAsync(request);
    }

    private static Task<HttpResponseMessage> PutAsync(SampleApi api, string? version)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, "/api/v1/notes/a");
        if (version is not null) request.Headers.TryAddWithoutValidation("If-Match", version);
        return api.Client.SendAsync(request);
    }
}
