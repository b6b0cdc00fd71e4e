using Regard.Kit;

namespace Regard.Access;

public class HttpsTests
{
    [Fact]
    public async Task behind_a_proxy_with_https_cookies_are_bound_to_host_and_scheme()
    {
        await using var server = await TestServer.StartAsync("sqlite", settings: settings => settings with { PublicAddress = new Uri("https://care.shop.example") });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        request.Headers.Host = "care.shop.example";
        using var answer = await server.Client.SendAsync(request);
        answer.Headers.GetValues("Set-Cookie").ShouldAllBe(cookie => cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase));
        answer.Headers.GetValues("Strict-Transport-Security").ShouldNotBeEmpty();
        SessionCookie.Name(Door.Staff, secure: true).ShouldBe("__Host-regard-staff");
    }

    [Fact]
    public async Task without_a_proxy_nobody_is_believed_who_says_to_come_from_elsewhere()
    {
        await using var server = await TestServer.StartAsync("sqlite");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        request.Headers.Add("X-Forwarded-Proto", "https");
        using var answer = await server.Client.SendAsync(request);
        answer.Headers.GetValues("Set-Cookie").ShouldAllBe(cookie => !cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase));
        answer.Headers.Contains("Strict-Transport-Security").ShouldBeFalse();
    }
}
