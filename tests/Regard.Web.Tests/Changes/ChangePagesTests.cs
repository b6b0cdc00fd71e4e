using System.Net;
using NodaTime.Testing;
using Regard.Access;
using Regard.Contact;
using Regard.Kit;

namespace Regard.Changes;

public sealed class ChangePagesTests
{
    private static async Task<(TestServer Server, ChangeShop Shop)> OpenAsync(string engine)
    {
        var server = await TestServer.StartAsync(engine);
        server.Clock.Reset(ChangeShop.Now);
        return (server, await ChangeShop.OpenAsync(server.Data));
    }

    private static (string, string)[] Form(params (string, string)[] more) =>
        [("kind", "price"), ("title", "Mugs <b>cost</b> more"), ("reason", "Clay costs more."), ("effective_on", "2027-01-04"), ("percent", "8"), ("form_id", "form-1"), .. more];

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    [Trait("req", "C1"), Trait("req", "C2"), Trait("req", "C4"), Trait("req", "P5"), Trait("req", "V7")]
    public async Task a_manager_registers_a_price_rise_sees_whom_it_hurts_and_starts_the_plan(string engine)
    {
        var (server, shop) = await OpenAsync(engine);
        await using var _ = server;
        var (anna, ben) = (await shop.BuyerAsync("Anna", 20), await shop.BuyerAsync("Ben", 10));
        await server.Data.SayAsync(ben, new Wish { OnlyChannels = [Channel.Email] }, ChangeShop.Now, "please only e-mail");
        using var manager = await server.SignInAsync(Role.Manager);
        var found = await manager.PostFormAsync("/changes/new", Form(("press", "find"), ("find", "mug")));
        (await found.Content.ReadAsStringAsync()).ShouldContain("add:MUG");
        var registered = await manager.PostFormAsync("/changes/new", Form(("press", "register"), ("sku", "MUG"), ("new_price", ""), ("replacement", "")));
        registered.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var page = await manager.GetStringAsync(registered.Headers.Location);
        page.ShouldContain("Mugs &lt;b&gt;cost&lt;/b&gt; more");
        page.ShouldContain("5.40");
        (await manager.PostFormAsync("/changes/new", Form(("press", "register"), ("sku", "MUG")))).Headers.Location.ShouldBe(registered.Headers.Location, "pressed twice, registered once");
        var made = await manager.PostFormAsync($"{registered.Headers.Location}/plans", ("staff_hours", "10"));
        made.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var plan = await manager.GetStringAsync(made.Headers.Location);
        plan.ShouldContain($"/customers/{anna}");
        plan.ShouldContain("please only e-mail");
        plan.ShouldContain("Start the plan");
        (await manager.PostFormAsync($"{made.Headers.Location}/start")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        await PlanStartJob.OnceAsync(server.Data.Database, server.Clock, default);
        (await manager.GetStringAsync(made.Headers.Location)).ShouldNotContain("Start the plan");
        var csv = await manager.GetStringAsync($"{made.Headers.Location}/impact.csv");
        await using (var trail = await server.Data.ReadAsync()) (await new AuditStore(trail).PageAsync(null, 10)).ShouldContain(entry => entry.Action == "impact_exported");
        csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(3);
        csv.ShouldContain("phone");
        foreach (var sort in new[] { "extra", "chance&dir=asc", "spend&show=personal", "affected&q=ann", "nonsense&after=x_y" })
            (await manager.GetAsync($"{made.Headers.Location}?sort={sort}")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    [Trait("req", "C1")]
    public async Task what_was_typed_is_kept_when_something_must_be_put_right(string engine)
    {
        var (server, _) = await OpenAsync(engine);
        await using var closing = server;
        using var manager = await server.SignInAsync(Role.Manager);
        var answer = await manager.PostFormAsync("/changes/new", Form(("press", "register"), ("sku", "MUG"), ("new_price", "-3"), ("replacement", "")));
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var page = await answer.Content.ReadAsStringAsync();
        page.ShouldContain("value=\"-3\"");
        page.ShouldContain("Give the new price of MUG");
        page.ShouldContain("Clay costs more.");
        (await (await manager.PostFormAsync("/changes/new", Form(("press", "drop:MUG"), ("sku", "MUG")))).Content.ReadAsStringAsync()).ShouldNotContain("name=\"sku\"");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    [Trait("req", "C1")]
    public async Task hours_that_are_no_number_and_unknown_pages_are_explained(string engine)
    {
        var (server, shop) = await OpenAsync(engine);
        await using var _ = server;
        var change = await shop.RegisterAsync(ChangeShop.Dearer());
        using var manager = await server.SignInAsync(Role.Manager);
        var answer = await manager.PostFormAsync($"/changes/{change.Id}/plans", ("staff_hours", "many"));
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("value=\"many\"");
        (await manager.GetAsync($"/changes/{Ids.New(ChangeShop.Now)}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await manager.GetAsync($"/changes/{change.Id}/plans/{change.Id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await manager.PostFormAsync($"/changes/{change.Id}/withdraw")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await manager.GetStringAsync("/changes?state=withdrawn")).ShouldContain("Mugs cost more");
        (await manager.GetStringAsync("/changes?state=registered")).ShouldNotContain("Mugs cost more");
    }
}
