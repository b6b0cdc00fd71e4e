using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Regard.Kit;

namespace Regard.Access;

public class EveryEndpointTests
{
    [Fact]
    public async Task every_endpoint_has_its_line_in_the_table_and_every_line_its_endpoint()
    {
        await using var server = await TestServer.StartAsync("sqlite");
        var standing = Standing(server).Select(row => row.ToString()).Order().ToList();
        var written = AccessTable.Rows.Select(row => row.ToString()).Order().ToList();
        standing.Except(written).ShouldBeEmpty("endpoints without a line in AccessTable, or with another door or right than it says");
        written.Except(standing).ShouldBeEmpty("lines in AccessTable without an endpoint");
    }

    [Fact]
    public async Task nobody_gets_in_anywhere_but_at_the_public_door()
    {
        await using var server = await TestServer.StartAsync("sqlite");
        await EachAsync(AccessTable.Rows.Where(row => row.Door != Door.Public), async row =>
        {
            using var answer = await SendAsync(TestBrowser.Of(server, null), row);
            return Refused(answer, row) ? null : $"answered {(int)answer.StatusCode}";
        });
    }

    [Fact, Trait("pace", "long")]
    public async Task each_role_gets_where_its_rights_reach_and_nowhere_else()
    {
        await using var server = await TestServer.StartAsync("sqlite");
        foreach (var role in Enum.GetValues<Role>())
        {
            await EachAsync(AccessTable.Rows.Where(row => row.Door != Door.Public), async row =>
            {
                // A client each: a row may sign out.
                using var client = await server.SignInAsync(role);
                using var answer = await SendAsync(client, row);
                if (row.Door != Door.Staff) return Refused(answer, row) ? null : $"let staff in: {(int)answer.StatusCode}";
                if (row.Right is { } right && !Rights.Of(role).Contains(right))
                    return answer.StatusCode == HttpStatusCode.Forbidden ? null : $"a {role} without {right} got {(int)answer.StatusCode}";
                return Admitted(answer) ? null : $"a {role} got {(int)answer.StatusCode}";
            });
        }
    }

    [Fact]
    public async Task a_key_opens_what_its_scopes_say_and_nothing_else()
    {
        await using var server = await TestServer.StartAsync("sqlite");
        await EachAsync(AccessTable.Rows.Where(row => row.Door != Door.Public), async row =>
        {
            using var without = await server.WithKeyAsync([.. Enum.GetValues<Right>().Where(right => right != row.Right)]);
            using var with = await server.WithKeyAsync([.. row.Right is { } right ? new[] { right } : []]);
            using var refused = await SendAsync(without, row);
            using var admitted = await SendAsync(with, row);
            if (row.Door != Door.Api) return Refused(refused, row) && Refused(admitted, row) ? null : "let a key in";
            if (refused.StatusCode != HttpStatusCode.Forbidden) return $"a key without {row.Right} got {(int)refused.StatusCode}";
            return Admitted(admitted) ? null : $"a key with {row.Right} got {(int)admitted.StatusCode}";
        });
    }

    /// <summary>Runs a check for each row and reports all failures at once.</summary>
    private static async Task EachAsync(IEnumerable<AccessRow> rows, Func<AccessRow, Task<string?>> check)
    {
        List<string> failures = [];
        foreach (var row in rows)
        {
            if (await check(row) is { } failure) failures.Add($"{row.Method} {row.Route}: {failure}");
        }
        failures.ShouldBeEmpty();
    }

    private static IEnumerable<AccessRow> Standing(TestServer server) =>
        from endpoint in server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        where !AccessWalk.IsAsset(endpoint)
        let rule = endpoint.Metadata.GetMetadata<AccessRule>()
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["*"]
        select new AccessRow(method, "/" + endpoint.RoutePattern.RawText!.Trim('/'), rule?.Door ?? (Door)(-1), rule?.Right);

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, AccessRow row) => AccessWalk.SendAsync(client, row, Ids.New(SystemClock.Instance.GetCurrentInstant()).ToString());

    private static bool Refused(HttpResponseMessage answer, AccessRow row) => AccessWalk.IsRefusal(answer, row);

    private static bool Admitted(HttpResponseMessage answer) => AccessWalk.IsAdmission(answer);
}
