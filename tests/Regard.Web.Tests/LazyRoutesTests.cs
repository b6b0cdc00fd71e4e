using Microsoft.AspNetCore.Http;
using Regard.Access;
using Regard.Kit;

namespace Regard;

public sealed class LazyRoutesTests
{
    [Fact]
    public async Task what_an_endpoint_needs_is_compiled_when_it_is_asked_for_and_once()
    {
        var made = 0;
        await using var server = await TestServer.StartAsync("sqlite", app => app.MapGet("/seldom/{day}", (string day) => day)
            .AddEndpointFilterFactory((_, next) =>
            {
                made++;
                return next;
            }).OpenToAll());
        (await server.Client.GetAsync("/health")).IsSuccessStatusCode.ShouldBeTrue();
        made.ShouldBe(0, "a start pays for no page that nobody opens");
        (await server.Client.GetStringAsync("/seldom/monday")).ShouldBe("monday");
        (await server.Client.GetStringAsync("/seldom/friday")).ShouldBe("friday");
        made.ShouldBe(1);
    }
}
