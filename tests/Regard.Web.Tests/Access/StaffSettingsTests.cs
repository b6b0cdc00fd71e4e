using System.Net;
using Regard.Kit;

namespace Regard.Access;

public class StaffSettingsTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task whoever_is_shut_out_is_out_at_once(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        using var administrator = await server.SignInAsync(Role.Administrator);
        using var manager = await server.SignInAsync(Role.Manager);
        (await manager.GetAsync("/settings/staff")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await administrator.PostFormAsync($"/settings/staff/{manager.Actor!.Id}/disable")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await manager.GetAsync("/settings/staff")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await administrator.PostFormAsync($"/settings/staff/{manager.Actor.Id}/enable")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await manager.GetAsync("/settings/staff")).StatusCode.ShouldBe(HttpStatusCode.Redirect, "the old session stays ended");
        (await AuditAsync(server)).ShouldBe(["staff_enabled", "staff_disabled"]);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_change_of_role_ends_the_sessions_of_the_old_one(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        using var administrator = await server.SignInAsync(Role.Administrator);
        using var manager = await server.SignInAsync(Role.Manager);
        await administrator.PostFormAsync($"/settings/staff/{manager.Actor!.Id}/role", ("role", "agent"));
        (await manager.GetAsync("/settings/staff")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        await using var work = await server.Data.ReadAsync();
        (await new StaffStore(work).FindAsync(manager.Actor.Id!.Value))!.Role.ShouldBe("agent");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task of_two_administrators_who_demote_each_other_at_once_one_stays(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        using var one = await server.SignInAsync(Role.Administrator);
        using var other = await server.SignInAsync(Role.Administrator);
        await Task.WhenAll(
            one.PostFormAsync($"/settings/staff/{other.Actor!.Id}/role", ("role", "agent")),
            other.PostFormAsync($"/settings/staff/{one.Actor!.Id}/disable"));
        await using var work = await server.Data.ReadAsync();
        (await new StaffStore(work).ListAsync()).Count(person => person is { Role: "administrator", DisabledAt: null }).ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_key_is_shown_once_and_works_with_its_scopes(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        using var administrator = await server.SignInAsync(Role.Administrator);
        var made = await administrator.PostFormAsync("/settings/keys", ("name", "The till"), ("scopes", "orders_write"), ("scopes", "products_read"));
        (await made.Content.ReadAsStringAsync()).ShouldContain("<code>" + ApiKeyStore.Prefix);
        (await administrator.GetStringAsync("/settings/keys")).ShouldNotContain("<code>" + ApiKeyStore.Prefix);
        await using var work = await server.Data.ReadAsync();
        var key = (await new ApiKeyStore(work).ListAsync()).Single();
        key.Rights().ShouldBe([Right.OrdersWrite, Right.ProductsRead]);
        (await AuditAsync(server)).ShouldBe(["key_made"]);
    }

    [Theory]
    [InlineData("settings_write")]
    [InlineData("audit_read")]
    [InlineData("everything")]
    public async Task no_key_gets_what_is_for_people_only(string scope)
    {
        await using var server = await TestServer.StartAsync("sqlite");
        using var administrator = await server.SignInAsync(Role.Administrator);
        (await administrator.PostFormAsync("/settings/keys", ("name", "Sly"), ("scopes", scope))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task somebody_invited_has_the_role_of_the_invitation_and_no_other(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        using var administrator = await server.SignInAsync(Role.Administrator);
        var page = await (await administrator.PostFormAsync("/settings/staff", ("email", "New@shop.example"), ("role", "lead"))).Content.ReadAsStringAsync();
        var link = System.Text.RegularExpressions.Regex.Match(page, "/join/[A-Za-z0-9_-]+").Value;
        using var guest = TestBrowser.Of(server, null);
        const string password = "blue kettle harbour window";
        (await guest.PostFormAsync(
            link, ("Email", "other@shop.example"), ("Role", "administrator"), ("Name", "New Person"), ("Password", password), ("Repeated", password), ("TimeZone", "Asia/Tokyo")))
            .StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        await using var work = await server.Data.ReadAsync();
        var person = (await new StaffStore(work).FindByEmailAsync("new@shop.example"))!;
        (person.Role, person.TimeZone).ShouldBe(("lead", "Asia/Tokyo"));
        (await new StaffStore(work).FindByEmailAsync("other@shop.example")).ShouldBeNull();
    }

    private static async Task<List<string>> AuditAsync(TestServer server)
    {
        await using var work = await server.Data.ReadAsync();
        (await AuditStore.CheckAsync(work)).ShouldBeEmpty();
        return [.. (await new AuditStore(work).PageAsync(null, 100)).Select(row => row.Action)];
    }
}
