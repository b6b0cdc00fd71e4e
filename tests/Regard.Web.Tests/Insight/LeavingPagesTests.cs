using System.Net;
using Regard.Access;
using Regard.Contact;
using Regard.Kit;

namespace Regard.Insight;

/// <summary>Somebody falls silent: staff see it, ask in the way the customer permits, once, and see whether they came back.</summary>
[Trait("req", "L3")]
public sealed class LeavingPagesTests
{
    private static readonly Dictionary<string, string> Letter = new() { ["Subject"] = "Is everything all right?", ["Text"] = "We noticed that you have not come back since July." };

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_contact_with_a_silent_leaver_goes_through_the_gate_once_and_is_followed_until_they_are_back(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        server.Clock.Reset(LoyaltyShop.Now);
        var ids = await LoyaltyShop.FillAsync(server.Data);
        await server.Data.RunAsync(LoyaltyShop.Now);
        using var agent = await server.SignInAsync(Role.Agent);
        var list = await agent.GetStringAsync("/insight/leaving");
        var leaver = ids[60..70].First(id => list.Contains($"/insight/leaving/{id}/contact", StringComparison.Ordinal));

        var page = await agent.GetStringAsync($"/insight/leaving/{leaver}/contact");
        page.ShouldContain("the way they like best");
        page.ShouldContain("Green tea");
        using (var empty = await agent.PostAsync($"/insight/leaving/{leaver}/contact", agent.FormOf(("Subject", "Kept words"), ("Text", ""))))
        {
            empty.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
            (await empty.Content.ReadAsStringAsync()).ShouldContain("Kept words");
        }
        foreach (var _ in new[] { 1, 2 })
        {
            using var planned = await agent.PostAsync($"/insight/leaving/{leaver}/contact", agent.FormOf([.. Letter.Select(field => (field.Key, field.Value))]));
            planned.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        }
        await using (var read = await server.Data.ReadAsync())
        {
            (await read.ScalarAsync<long>("select count(*) from outbox where customer_id = @leaver", new { leaver })
                + await read.ScalarAsync<long>("select count(*) from care_task where customer_id = @leaver", new { leaver })).ShouldBe(1);
            (await read.ScalarAsync<long>("select count(*) from contact_decision where customer_id = @leaver and purpose = 'care'", new { leaver })).ShouldBe(1);
            (await read.ScalarAsync<long>("select count(*) from leaving_care where customer_id = @leaver", new { leaver })).ShouldBe(1);
        }
        (await agent.GetStringAsync("/insight/leaving?show=waiting")).ShouldNotContain($"/insight/leaving/{leaver}/contact");
        (await agent.GetStringAsync("/insight/leaving?show=cared")).ShouldContain("Cared for");
        (await agent.GetStringAsync("/insight/leaving/cared")).ShouldContain("Not yet");

        await LoyaltyShop.BuyAsync(server.Data, leaver, "back", LoyaltyShop.Now + Duration.FromDays(2));
        server.Clock.Reset(LoyaltyShop.Now + Duration.FromDays(3));
        await server.Data.RunAsync(LoyaltyShop.Now + Duration.FromDays(3));
        using var later = await server.SignInAsync(Role.Agent);
        (await later.GetStringAsync("/insight/leaving")).ShouldNotContain($"{leaver}");
        var cared = await later.GetStringAsync("/insight/leaving/cared");
        cared.ShouldContain("24 Nov 2026");
        cared.ShouldNotContain("Not yet");
        using var gone = await later.GetAsync($"/insight/leaving/{leaver}/contact");
        gone.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P5")]
    public async Task who_wants_no_check_ins_is_not_asked_and_the_page_says_why_in_their_words(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        server.Clock.Reset(LoyaltyShop.Now);
        var ids = await LoyaltyShop.FillAsync(server.Data);
        await server.Data.RunAsync(LoyaltyShop.Now);
        using var agent = await server.SignInAsync(Role.Agent);
        var list = await agent.GetStringAsync("/insight/leaving");
        var leaver = ids[60..70].First(id => list.Contains($"/insight/leaving/{id}/contact", StringComparison.Ordinal));
        await using (var work = await server.Data.WriteAsync())
        {
            await new PreferenceStore(work).RecordAsync(
                new PreferenceStatement
                {
                    CustomerId = leaver,
                    StatementId = Ids.New(LoyaltyShop.Now),
                    SaidAt = LoyaltyShop.Now - Duration.FromDays(200),
                    RecordedAt = LoyaltyShop.Now,
                    RecordedBy = "system:test",
                    Place = StatementPlace.Call,
                    Basis = StatementBasis.Volunteered,
                    Words = "No check-ins, please.",
                    Wish = new Wish { Purposes = [new(Purpose.Care, [])] },
                    Source = "test",
                    SourceId = "1",
                },
                LoyaltyShop.Now);
            await work.CommitAsync();
        }
        var page = await agent.GetStringAsync($"/insight/leaving/{leaver}/contact");
        page.ShouldContain("They may not be contacted about this now.");
        page.ShouldContain("No check-ins, please.");
        using var planned = await agent.PostAsync($"/insight/leaving/{leaver}/contact", agent.FormOf([.. Letter.Select(field => (field.Key, field.Value))]));
        planned.Headers.Location!.ToString().ShouldBe("/insight/leaving/cared");
        await using var read = await server.Data.ReadAsync();
        (await read.ScalarAsync<long>("select count(*) from outbox where customer_id = @leaver", new { leaver })).ShouldBe(0);
        (await read.ScalarAsync<long>("select count(*) from care_task where customer_id = @leaver", new { leaver })).ShouldBe(0);
        (await read.ScalarAsync<string>("select verdict from leaving_care where customer_id = @leaver", new { leaver })).ShouldBe("refused");
        (await agent.GetStringAsync("/insight/leaving?show=cared")).ShouldContain("May not be asked");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "L2")]
    public async Task every_page_about_loyalty_stands_before_and_after_the_first_run_and_its_files_say_the_same(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        server.Clock.Reset(LoyaltyShop.Now);
        using var manager = await server.SignInAsync(Role.Manager);
        foreach (var address in new[] { "/insight", "/insight/models", "/insight/leaving", "/insight/leaving/cared" }) (await manager.GetStringAsync(address)).ShouldContain("empty-state");
        var ids = await LoyaltyShop.FillAsync(server.Data);
        (await manager.GetStringAsync($"/customers/{ids[0]}/loyalty")).ShouldContain("Not measured yet");
        using (var asked = await manager.PostAsync("/insight/runs", manager.FormOf(("kind", "loyalty"), ("return", "/insight/models")))) asked.Headers.Location!.ToString().ShouldBe("/insight/models");
        using (var again = await manager.PostAsync("/insight/runs", manager.FormOf(("kind", "loyalty")))) again.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await manager.GetStringAsync("/insight")).ShouldContain("Waits for a free node");
        await server.Data.WorkAsync(LoyaltyShop.Now);
        var models = await manager.GetStringAsync("/insight/models");
        models.ShouldContain("Why BG/NBD never judges silence");
        models.ShouldContain("Repeat purchases of each week");
        var model = await server.Data.ModelAsync();
        (await manager.GetStringAsync($"/insight/models?model={model.ModelId}")).ShouldContain(model.Chosen);
        (await manager.GetStringAsync($"/insight/models/{model.ModelId}/weeks.csv")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1 + model.Read().Tracking!.Real.Count);
        (await manager.GetStringAsync($"/insight/models/{model.ModelId}/trial.csv")).ShouldContain("the rule of silence");
        (await manager.GetStringAsync($"/insight/models/{model.ModelId}/fits.csv")).ShouldContain("Pareto/NBD");
        (await manager.GetStringAsync($"/insight/models/{model.ModelId}/repeats.csv")).ShouldContain("and_more");
        (await manager.GetStringAsync("/insight/leaving.csv")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBeGreaterThan(5);
        (await manager.GetStringAsync($"/customers/{ids[0]}/loyalty")).ShouldContain("which is nothing unusual for them");
        (await manager.GetStringAsync($"/customers/{ids[95]}/loyalty")).ShouldContain("Bought once");
        using var key = await server.WithKeyAsync(Right.CustomersRead);
        (await key.GetStringAsync($"/api/v1/customers/{ids[65]}/loyalty")).ShouldContain("\"is_leaving\":true");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task the_list_is_sorted_paged_and_filtered_without_losing_anybody(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await LoyaltyShop.FillAsync(data);
        await data.RunAsync(LoyaltyShop.Now);
        await using var read = await data.ReadAsync();
        var reader = new LeavingReading(read, await data.ModelAsync(), LoyaltyShop.Now);
        var all = await reader.PageAsync(new LeavingQuery(), 500);
        all.Count.ShouldBeGreaterThan(7);
        foreach (var sort in new[] { "worth", "silence", "since" })
            foreach (var dir in new[] { "asc", "desc" })
            {
                var query = new LeavingQuery { Sort = sort, Dir = dir };
                List<LeavingRow> seen = [];
                while (await reader.PageAsync(query, 3) is { Count: > 0 } part)
                {
                    seen.AddRange(part);
                    query = query.Beyond(part[^1]);
                }
                seen.Select(row => row.CustomerId).ShouldBe(all.Select(row => row.CustomerId), ignoreOrder: true, $"{sort} {dir}");
                seen.Count.ShouldBe(all.Count);
            }
        (await reader.PageAsync(new LeavingQuery { Currency = "EUR" }, 500)).ShouldBeEmpty();
        (await reader.PageAsync(new LeavingQuery { Days = "1" }, 500)).Count.ShouldBeLessThan(all.Count);
        (await reader.PageAsync(new LeavingQuery { After = "x_y", Sort = "' or 1=1 --", Days = "-5" }, 500)).Count.ShouldBe(all.Count);
    }
}
