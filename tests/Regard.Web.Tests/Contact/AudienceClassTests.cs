using Regard.Access;
using Regard.Channels;
using Regard.Customers;
using Regard.Kit;
using Regard.Orders;
using Regard.Storage;

namespace Regard.Contact;

/// <summary>Customers who are alike are decided for once: what comes out is what the gate says to each of them.</summary>
public sealed class AudienceClassTests
{
    private static readonly Channel[] Written = [Channel.Email, Channel.Portal];

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P5"), Trait("pace", "long")]
    public async Task a_preview_says_of_each_customer_what_the_gate_says(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        foreach (var seed in new[] { 1, 2 }) await FillAsync(data, seed);
        foreach (var policy in ContactPolicy.All)
        {
            await using (var work = await data.WriteAsync())
            {
                await new PolicyStore(work).WriteAsync(policy, "system:test", ContactKit.Noon);
                await work.CommitAsync();
            }
            foreach (var purpose in Purposes.All)
            {
                await ExpectSameAsync(data, Request(purpose), ContactKit.Noon);
                await ExpectSameAsync(data, Request(purpose) with { Channels = [Channel.Phone, Channel.Email], Earliest = ContactKit.Noon + Duration.FromHours(9) }, ContactKit.Noon);
            }
        }
        (await FaultsAsync(data)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P5")]
    public async Task the_class_follows_every_change_in_the_same_transaction(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var (anna, bert) = (await data.CustomerAsync("anna"), await data.CustomerAsync("bert"));
        (await FaultsAsync(data)).ShouldBeEmpty();
        (await CountAsync(data)).ShouldBe(2);
        await data.SayAsync(anna, new Wish { Never = true }, ContactKit.Noon);
        (await FaultsAsync(data)).ShouldBeEmpty();
        Guid merge;
        await using (var work = await data.WriteAsync())
        {
            merge = (await new MergeStore(work).MergeAsync(bert, anna, "same", ContactKit.By, ContactKit.Noon))!.MergeId!.Value;
            await work.CommitAsync();
        }
        (await FaultsAsync(data)).ShouldBeEmpty();
        (await CountAsync(data)).ShouldBe(1);
        await using (var work = await data.WriteAsync())
        {
            await new MergeStore(work).UndoAsync(merge, ContactKit.By, ContactKit.Noon);
            await work.CommitAsync();
        }
        (await FaultsAsync(data)).ShouldBeEmpty();
        (await CountAsync(data)).ShouldBe(2);
        await using (var work = await data.WriteAsync())
        {
            await new EraseStore(work).EraseAsync(bert, ContactKit.Noon);
            await work.CommitAsync();
        }
        (await FaultsAsync(data)).ShouldBeEmpty();
        (await CountAsync(data)).ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P5")]
    public async Task who_counts_at_once_and_adds_up_at_once_loses_nobody(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var ids = new List<Guid>();
        for (var n = 0; n < 12; n++) ids.Add(await data.CustomerAsync($"c{n}"));
        await Task.WhenAll([.. ids.Select((id, n) => Task.Run(() => data.SayAsync(id, new Wish { OnlyChannels = [n % 2 == 0 ? Channel.Email : Channel.Portal] }, ContactKit.Noon))), .. Enumerable.Range(0, 3).Select(_ => Task.Run(() => AudienceFoldJob.OnceAsync(data.Database, TestContext.Current.CancellationToken)))]);
        (await FaultsAsync(data)).ShouldBeEmpty();
        await AudienceFoldJob.OnceAsync(data.Database, TestContext.Current.CancellationToken);
        (await FaultsAsync(data)).ShouldBeEmpty();
        await using var work = await data.ReadAsync();
        (await work.ScalarAsync<long>("select count(*) from audience_count where customers <> 0")).ShouldBe(2);
        (await work.ScalarAsync<long>("select count(*) from audience_move")).ShouldBe(0);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_class_that_is_not_what_follows_is_found(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var anna = await data.CustomerAsync("anna");
        await using (var work = await data.WriteAsync())
        {
            await work.ExecuteAsync("update customer set country = 'FR' where customer_id = @anna", new { anna });
            await work.CommitAsync();
        }
        (await FaultsAsync(data)).ShouldHaveSingleItem().ShouldContain($"{anna}");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "F4")]
    public async Task what_is_kept_of_a_class_hides_no_wish_told_a_moment_ago(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var (anna, bert) = (await data.CustomerAsync("anna"), await data.CustomerAsync("bert"));
        (await RefusedAsync(data)).ShouldBe(0);
        await data.SayAsync(anna, new Wish { Never = true }, ContactKit.Noon);
        (await RefusedAsync(data)).ShouldBe(1);
        await data.SayAsync(bert, new Wish { Never = true }, ContactKit.Noon);
        (await RefusedAsync(data)).ShouldBe(2);
        // Whether a class is known or read, what is said of it is the same.
        AudienceKnown.Forget();
        (await RefusedAsync(data)).ShouldBe(2);
        (await RefusedAsync(data)).ShouldBe(2);
    }

    private static async Task<long> RefusedAsync(TestDatabase data)
    {
        await using var work = await data.Database.SnapshotAsync(TestContext.Current.CancellationToken);
        return (await AudienceLook.TakeAsync(work, Request(Purpose.Care), AudienceSegment.Everybody, ContactKit.Noon)).Audience.Refused.Values.Sum();
    }

    private static ContactRequest Request(Purpose purpose) => ContactKit.Request(Guid.Empty, "preview", purpose) with { Channels = purpose == Purpose.Research ? Written : [] };

    private static async Task ExpectSameAsync(TestDatabase data, ContactRequest request, Instant now)
    {
        await using var work = await data.Database.SnapshotAsync(TestContext.Current.CancellationToken);
        var look = await AudienceLook.TakeAsync(work, request, AudienceSegment.Everybody, now);
        var said = new Dictionary<Guid, AudienceGroup>();
        foreach (var group in look.Totals().Keys.Select(verdict => verdict.Group).Distinct())
            foreach (var name in await look.NamesAsync(work, one => one == group, new AudiencePlace(null, 10_000, null, now)))
                said.TryAdd(name.CustomerId, group).ShouldBeTrue("nobody is behind two numbers");
        var living = await work.ListAsync<Guid>("select customer_id from customer where merged_into is null and erased_at is null");
        look.Audience.Customers.ShouldBe(living.Count);
        foreach (var id in living)
        {
            var one = (await new ContactDesk(work).PreviewAsync(request with { CustomerId = id }, now))!;
            said[id].ShouldBe(new AudienceGroup(one.Verdict, one.Channel, one.Reasons[0].Code), $"{request.Purpose} to {id}");
        }
    }

    private static async Task<IReadOnlyList<string>> FaultsAsync(TestDatabase data)
    {
        await using var work = await data.ReadAsync();
        return await AudienceCheckStore.FindAsync(work);
    }

    private static async Task<long> CountAsync(TestDatabase data)
    {
        await using var work = await data.Database.SnapshotAsync(TestContext.Current.CancellationToken);
        return (await AudienceLook.TakeAsync(work, Request(Purpose.Care), AudienceSegment.Everybody, ContactKit.Noon)).Audience.Customers;
    }

    // Mixed on purpose: zones and none, yeses proven and not, limits near and far, broken and shared addresses, buyers, contacts of all kinds.
    private static async Task FillAsync(TestDatabase data, int seed)
    {
        var dice = new Dice(seed);
        var mug = Guid.Empty;
        await using (var work = await data.WriteAsync())
        {
            mug = await new ProductStore(work).EnsureAsync(new ProductDraft("MUG", "Blue mug", "test"), ContactKit.Noon);
            await work.CommitAsync();
        }
        for (var n = 0; n < 60; n++)
        {
            var id = await CustomerAsync(data, dice, $"p{seed}-{n}");
            for (var says = dice.Next(3); says > 0; says--) await SayAsync(data, dice, id);
            if (dice.Next(3) == 0) await BuyAsync(data, id, mug, ContactKit.Noon - Duration.FromDays(1 + dice.Next(1200)), $"{seed}-{n}");
            for (var asks = dice.Next(6); asks > 0; asks--)
            {
                var at = ContactKit.Noon - Duration.FromDays(dice.Next(90));
                var request = ContactKit.Request(id, $"step {asks}", (Purpose)dice.Next(5), dice.Next(2) == 0 ? [Channel.Email] : []);
                var answer = await data.AskAsync(request with { LatestUseful = at + Duration.FromDays(20) }, at);
                if (dice.Next(3) > 0) await SentAsync(data, id, answer, at);
            }
        }
    }

    private static async Task<Guid> CustomerAsync(TestDatabase data, Dice dice, string name)
    {
        await using var work = await data.WriteAsync();
        var identities = new List<IdentityDraft> { IdentityDraft.External("test", name) };
        if (dice.Next(4) > 0) identities.Add(IdentityDraft.Email($"{name}@example.org"));
        var id = (await new CustomerStore(work).RecordAsync(new CustomerDraft
        {
            Name = name,
            Source = "test",
            Identities = identities,
            TimeZone = dice.Pick<string?>("Europe/Berlin", "America/New_York", "Asia/Tokyo", null),
            Country = dice.Pick<string?>("DE", "US", "JP", null),
            Language = dice.Pick<string?>("de", "en", null),
        }, ContactKit.By, ContactKit.Noon)).Id;
        // Families share one number.
        if (dice.Next(2) == 0) await new IdentityDesk(work).AddAsync(id, IdentityDraft.Phone(dice.Next(3) == 0 ? "+4930555000" : $"+4930{dice.Next(8_999_999) + 1_000_000}"), "DE", ContactKit.By, ContactKit.Noon);
        foreach (var identity in await new IdentityStore(work).AllAsync(id))
        {
            if (identity.Kind is IdentityKind.Email && dice.Next(6) == 0) await new IdentityStore(work).MarkAsync(id, identity.IdentityId, ContactKit.Noon);
            else if (identity.Kind is IdentityKind.Email && dice.Next(6) == 0) await new Mail.MailStore(work).ObjectedAsync(id, identity.Value, ContactKit.Noon);
        }
        await work.CommitAsync();
        return id;
    }

    private static async Task SayAsync(TestDatabase data, Dice dice, Guid id)
    {
        var purpose = (Purpose)dice.Next(5);
        var wish = dice.Next(10) switch
        {
            0 => new Wish { Never = true },
            1 => new Wish { OnlyChannels = [dice.Pick(Channel.Email, Channel.Phone, Channel.Portal)] },
            2 => new Wish { NoChannels = [Channel.Phone] },
            3 => new Wish { PauseUntil = ContactKit.Noon + Duration.FromDays(dice.Next(30) - 10) },
            4 => new Wish { Limits = [new ContactLimit(dice.Pick<Purpose?>(purpose, null), dice.Next(3), dice.Pick(7, 30, 400))] },
            5 => new Wish { Hours = [new HoursWish(null, [new ContactWindow([IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday], new LocalTime(18, 0), new LocalTime(23, 0))])] },
            6 => new Wish { OnHolidays = dice.Next(2) == 0 },
            7 => new Wish { Language = dice.Pick("de", "es") },
            _ => new Wish { Purposes = [new PurposeWish(purpose, dice.Next(4) == 0 ? [] : [dice.Pick(Channel.Email, Channel.Phone), Channel.Portal])] },
        };
        await using var work = await data.WriteAsync();
        var said = ContactKit.Statement(id, wish, ContactKit.Noon - Duration.FromDays(dice.Next(40)), "in their words", dice.Next(4) == 0 ? StatementBasis.Inferred : StatementBasis.Volunteered);
        await new PreferenceStore(work).RecordAsync(said with { Place = dice.Pick(StatementPlace.Portal, StatementPlace.Call, StatementPlace.Import) }, ContactKit.Noon);
        await work.CommitAsync();
    }

    private static async Task BuyAsync(TestDatabase data, Guid id, Guid product, Instant at, string number)
    {
        await using var work = await data.WriteAsync();
        await new OrderStore(work).RecordAsync(new OrderRecord { CustomerId = id, Source = "test", Number = number, At = at, Currency = "EUR", Lines = [new OrderLine(1, product, 1, 900)] }, ContactKit.Noon);
        await work.CommitAsync();
    }

    private static async Task SentAsync(TestDatabase data, Guid id, ContactAnswer answer, Instant at)
    {
        if (answer.OutboxId is not { } outboxId) return;
        await using var read = await data.ReadAsync();
        var row = (await new OutboxStore(read).OfCustomerAsync(id, 100)).Single(row => row.OutboxId == outboxId);
        await using var work = await data.WriteAsync();
        if (await new ClaimStore(work).ClaimAsync([row with { NotBefore = at }], "w", Instant.Max(at, row.NotBefore)) is [var claimed])
            await new OutboxStore(work).FinishAsync([new FinishedContact(claimed.Row, "w", new SendResult(SendOutcome.Accepted, "ok"), new AfterSending("sent", null, "ok"))], at);
        await work.CommitAsync();
    }

    private sealed class Dice(int seed)
    {
        private ulong _state = (ulong)seed * 0x9E3779B97F4A7C15;

        public int Next(int below)
        {
            _state ^= _state << 13;
            _state ^= _state >> 7;
            _state ^= _state << 17;
            return (int)(_state % (ulong)below);
        }

        public T Pick<T>(params T[] from) => from[Next(from.Length)];
    }
}
