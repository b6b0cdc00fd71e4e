using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NodaTime.Testing;
using Regard.Contact;
using Regard.Kit;

namespace Regard.Webhooks;

/// <summary>Receivers that behave badly, and processes that end in the middle.</summary>
public sealed class WebhookDeliveryTests
{
    private static readonly Wish NoCalls = new() { NoChannels = [Channel.Phone] };

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task an_event_is_delivered_signed_with_a_fresh_moment_and_only_once(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var sink = new HookSink();
        var clock = new FakeClock(ContactKit.Noon);
        var (id, secret) = await data.EndpointAsync(sink.Url);
        var anna = await data.CustomerAsync();
        await data.SayAsync(anna, NoCalls, ContactKit.Noon, "do not call me");
        clock.AdvanceMinutes(3);
        (await data.DeliverAsync(clock)).ShouldBe(1);
        (await data.DeliverAsync(clock)).ShouldBe(0);
        var hook = sink.Received.ShouldHaveSingleItem();
        var delivery = (await data.DeliveriesAsync(id)).ShouldHaveSingleItem();
        (delivery.State, delivery.Attempts, delivery.Status).ShouldBe(("delivered", 1, 204));
        hook.Header("webhook-id").ShouldBe(delivery.EventId.ToString());
        hook.Header("webhook-timestamp").ShouldBe($"{clock.GetCurrentInstant().ToUnixTimeSeconds()}");
        hook.Header("webhook-signature").ShouldBe(secret.Sign(delivery.EventId.ToString(), clock.GetCurrentInstant(), hook.Body));
        (hook.Type, hook.Event["data"]!["customer_id"]!.GetValue<Guid>()).ShouldBe((WebhookTypes.PreferenceChanged, anna));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task two_nodes_deliver_each_event_once(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var sink = new HookSink();
        var clock = new FakeClock(ContactKit.Noon);
        var (id, _) = await data.EndpointAsync(sink.Url);
        for (var n = 0; n < 60; n++) await data.TryOutAsync(id, ContactKit.Noon);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(node => Task.Run(async () =>
        {
            while (await data.DeliverAsync(clock, $"node {node}") > 0)
            {
                // As long as there is something.
            }
        })));
        sink.Received.Select(hook => hook.Header("webhook-id")).Distinct().Count().ShouldBe(60);
        sink.Received.Count.ShouldBe(60);
        (await data.DeliveriesAsync(id)).ShouldAllBe(row => row.State == "delivered" && row.Attempts == 1);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_process_that_died_after_taking_an_event_loses_it_to_another_under_the_same_id(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var sink = new HookSink();
        var clock = new FakeClock(ContactKit.Noon);
        var (id, _) = await data.EndpointAsync(sink.Url);
        var told = await data.TryOutAsync(id, ContactKit.Noon);
        DeliveryRow dead;
        await using (var work = await data.WriteAsync())
        {
            dead = (await new DeliveryStore(work).TakeAsync(id, "dead", ContactKit.Noon, ContactKit.Noon + WebhookLane.Lease, 10)).Single();
            await work.CommitAsync();
        }
        (await data.DeliverAsync(clock)).ShouldBe(0);
        clock.Advance(WebhookLane.Lease);
        (await data.DeliverAsync(clock, "living")).ShouldBe(1);
        sink.Received.ShouldHaveSingleItem().Header("webhook-id").ShouldBe(told.ToString());
        // And should the dead one come back after all, it changes nothing.
        await using var late = await data.WriteAsync();
        (await new DeliveryStore(late).FinishAsync(dead, new AfterAttempt("failed", null, 500, ""))).ShouldBeFalse();
    }

    [Theory, InlineData(HookMood.Fails, 500), InlineData(HookMood.Hangs, null), InlineData(HookMood.HangsUp, null)]
    public async Task a_receiver_that_fails_gets_the_same_event_later_and_the_distance_grows(HookMood mood, int? status)
    {
        await using var data = await TestDatabase.MakeAsync("sqlite");
        await using var sink = new HookSink { Mood = mood };
        var clock = new FakeClock(ContactKit.Noon);
        var (id, _) = await data.EndpointAsync(sink.Url);
        await data.TryOutAsync(id, ContactKit.Noon);
        var waits = new List<Duration>();
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            (await data.DeliverAsync(clock, timeout: 300)).ShouldBe(1);
            var row = (await data.DeliveriesAsync(id)).Single();
            (row.State, row.Attempts, row.Status).ShouldBe(("waiting", attempt, status));
            waits.Add(row.DueAt - clock.GetCurrentInstant());
            clock.Reset(row.DueAt);
        }
        waits.ShouldBeInOrder();
        (await data.OpenAsync(id)).FailingSince.ShouldBe(ContactKit.Noon);
        sink.Mood = HookMood.Takes;
        (await data.DeliverAsync(clock)).ShouldBe(1);
        (await data.DeliveriesAsync(id)).Single().State.ShouldBe("delivered");
        (await data.OpenAsync(id)).FailingSince.ShouldBeNull();
        sink.Received.Select(hook => hook.Header("webhook-id")).Distinct().Count().ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task an_endpoint_that_hangs_holds_up_no_other(string engine)
    {
        await using var server = await TestServer.StartAsync(engine, settings: settings => settings with { AllowsPrivateWebhooks = true, RunsJobs = true });
        await using var dead = new HookSink { Mood = HookMood.Hangs };
        await using var good = new HookSink();
        using var api = await server.WithKeyAsync(Access.Right.WebhooksManage);
        var ids = new List<Guid>();
        foreach (var sink in new[] { dead, good })
            ids.Add((await api.CallAsync(HttpMethod.Post, "/api/v1/webhooks", new { url = sink.Url })).Body["endpoint_id"]!.GetValue<Guid>());
        foreach (var id in ids)
            for (var n = 0; n < 20; n++) await server.Data.TryOutAsync(id, server.Clock.GetCurrentInstant());
        for (var tries = 0; good.Received.Count < 20 && tries < 200; tries++) await Task.Delay(50, TestContext.Current.CancellationToken);
        good.Received.Count.ShouldBe(20);
        await server.Services.GetServices<IHostedService>().OfType<WebhookJob>().Single().StopAsync(CancellationToken.None);
        (await server.Data.DeliveriesAsync(ids[0])).ShouldAllBe(row => row.State == "waiting" && row.Worker == null && row.DueAt <= server.Clock.GetCurrentInstant(), "what was under way is given back");
    }

    [Fact]
    public async Task a_redirect_is_not_followed()
    {
        await using var data = await TestDatabase.MakeAsync("sqlite");
        await using var inside = new HookSink();
        await using var sink = new HookSink { Mood = HookMood.Redirects, Elsewhere = inside.Url };
        var (id, _) = await data.EndpointAsync(sink.Url);
        await data.TryOutAsync(id, ContactKit.Noon);
        await data.DeliverAsync(new FakeClock(ContactKit.Noon));
        inside.Connections.ShouldBe(0);
        (await data.DeliveriesAsync(id)).Single().Explanation!.ShouldContain("no redirects");
    }

    [Fact]
    public async Task an_answer_of_a_gigabyte_is_taken_by_its_head()
    {
        await using var data = await TestDatabase.MakeAsync("sqlite");
        await using var sink = new HookSink { Mood = HookMood.NeverStops };
        var (id, _) = await data.EndpointAsync(sink.Url);
        await data.TryOutAsync(id, ContactKit.Noon);
        await data.DeliverAsync(new FakeClock(ContactKit.Noon));
        (await data.DeliveriesAsync(id)).Single().State.ShouldBe("delivered");
        sink.Sent.ShouldBeLessThan(64 << 20);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task an_endpoint_that_is_gone_is_switched_off_and_people_see_it(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        await using var sink = new HookSink { Mood = HookMood.IsGone };
        var (id, _) = await server.Data.EndpointAsync(sink.Url);
        await server.Data.TryOutAsync(id, ContactKit.Noon);
        await server.Data.DeliverAsync(new FakeClock(ContactKit.Noon));
        var row = await server.Data.OpenAsync(id);
        (row.State, row.DisabledBecause).ShouldBe(("disabled", "It answered 410: it is gone for good."));
        (await server.Data.DeliveriesAsync(id)).Single().State.ShouldBe("failed");
        await server.Data.SayAsync(await server.Data.CustomerAsync(), NoCalls, ContactKit.Noon);
        (await server.Data.DeliveriesAsync(id)).Count.ShouldBe(1, "nothing is kept for it any more");
        using var administrator = await server.SignInAsync(Access.Role.Administrator);
        (await administrator.GetStringAsync("/today")).ShouldContain("A system is told nothing any more.");
        using var agent = await server.SignInAsync(Access.Role.Agent);
        (await agent.GetStringAsync("/today")).ShouldNotContain("A system is told nothing any more.");
        await server.Data.SetAsync(id, isActive: true);
        (await server.Data.OpenAsync(id)).DisabledBecause.ShouldBeNull();
        (await administrator.GetStringAsync("/today")).ShouldNotContain("A system is told nothing any more.");
    }

    [Fact]
    public async Task an_endpoint_that_takes_nothing_for_days_is_switched_off_and_what_waits_goes_out_when_it_is_resumed()
    {
        await using var data = await TestDatabase.MakeAsync("sqlite");
        await using var sink = new HookSink { Mood = HookMood.Fails };
        var clock = new FakeClock(ContactKit.Noon);
        var (id, _) = await data.EndpointAsync(sink.Url);
        await data.TryOutAsync(id, ContactKit.Noon);
        var later = Guid.Empty;
        for (var attempts = 0; (await data.OpenAsync(id)).State == "active" && attempts < 30; attempts++)
        {
            await data.DeliverAsync(clock);
            if (clock.GetCurrentInstant() - ContactKit.Noon > Duration.FromDays(2) && later == Guid.Empty) later = await data.TryOutAsync(id, clock.GetCurrentInstant());
            clock.Reset((await data.DeliveriesAsync(id)).Max(row => row.DueAt));
        }
        var row = await data.OpenAsync(id);
        row.State.ShouldBe("disabled");
        row.DisabledBecause!.ShouldStartWith("Nothing came through since 2026-11-23.");
        (await data.DueAsync(clock.GetCurrentInstant() + Duration.FromDays(1))).ShouldBeEmpty();
        sink.Mood = HookMood.Takes;
        await data.SetAsync(id, isActive: true);
        await data.DeliverAsync(clock);
        (await data.DeliveriesAsync(id)).First(one => one.EventId == later).State.ShouldBe("delivered");
    }

    [Fact]
    public async Task an_event_is_given_up_after_three_days_and_can_be_sent_again()
    {
        await using var data = await TestDatabase.MakeAsync("sqlite");
        await using var sink = new HookSink { Mood = HookMood.Fails };
        var clock = new FakeClock(ContactKit.Noon);
        var (id, _) = await data.EndpointAsync(sink.Url);
        var told = await data.TryOutAsync(id, ContactKit.Noon);
        while ((await data.DeliveriesAsync(id)).Single() is { State: "waiting" } row)
        {
            clock.Reset(Instant.Max(row.DueAt, clock.GetCurrentInstant()));
            // People wake it each time, so that only the event's own time ends it.
            await data.SetAsync(id, isActive: true);
            await data.DeliverAsync(clock);
        }
        (clock.GetCurrentInstant() - ContactKit.Noon).ShouldBeInRange(Duration.FromDays(2), Duration.FromDays(3));
        (await data.DeliveriesAsync(id)).Single().State.ShouldBe("failed");
        sink.Mood = HookMood.Takes;
        await data.SetAsync(id, isActive: true);
        await using (var work = await data.WriteAsync())
        {
            (await WebhookDesk.AgainAsync(work, id, told, ContactKit.By, clock.GetCurrentInstant())).ShouldBeTrue();
            (await WebhookDesk.AgainAsync(work, id, Ids.New(ContactKit.Noon), ContactKit.By, clock.GetCurrentInstant())).ShouldBeFalse();
            await work.CommitAsync();
        }
        await data.DeliverAsync(clock);
        (await data.DeliveriesAsync(id)).Single().State.ShouldBe("delivered");
        sink.Received.Select(hook => hook.Header("webhook-id")).Distinct().ShouldHaveSingleItem();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task what_is_old_and_what_nobody_waits_for_is_swept(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var (id, _) = await data.EndpointAsync("http://127.0.0.1:9/");
        var (gone, _) = await data.EndpointAsync("http://127.0.0.1:9/");
        await data.TryOutAsync(id, ContactKit.Noon);
        var young = await data.TryOutAsync(id, ContactKit.Noon + Duration.FromDays(2));
        await data.TryOutAsync(gone, ContactKit.Noon + Duration.FromDays(2));
        await using (var work = await data.WriteAsync())
        {
            await WebhookDesk.RemoveAsync(work, gone, ContactKit.By, ContactKit.Noon);
            await work.CommitAsync();
        }
        (await WebhookJob.SweepAsync(data.Database, ContactKit.Noon + WebhookJob.Kept + Duration.FromDays(1), CancellationToken.None)).ShouldBe(2);
        (await data.DeliveriesAsync(id)).ShouldHaveSingleItem().EventId.ShouldBe(young);
    }
}
