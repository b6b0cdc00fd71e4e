using Regard.Kit;

namespace Regard.Access;

public class MaliciousIdTests
{
    private static readonly string[] Ids =
    [
        "'", "' or 1=1 --", "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "-1", "9223372036854775808", "1e400", "..", "%2e%2e%2f",
        "../../settings/staff", "a\0b", "<script>alert(1)</script>", "{{7*7}}", "\u202Eabc", "null", "🦊", new('a', 3000),
    ];

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("pace", "long")]
    public async Task whatever_stands_in_a_route_breaks_nothing_and_finds_nothing(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        using var staff = await server.SignInAsync(Role.Administrator);
        using var key = await server.WithKeyAsync(Enum.GetValues<Right>());
        List<string> failures = [];
        foreach (var row in AccessTable.Rows.Where(row => row.Route.Contains('{', StringComparison.Ordinal)))
        {
            foreach (var id in Ids)
            {
                using var answer = await AccessWalk.SendAsync(row.Door == Door.Api ? key : staff, row, id);
                var status = (int)answer.StatusCode;
                if (status >= 500) failures.Add($"{row.Method} {row.Route} with {id[..Math.Min(id.Length, 30)]}: {status}");
                if (answer.Content.Headers.ContentType?.MediaType == "text/html" && (await answer.Content.ReadAsStringAsync()).Contains("<script>alert(1)", StringComparison.Ordinal))
                    failures.Add($"{row.Method} {row.Route}: shows a script");
            }
        }
        failures.ShouldBeEmpty();
    }
}
