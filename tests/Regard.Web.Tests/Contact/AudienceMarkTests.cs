using Regard.Channels;
using Regard.Customers;
using Regard.Kit;
using Regard.Outreach;
using Regard.Storage;

namespace Regard.Contact;

/// <summary>A preview looks at the history of nobody but those for whom it can matter: nobody of them is overlooked, and everybody is counted once.</summary>
public sealed class AudienceMarkTests
{
    private static readonly Wish Once = new() { Limits = [new ContactLimit(null, 1, 30)] };

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P5")]
    public async Task a_limit_that_was_said_after_the_contact_is_seen_in_the_preview(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var (anna, bert) = (await data.CustomerAsync(), await data.CustomerAsync("bert"));
        foreach (var id in new[] { anna, bert }) await data.AskAsync(ContactKit.Request(id, channels: Channel.Portal));
        (await MarkedAsync(data)).ShouldBe(0);
        (await RefusedAsync(data)).ShouldBe(0);
        await data.SayAsync(anna, Once, ContactKit.Noon);
        (await MarkedAsync(data)).ShouldBe(1);
        (await RefusedAsync(data)).ShouldBe(1);
        (await FaultsAsync(data)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P5")]
    public async Task the_contact_with_which_a_limit_comes_near_is_marked_and_those_before_are_not(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var (anna, bert) = (await data.CustomerAsync(), await data.CustomerAsync("bert"));
        await data.SayAsync(anna, new Wish { Limits = [new ContactLimit(null, 2, 30)] }, ContactKit.Noon);
        await data.AskAsync(ContactKit.Request(anna, "first", channels: Channel.Email));
        (await MarkedAsync(data)).ShouldBe(0);
        await data.AskAsync(ContactKit.Request(anna, "a call", channels: Channel.Phone));
        (await MarkedAsync(data)).ShouldBe(1);
        // The house's own limit: four times about care in thirty days.
        for (var n = 0; n < 4; n++) await data.AskAsync(ContactKit.Request(bert, $"step {n}", channels: Channel.Portal));
        (await MarkedAsync(data)).ShouldBe(2);
        // What a customer asked for counts towards no limit of ours.
        await data.AskAsync(ContactKit.Request(await data.CustomerAsync("carl"), "order", Purpose.Service));
        (await MarkedAsync(data)).ShouldBe(2);
        (await RefusedAsync(data)).ShouldBe(2);
        (await FaultsAsync(data)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P5")]
    public async Task who_gets_an_address_at_which_somebody_else_was_called_is_looked_at(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var (anna, bert) = (await data.CustomerAsync(), await data.CustomerAsync("bert"));
        await data.SayAsync(bert, Once with { OnlyChannels = [Channel.Phone] }, ContactKit.Noon);
        await data.AskAsync(ContactKit.Request(anna, channels: Channel.Phone));
        (await RefusedAsync(data)).ShouldBe(0);
        await AddPhoneAsync(data, bert, await PhoneAsync(data, anna));
        (await RefusedAsync(data)).ShouldBe(1);
        (await FaultsAsync(data)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P5")]
    public async Task who_shares_an_address_is_looked_at_when_the_other_is_called(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var (anna, bert) = (await data.CustomerAsync(), await data.CustomerAsync("bert"));
        await AddPhoneAsync(data, bert, await PhoneAsync(data, anna));
        await data.SayAsync(bert, Once with { OnlyChannels = [Channel.Phone] }, ContactKit.Noon);
        (await RefusedAsync(data)).ShouldBe(0);
        await data.AskAsync(ContactKit.Request(anna, channels: Channel.Phone));
        (await RefusedAsync(data)).ShouldBe(1);
        (await FaultsAsync(data)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P5"), Trait("pace", "long")]
    public async Task who_comes_to_an_address_while_somebody_is_called_there_is_not_overlooked(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        for (var n = 0; n < 12; n++)
        {
            var (anna, bert) = (await data.CustomerAsync($"anna{n}"), await data.CustomerAsync($"bert{n}"));
            var phone = await PhoneAsync(data, anna);
            await Task.WhenAll(Task.Run(() => data.AskAsync(ContactKit.Request(anna, channels: Channel.Phone))), Task.Run(() => AddPhoneAsync(data, bert, phone)));
        }
        (await FaultsAsync(data)).ShouldBeEmpty();
        await using var work = await data.ReadAsync();
        (await work.ScalarAsync<long>("select count(*) from address_contact where is_shared")).ShouldBe(12);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_call_that_came_too_late_and_is_taken_up_again_counts_again(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var anna = await data.CustomerAsync();
        await data.SayAsync(anna, new Wish { Limits = [new ContactLimit(null, 2, 30)] }, ContactKit.Noon);
        var call = await data.AskAsync(ContactKit.Request(anna, "a call", channels: Channel.Phone) with { LatestUseful = ContactKit.Noon + Duration.FromHours(1) });
        var later = ContactKit.Noon + Duration.FromHours(2);
        await using (var work = await data.WriteAsync())
        {
            (await new TaskStore(work).ExpireAsync(anna, call.TaskId!.Value, later)).ShouldBeTrue();
            await work.CommitAsync();
        }
        await data.AskAsync(ContactKit.Request(anna, "a letter", channels: Channel.Portal), later);
        (await RefusedAsync(data)).ShouldBe(0);
        await using (var work = await data.WriteAsync())
        {
            var task = (await new TaskStore(work).OfCustomerAsync(anna)).Single();
            await new TaskStore(work).PostponeAsync(task, TaskOutcome.CallBack, null, later + Duration.FromHours(1));
            await work.CommitAsync();
        }
        (await RefusedAsync(data)).ShouldBe(1);
        (await FaultsAsync(data)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_mark_that_is_missing_is_found(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var (anna, bert) = (await data.CustomerAsync(), await data.CustomerAsync("bert"));
        await AddPhoneAsync(data, bert, await PhoneAsync(data, anna));
        await data.SayAsync(anna, Once, ContactKit.Noon);
        await data.AskAsync(ContactKit.Request(anna, channels: Channel.Phone));
        await ChangeAsync(data, "update care_task set near_days = null");
        (await FaultsAsync(data)).ShouldHaveSingleItem().ShouldContain($"{anna}");
        await ChangeAsync(data, "update care_task set near_days = 30");
        await ChangeAsync(data, "update address_contact set is_shared = false");
        (await FaultsAsync(data)).ShouldHaveSingleItem().ShouldContain("address_contact");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "F4")]
    public async Task everybody_is_counted_once_whatever_was_folded_kept_and_forgotten_before(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var ids = new List<Guid>();
        for (var n = 0; n < 40; n++)
        {
            if (n % 3 != 2) ids.Add(await data.CustomerAsync($"c{n}", country: n % 2 == 0 ? "DE" : "FR"));
            if (n % 2 == 1) await data.SayAsync(ids[n * 7 % ids.Count], new Wish { Never = true }, ContactKit.Noon + Duration.FromMinutes(n));
            // Another process folds; this one looks, or looks not, and now and then has forgotten everything.
            if (n % 4 == 0) await AudienceFoldJob.OnceAsync(data.Database, TestContext.Current.CancellationToken);
            if (n % 7 == 0) AudienceKnown.Forget();
            if (n % 5 != 0) continue;
            await ExpectCountedAsync(data, ids.Count);
        }
        await ExpectCountedAsync(data, ids.Count);
        await AudienceFoldJob.OnceAsync(data.Database, TestContext.Current.CancellationToken);
        await ExpectCountedAsync(data, ids.Count);
        (await FaultsAsync(data)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "F4")]
    public async Task counts_of_a_database_that_is_older_than_what_was_seen_are_not_mistaken_for_it(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await data.CustomerAsync();
        await AudienceFoldJob.OnceAsync(data.Database, TestContext.Current.CancellationToken);
        await ExpectCountedAsync(data, 1);
        // As after a restore: a fold of the same number, and it is another one.
        await ChangeAsync(data, "update audience_count set customers = 0");
        await using (var work = await data.WriteAsync())
        {
            await work.ExecuteAsync("update audience_fold set token = @token", new { token = Ids.New(ContactKit.Noon) });
            await work.CommitAsync();
        }
        await ExpectCountedAsync(data, 0);
    }

    private static async Task ExpectCountedAsync(TestDatabase data, long customers)
    {
        await using var work = await data.Database.SnapshotAsync(TestContext.Current.CancellationToken);
        var audience = (await AudienceLook.TakeAsync(work, Request, AudienceSegment.Everybody, ContactKit.Noon)).Audience;
        audience.Customers.ShouldBe(customers);
        if (customers > 0) audience.Refused.Values.Sum().ShouldBe(await work.ScalarAsync<long>("select count(*) from contact_state where version > 0"));
        (await new AudienceStore(work).CountAsync(new AudienceSegment { Countries = ["DE"] })).Total
            .ShouldBe(customers == 0 ? 0 : await work.ScalarAsync<long>("select count(*) from customer where country = 'DE'"));
    }

    private static ContactRequest Request => ContactKit.Request(Guid.Empty, "preview");

    private static async Task<long> RefusedAsync(TestDatabase data)
    {
        await using var work = await data.Database.SnapshotAsync(TestContext.Current.CancellationToken);
        var refused = (await AudienceLook.TakeAsync(work, Request, AudienceSegment.Everybody, ContactKit.Noon)).Audience.Refused;
        return refused.GetValueOrDefault(ReasonCode.TheirLimitReached) + refused.GetValueOrDefault(ReasonCode.PolicyLimitReached);
    }

    private static async Task<long> MarkedAsync(TestDatabase data)
    {
        await using var work = await data.ReadAsync();
        return await work.ScalarAsync<long>("select (select count(*) from outbox where near_days is not null) + (select count(*) from care_task where near_days is not null)");
    }

    private static async Task<string> PhoneAsync(TestDatabase data, Guid customerId)
    {
        await using var work = await data.ReadAsync();
        return (await work.FirstAsync<string>("select value from identity where customer_id = @customerId and kind = 'phone'", new { customerId }))!;
    }

    // The number that was theirs before does not work any more.
    private static async Task AddPhoneAsync(TestDatabase data, Guid customerId, string number)
    {
        await using var work = await data.WriteAsync();
        foreach (var identity in await new IdentityStore(work).AllAsync(customerId))
            if (identity.Kind == IdentityKind.Phone)
                await new IdentityStore(work).MarkAsync(customerId, identity.IdentityId, ContactKit.Noon);
        await new IdentityDesk(work).AddAsync(customerId, IdentityDraft.Phone(number), "DE", ContactKit.By, ContactKit.Noon);
        await work.CommitAsync();
    }

    private static async Task ChangeAsync(TestDatabase data, string sql)
    {
        await using var work = await data.WriteAsync();
        await work.ExecuteAsync(sql);
        await work.CommitAsync();
    }

    private static async Task<IReadOnlyList<string>> FaultsAsync(TestDatabase data)
    {
        await using var work = await data.ReadAsync();
        return await AudienceCheckStore.FindAsync(work);
    }
}
