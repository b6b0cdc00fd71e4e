using NodaTime.Testing;
using Regard.Access;
using Regard.Contact;
using Regard.Kit;

namespace Regard.Changes;

public sealed class PlanStartTests
{
    private static readonly FakeClock Clock = new(ChangeShop.Now);

    private static readonly Wish OnlyMail = new() { OnlyChannels = [Channel.Email] };

    private static Task RunAsync(TestDatabase data, Guid planId, CancellationToken stop = default) => new PlanStart(data.Database, Clock).RunAsync(planId, null, stop);

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    [Trait("req", "P5"), Trait("req", "C4"), Trait("req", "C5")]
    public async Task who_said_only_e_mail_gets_a_mail_in_place_of_the_call_and_the_plan_says_why(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var shop = await ChangeShop.OpenAsync(data);
        var (anna, ben) = (await shop.BuyerAsync("Anna", 20), await shop.BuyerAsync("Ben", 20));
        await data.SayAsync(ben, OnlyMail, ChangeShop.Now, "please only e-mail");
        var planId = await shop.StartedAsync(await shop.RegisterAsync(ChangeShop.Dearer()));
        await RunAsync(data, planId);
        var called = (await shop.StepsAsync(anna)).Single(s => s.Step == PlanSteps.AdvanceContact);
        called.Channel.ShouldBe("phone");
        called.TaskId.ShouldNotBeNull();
        called.DecisionId.ShouldNotBeNull();
        var mailed = (await shop.StepsAsync(ben)).Single();
        mailed.WantedChannel.ShouldBe("email");
        mailed.Channel.ShouldBe("email");
        mailed.TaskId.ShouldBeNull();
        mailed.OutboxId.ShouldNotBeNull();
        mailed.Reason.ShouldContain("“please only e-mail”");
        await using var work = await data.ReadAsync();
        (await work.ScalarAsync<long>("select count(*) from care_task where customer_id = @ben", new { ben })).ShouldBe(0);
        (await work.ScalarAsync<string>("select content from outbox where customer_id = @ben", new { ben }))!.ShouldContain("96.00 GBP more in a year");
        (await shop.SeeAsync(planId)).Plan.State.ShouldBe("started");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    [Trait("req", "P5"), Trait("req", "C4")]
    public async Task who_opts_out_between_plan_and_start_is_not_called(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var shop = await ChangeShop.OpenAsync(data);
        var (anna, ben) = (await shop.BuyerAsync("Anna", 20), await shop.BuyerAsync("Ben", 20));
        var planId = await shop.StartedAsync(await shop.RegisterAsync(ChangeShop.Dearer()));
        (await shop.StepsAsync(anna)).Single(s => s.Step == PlanSteps.AdvanceContact).WantedChannel.ShouldBe("phone");
        await data.SayAsync(anna, OnlyMail, ChangeShop.Now, "do not ring me");
        await data.SayAsync(ben, new Wish { Never = true }, ChangeShop.Now, "leave me alone");
        await RunAsync(data, planId);
        var mailed = (await shop.StepsAsync(anna)).Single(s => s.Step == PlanSteps.AdvanceContact);
        (mailed.WantedChannel, mailed.Channel, mailed.TaskId).ShouldBe(("phone", "email", null));
        mailed.Reason.ShouldContain("do not ring me");
        (await shop.StepsAsync(ben)).ShouldAllBe(step => step.Verdict == "refused" && step.Channel == null && step.DecisionId != null && step.Reason.Contains("leave me alone"));
        await using var work = await data.ReadAsync();
        (await work.ScalarAsync<long>("select count(*) from care_task")).ShouldBe(0);
        (await work.ScalarAsync<long>("select count(*) from outbox where customer_id = @ben", new { ben })).ShouldBe(0);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    [Trait("req", "C4")]
    public async Task a_plan_started_twice_contacts_everybody_once(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var shop = await ChangeShop.OpenAsync(data);
        foreach (var n in Enumerable.Range(0, 6)) await shop.BuyerAsync($"Buyer{(char)('a' + n)}", 5 + n, months: 4);
        var planId = await shop.StartedAsync(await shop.RegisterAsync(ChangeShop.Dearer()), minutes: 36);
        (await shop.AskForStartAsync(planId)).ShouldBeFalse();
        await Task.WhenAll(RunAsync(data, planId), RunAsync(data, planId));
        await RunAsync(data, planId);
        await using var work = await data.ReadAsync();
        (await work.ScalarAsync<long>("select count(*) from care_task")).ShouldBe(3);
        (await work.ScalarAsync<long>("select count(*) from outbox")).ShouldBe(6);
        (await work.ScalarAsync<long>("select count(*) from contact_decision")).ShouldBe(9);
        (await new PlanStore(work).CountsAsync(planId)).ShouldAllBe(count => count.Verdict != "planned");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    [Trait("req", "C4")]
    public async Task a_start_that_died_in_the_middle_is_carried_on_and_nobody_is_told_twice(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var shop = await ChangeShop.OpenAsync(data);
        foreach (var n in Enumerable.Range(0, 5)) await shop.BuyerAsync($"Buyer{(char)('a' + n)}", 5, months: 4);
        var planId = await shop.StartedAsync(await shop.RegisterAsync(ChangeShop.Dearer()));
        using var power = new CancellationTokenSource();
        var cut = new Progress(done => { if (done == 2) power.Cancel(); });
        await Should.ThrowAsync<OperationCanceledException>(() => new PlanStart(data.Database, Clock).RunAsync(planId, cut, power.Token));
        await using (var work = await data.ReadAsync())
        {
            (await new PlanStore(work).RowAsync(planId))!.State.ShouldBe("starting");
            (await new PlanStepStore(work).WaitingAsync(planId, Guid.Empty, 10)).Count.ShouldBe(3);
        }
        await PlanStartJob.OnceAsync(data.Database, Clock, default);
        await using var after = await data.ReadAsync();
        (await new PlanStore(after).RowAsync(planId))!.State.ShouldBe("started");
        (await after.ScalarAsync<long>("select count(*) from care_task")).ShouldBe(5);
        (await after.ScalarAsync<long>("select count(*) from outbox")).ShouldBe(5);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    [Trait("req", "C1")]
    public async Task a_withdrawn_change_is_told_to_nobody_any_more(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var shop = await ChangeShop.OpenAsync(data);
        await shop.BuyerAsync("Anna", 5);
        var (change, other) = (await shop.RegisterAsync(ChangeShop.Dearer()), await shop.RegisterAsync(ChangeShop.NoMore()));
        var (started, asked, draft) = (await shop.StartedAsync(change), await shop.StartedAsync(other), await shop.PlanAsync(change, 60));
        (await shop.AskForStartAsync(draft)).ShouldBeFalse("another plan of this change is under way, and nobody is told twice");
        await RunAsync(data, started);
        await shop.WithdrawAsync(change);
        await shop.WithdrawAsync(other);
        await RunAsync(data, asked);
        (await shop.AskForStartAsync(draft)).ShouldBeFalse();
        await PlanStartJob.OnceAsync(data.Database, Clock, default);
        await using var work = await data.ReadAsync();
        (await work.ListAsync<string>("select distinct state from outbox")).ShouldBe(["cancelled"]);
        (await work.ListAsync<string>("select distinct state from care_task")).ShouldBe(["cancelled"]);
        (await work.ListAsync<string>("select distinct state from care_plan")).ShouldBe(["withdrawn"]);
        (await work.ScalarAsync<long>("select count(*) from contact_decision")).ShouldBe(2, "only the plan that ran before the withdrawal asked");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    [Trait("req", "C4")]
    public async Task a_customer_who_was_merged_after_the_plan_was_made_is_contacted_once_as_the_survivor(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var shop = await ChangeShop.OpenAsync(data);
        var (anna, alias, other, gone) = (await shop.BuyerAsync("Anna", 20), await shop.BuyerAsync("Annie", 10), await shop.BuyerAsync("Cleo", 0, months: 0), await shop.BuyerAsync("Chloe", 8));
        var planId = await shop.StartedAsync(await shop.RegisterAsync(ChangeShop.Dearer()));
        await using (var work = await data.WriteAsync())
        {
            await work.ExecuteAsync("update customer set merged_into = @anna where customer_id = @alias", new { anna, alias });
            await work.ExecuteAsync("update customer set merged_into = @other where customer_id = @gone", new { other, gone });
            await work.CommitAsync();
        }
        await RunAsync(data, planId);
        (await shop.StepsAsync(alias)).ShouldAllBe(step => step.Verdict == "merged");
        (await shop.StepsAsync(gone)).ShouldAllBe(step => step.DecisionId != null);
        await using var read = await data.ReadAsync();
        (await read.ListAsync<Guid>("select customer_id from outbox order by customer_id")).ShouldBe(new[] { anna, other }.Order(), ignoreOrder: true);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    [Trait("req", "C4"), Trait("req", "C7")]
    public async Task calls_are_spread_over_the_working_days_and_the_staff_in_turn(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var shop = await ChangeShop.OpenAsync(data);
        await using (var work = await data.WriteAsync())
        {
            foreach (var n in Enumerable.Range(0, 2))
            {
                await new StaffStore(work).AddAsync(new StaffMember
                {
                    StaffId = Ids.Of(ChangeShop.Now, "staff", $"{n}"),
                    Email = $"agent{n}@staff.example",
                    Name = $"Agent {n}",
                    Role = "agent",
                    TimeZone = "Europe/London",
                    CreatedAt = ChangeShop.Now,
                });
            }
            await work.CommitAsync();
        }
        foreach (var n in Enumerable.Range(0, 4)) await shop.BuyerAsync($"Buyer{(char)('a' + n)}", 5 + n, months: 4);
        await RunAsync(data, await shop.StartedAsync(await shop.RegisterAsync(ChangeShop.Dearer() with { EffectiveOn = new(2026, 12, 4) })));
        await using var read = await data.ReadAsync();
        var tasks = await read.ListAsync<Outreach.TaskRow>("select * from care_task order by due_at");
        tasks.Select(t => t.DueAt).Distinct().Count().ShouldBe(4);
        tasks.ShouldAllBe(t => t.DueAt < Instant.FromUtc(2026, 12, 3, 0, 0) && t.DueAt > ChangeShop.Now && t.DueAt.InUtc().DayOfWeek != IsoDayOfWeek.Saturday && t.DueAt.InUtc().DayOfWeek != IsoDayOfWeek.Sunday);
        tasks.GroupBy(t => t.AssignedTo).Select(g => g.Count()).ShouldBe([2, 2]);
    }

    private sealed class Progress(Action<long> told) : IProgress<long>
    {
        public void Report(long value) => told(value);
    }
}
