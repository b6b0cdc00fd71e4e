using NodaTime.Testing;
using Regard.Access;
using Regard.Cases;
using Regard.Channels;
using Regard.Contact;
using Regard.Customers;
using Regard.Kit;
using Regard.Outreach;

namespace Regard.Webhooks;

/// <summary>What is told, when, and what never is.</summary>
public sealed class WebhookEventTests
{
    private const string Spoken = "call my sister Berta instead";

    private static readonly Wish NoCare = new() { Purposes = [new PurposeWish(Purpose.Care, [])] };

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P5")]
    public async Task every_fact_is_told_with_ids_and_words_of_ours_and_nothing_of_the_customer(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var (id, _) = await data.EndpointAsync("http://127.0.0.1:9/");
        var anna = await data.CustomerAsync();
        var mail = await data.AskAsync(ContactKit.Request(anna, "mail", channels: Channel.Email));
        await SendAsync(data);
        await data.AskAsync(ContactKit.Request(anna, "waits", channels: Channel.Email));
        await data.SayAsync(anna, NoCare, ContactKit.Noon, Spoken);
        await data.AskAsync(ContactKit.Request(anna, "late"));
        await CaseAsync(data, anna);
        await MergeAndEraseAsync(data, anna);
        var told = await data.DeliveriesAsync(id);
        told.Select(row => row.Type).Order(StringComparer.Ordinal).ShouldBe(
        [
            WebhookTypes.CaseOpened, WebhookTypes.CaseResolved, WebhookTypes.ContactDecided, WebhookTypes.ContactDecided, WebhookTypes.ContactDecided, WebhookTypes.ContactDecided,
            WebhookTypes.ContactDelivered, WebhookTypes.CustomerErased, WebhookTypes.CustomerErased, WebhookTypes.CustomerMerged, WebhookTypes.CustomerMerged, WebhookTypes.CustomerUnmerged, WebhookTypes.PreferenceChanged,
        ]);
        foreach (var row in told)
            foreach (var secret in new[] { "anna", "otto", "example.org", "+49", Spoken, "Berta", "broken", "A change", "Dear customer" })
                row.Body.ShouldNotContain(secret, Case.Insensitive, $"{row.Type} tells {secret}");
        var delivered = told.Single(row => row.Type == WebhookTypes.ContactDelivered);
        delivered.Body.ShouldContain($"\"contact_id\":\"{mail.ContactId}\"");
        var decided = told.Where(row => row.Type == WebhookTypes.ContactDecided).Select(row => row.Body).ToList();
        decided.Count(body => body.Contains("\"verdict\":\"permitted\"", StringComparison.Ordinal)).ShouldBe(2);
        decided.ShouldContain(body => body.Contains("\"stage\":\"statement\"", StringComparison.Ordinal) && body.Contains("\"reasons\":[\"purpose_unwelcome\"]", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task where_nobody_listens_nothing_is_written(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var (only, _) = await data.EndpointAsync("http://127.0.0.1:9/", WebhookTypes.CustomerErased);
        var anna = await data.CustomerAsync();
        await data.SayAsync(anna, NoCare, ContactKit.Noon);
        (await CountAsync(data)).ShouldBe(0, "it chose other events");
        await using (var work = await data.WriteAsync())
        {
            await WebhookDesk.RemoveAsync(work, only, ContactKit.By, ContactKit.Noon);
            await work.CommitAsync();
        }
        await data.SayAsync(anna, new Wish { Never = true }, ContactKit.Noon);
        (await CountAsync(data)).ShouldBe(0);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task what_is_not_committed_is_not_told_and_what_is_told_twice_is_one_event(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var (id, _) = await data.EndpointAsync("http://127.0.0.1:9/");
        var anna = await data.CustomerAsync();
        var statement = ContactKit.Statement(anna, NoCare, ContactKit.Noon);
        await using (var work = await data.WriteAsync())
        {
            // The process ends before the commit.
            await new PreferenceStore(work).RecordAsync(statement, ContactKit.Noon);
        }
        (await data.DeliveriesAsync(id)).ShouldBeEmpty();
        for (var time = 0; time < 2; time++)
        {
            await using var work = await data.WriteAsync();
            await new PreferenceStore(work).RecordAsync(statement, ContactKit.Noon);
            await work.CommitAsync();
        }
        (await data.DeliveriesAsync(id)).ShouldHaveSingleItem();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task while_it_is_paused_events_wait_and_then_come_in_their_order(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var sink = new HookSink();
        var clock = new FakeClock(ContactKit.Noon + Duration.FromHours(1));
        var (id, _) = await data.EndpointAsync(sink.Url);
        var anna = await data.CustomerAsync();
        await data.SetAsync(id, isActive: false);
        for (var n = 0; n < 5; n++) await data.SayAsync(anna, new Wish { Limits = [new ContactLimit(null, n, 30)] }, ContactKit.Noon + Duration.FromMinutes(n));
        (await data.DeliverAsync(clock)).ShouldBe(0);
        await data.SetAsync(id, isActive: true);
        (await data.DeliverAsync(clock)).ShouldBe(5);
        sink.Received.Select(hook => hook.Event["data"]!["version"]!.GetValue<long>()).ShouldBe([1, 2, 3, 4, 5]);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P5")]
    public async Task F14_a_contact_that_came_too_late_is_told_whoever_was_to_make_it(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var (id, _) = await data.EndpointAsync("http://127.0.0.1:9/", WebhookTypes.ContactExpired);
        var anna = await data.CustomerAsync();
        var mail = await data.AskAsync(ContactKit.Request(anna, "mail", channels: Channel.Email));
        var call = await data.AskAsync(ContactKit.Request(anna, "call", channels: Channel.Phone));
        var late = ContactKit.Noon + Duration.FromDays(15);
        await using (var work = await data.WriteAsync())
        {
            await new OutboxStore(work).ExpireAsync(late);
            await work.CommitAsync();
        }
        await TaskExpiryJob.OnceAsync(data.Database, late, CancellationToken.None);
        (await data.DeliveriesAsync(id)).Select(row => System.Text.Json.Nodes.JsonNode.Parse(row.Body)!["data"]!["contact_id"]!.GetValue<Guid>())
            .ShouldBe([mail.ContactId!.Value, call.ContactId!.Value], ignoreOrder: true);
    }

    private static async Task SendAsync(TestDatabase data)
    {
        await using var sink = new SmtpSink();
        await using var route = new SmtpRoute(SmtpServer.Read(sink.Address));
        await new Dispatch(data.Database, data.Settings, new FakeClock(ContactKit.Noon), route, "one").RunAsync(10, CancellationToken.None);
    }

    private static async Task CaseAsync(TestDatabase data, Guid customerId)
    {
        await using var work = await data.WriteAsync();
        var staff = Ids.New(ContactKit.Noon);
        await new StaffStore(work).AddAsync(new StaffMember { StaffId = staff, Email = "o@staff.example", Name = "Owner", Role = "agent", TimeZone = "UTC", CreatedAt = ContactKit.Noon });
        var row = new CaseRow
        {
            CustomerId = customerId,
            CaseId = Ids.New(ContactKit.Noon),
            Subject = "The pot is broken",
            Description = "broken",
            Channel = "email",
            OwnerId = staff,
            PromisedAt = ContactKit.Noon,
            OpenedAt = ContactKit.Noon,
            OpenedBy = "system:test",
        };
        await CaseWork.OpenAsync(work, row, new CaseOrigin("test", "1"), ContactKit.Noon);
        await CaseWork.ResolveAsync(work, row, "broken, replaced", ContactKit.Noon);
        await work.CommitAsync();
    }

    private static async Task MergeAndEraseAsync(TestDatabase data, Guid anna)
    {
        var otto = await data.CustomerAsync("otto");
        await using var work = await data.WriteAsync();
        var merged = await new MergeStore(work).MergeAsync(anna, otto, "broken", ContactKit.By, ContactKit.Noon);
        await new MergeStore(work).UndoAsync(merged!.MergeId!.Value, ContactKit.By, ContactKit.Noon);
        await new MergeStore(work).MergeAsync(anna, otto, "broken", ContactKit.By, ContactKit.Noon + Duration.FromSeconds(1));
        await work.CommitAsync();
        await using var erasing = await data.WriteAsync();
        await new EraseStore(erasing).EraseAsync(anna, ContactKit.Noon + Duration.FromSeconds(2));
        await erasing.CommitAsync();
    }

    private static async Task<long> CountAsync(TestDatabase data)
    {
        await using var work = await data.ReadAsync();
        return await work.ScalarAsync<long>("select count(*) from webhook_delivery");
    }
}
