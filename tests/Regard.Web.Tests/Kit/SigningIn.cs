using System.Net.Http.Headers;
using Regard.Access;

namespace Regard.Kit;

/// <summary>Callers of every kind, made straight in the database: how people really sign in is tested in Access.</summary>
internal static class SigningIn
{
    /// <summary>A new member of staff with a session.</summary>
    public static async Task<TestBrowser> SignInAsync(this TestServer server, Role role)
    {
        var now = server.Clock.GetCurrentInstant();
        var id = Ids.New(now);
        await using var work = await server.Data.WriteAsync();
        await new StaffStore(work).AddAsync(new StaffMember
        {
            StaffId = id,
            Email = $"{role}-{id}@staff.example",
            Name = $"Test {role}",
            Role = Words.Of(role),
            TimeZone = "Europe/London",
            CreatedAt = now,
        });
        var session = await new StaffSessionStore(work).BeginAsync(id, now);
        await work.CommitAsync();
        return TestBrowser.Of(server, Actor.Staff(id, $"Test {role}", role), Door.Staff, session);
    }

    /// <summary>A customer with a session in the portal. The customer must be recorded.</summary>
    public static async Task<TestBrowser> SignInCustomerAsync(this TestServer server, Guid customerId)
    {
        await using var work = await server.Data.WriteAsync();
        var session = await new PortalSessionStore(work).BeginAsync(customerId, server.Clock.GetCurrentInstant());
        await work.CommitAsync();
        return TestBrowser.Of(server, Actor.Customer(customerId, "Customer"), Door.Portal, session);
    }

    /// <summary>A client that sends a new API key with these scopes.</summary>
    public static async Task<HttpClient> WithKeyAsync(this TestServer server, params Right[] scopes)
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await server.MakeKeyAsync(scopes));
        return client;
    }

    /// <summary>The secret of a new API key with these scopes.</summary>
    public static async Task<string> MakeKeyAsync(this TestServer server, params Right[] scopes)
    {
        await using var work = await server.Data.WriteAsync();
        var (_, secret) = await new ApiKeyStore(work).MakeAsync("Test key", scopes, Actor.System("test"), server.Clock.GetCurrentInstant());
        await work.CommitAsync();
        return secret;
    }
}
