using Regard.Access;
using Regard.Contact;
using Regard.Kit;
using Regard.Storage;
using Regard.Timeline;

namespace Regard.Customers;

[Trait("req", "L7"), Trait("req", "M1")]
public sealed class MergeStoreTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 1, 9, 0);

    private static readonly Actor By = Actor.System("test");

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task every_table_of_customers_rows_says_what_a_merge_does_with_it(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var work = await data.ReadAsync();
        (await new CustomerTableStore(work).NamesAsync()).ShouldBe(CustomerTable.All.Select(t => t.Name), ignoreOrder: true);
        foreach (var table in CustomerTable.Moving)
        {
            var columns = await new CustomerTableStore(work).ColumnsAsync(table);
            columns.ShouldContain("origin_id", table.Name);
            table.Key.Split(", ").ShouldAllBe(key => columns.Contains(key), table.Name);
        }
        foreach (var table in CustomerTable.All.Where(t => t.Fate != MergeFate.Moves)) (await new CustomerTableStore(work).ColumnsAsync(table)).ShouldNotContain("origin_id", table.Name);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task everything_of_both_is_with_the_survivor_and_both_are_found_there(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var work = await data.WriteAsync();
        var (a, b) = (await CustomerRows.MakeAsync(work, "alpha"), await CustomerRows.MakeAsync(work, "beta"));
        (await new MergeStore(work).MergeAsync(b, a, "same person", By, Now))!.Refusal.ShouldBeNull();
        foreach (var table in CustomerTable.Moving.Where(t => t.Name != "customer_term"))
        {
            (await work.ScalarAsync<long>($"select count(*) from {table.Name} where customer_id = @a", new { a })).ShouldBe(0, table.Name);
            (await work.ScalarAsync<long>($"select count(*) from {table.Name} where customer_id = @b and origin_id = @a", new { a, b })).ShouldBeGreaterThan(0, table.Name);
        }
        var store = new CustomerStore(work);
        (await store.ResolveAsync(IdentityKind.Email, "alpha@example.com")).ShouldBe(b);
        (await store.OpenAsync(By, a))!.CustomerId.ShouldBe(b);
        (await store.OpenAsync(Actor.Customer(a, "Alpha"), b)).ShouldNotBeNull();
        (await work.ScalarAsync<long>("select count(*) from identity_lookup where customer_id = @a", new { a })).ShouldBe(0);
        (await work.ScalarAsync<long>("select count(*) from order_lookup where customer_id = @a", new { a })).ShouldBe(0);
        (await work.ScalarAsync<long>("select spend_minor from order_rollup where customer_id = @b", new { b })).ShouldBe(200);
        (await store.OpenAsync(By, b))!.Touchpoints.ShouldBe(2);
        (await new SearchStore(work).FindAsync("Seed alpha", 0, 20)).ShouldHaveSingleItem().CustomerId.ShouldBe(b);
        (await store.RecordAsync(new CustomerDraft { Source = "x", Identities = [IdentityDraft.Card("CARDALPHA")] }, By, Now)).ShouldSatisfyAllConditions(r => r.Id.ShouldBe(b), r => r.IsNew.ShouldBeFalse());
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task merging_and_undoing_leaves_every_table_as_it_was(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var work = await data.WriteAsync();
        var (a, b, _) = (await CustomerRows.MakeAsync(work, "alpha"), await CustomerRows.MakeAsync(work, "beta"), await CustomerRows.MakeAsync(work, "gamma"));
        await CommonAsync(work, a, b);
        var before = await CustomerRows.DumpAsync(work);
        var merge = (await new MergeStore(work).MergeAsync(b, a, "same person", By, Now))!;
        (await CustomerRows.DumpAsync(work)).ShouldNotBe(before);
        (await new MergeStore(work).UndoAsync(merge.MergeId!.Value, By, Now))!.Refusal.ShouldBeNull();
        (await CustomerRows.DumpAsync(work)).ShouldBe(before);
        (await new MergeStore(work).UndoAsync(merge.MergeId.Value, By, Now))!.Refusal!.ShouldContain("undone already");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_step_that_waits_for_both_reaches_the_survivor_once(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var work = await data.WriteAsync();
        var (a, b) = (await CustomerRows.MakeAsync(work, "alpha"), await CustomerRows.MakeAsync(work, "beta"));
        await CommonAsync(work, a, b);
        await work.ExecuteAsync("update outbox set state = 'queued' where customer_id = @a", new { a });
        (await new MergeStore(work).MergeAsync(b, a, "same person", By, Now))!.Refusal.ShouldBeNull();
        (await work.ScalarAsync<string>("select state from outbox where customer_id = @a", new { a })).ShouldBe("cancelled");
        (await work.ScalarAsync<long>("select count(*) from outbox where customer_id = @b", new { b })).ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task the_survivor_keeps_every_no_of_both_and_each_keeps_what_was_told_in_between(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var work = await data.WriteAsync();
        var (a, b) = (await CustomerRows.MakeAsync(work, "alpha"), await CustomerRows.MakeAsync(work, "beta"));
        await SayAsync(work, a, "never call me", Channel.Phone, Now);
        await SayAsync(work, b, "no letters", Channel.Letter, Now);
        var before = await CustomerRows.DumpAsync(work);
        var merge = (await new MergeStore(work).MergeAsync(b, a, "same person", By, Now.Plus(Duration.FromHours(1))))!;
        (await RefusedAsync(work, b)).ShouldBe([Channel.Phone, Channel.Voice, Channel.Letter], ignoreOrder: true);
        await SayAsync(work, a, "no text messages", Channel.Sms, Now.Plus(Duration.FromHours(2)));
        await new MergeStore(work).UndoAsync(merge.MergeId!.Value, By, Now.Plus(Duration.FromHours(3)));
        (await RefusedAsync(work, a)).ShouldBe([Channel.Phone, Channel.Voice, Channel.Sms], ignoreOrder: true);
        (await RefusedAsync(work, b)).ShouldBe([Channel.Letter, Channel.Sms], ignoreOrder: true);
        (await CustomerRows.DumpAsync(work)).Where(line => !line.StartsWith("contact_state", StringComparison.Ordinal) && !line.Contains("no text messages", StringComparison.Ordinal))
            .ShouldBe(before.Where(line => !line.StartsWith("contact_state", StringComparison.Ordinal)));
    }

    // A statement waits while two are merged, and its own moment lies before that merge's: in another process, or by another clock.
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P5")]
    public async Task F6_a_no_that_waited_for_a_merge_binds_both_after_they_are_parted(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var work = await data.WriteAsync();
        var (a, b) = (await CustomerRows.MakeAsync(work, "alpha"), await CustomerRows.MakeAsync(work, "beta"));
        var merge = (await new MergeStore(work).MergeAsync(b, a, "same person", By, Now.Plus(Duration.FromSeconds(2))))!;
        await SayAsync(work, a, "no text messages", Channel.Sms, Now);
        (await RefusedAsync(work, b)).ShouldContain(Channel.Sms);
        (await new MergeStore(work).UndoAsync(merge.MergeId!.Value, By, Now.Plus(Duration.FromSeconds(3))))!.Refusal.ShouldBeNull();
        (await RefusedAsync(work, a)).ShouldContain(Channel.Sms);
        (await RefusedAsync(work, b)).ShouldContain(Channel.Sms);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task nested_merges_are_undone_in_any_order(string engine)
    {
        int[][] orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var work = await data.WriteAsync();
        var (a, b, c, d) = (await CustomerRows.MakeAsync(work, "alpha"), await CustomerRows.MakeAsync(work, "beta"), await CustomerRows.MakeAsync(work, "gamma"), await CustomerRows.MakeAsync(work, "delta"));
        await CommonAsync(work, a, b);
        await CommonAsync(work, a, c);
        await CommonAsync(work, a, d);
        var before = await CustomerRows.DumpAsync(work);
        foreach (var order in orders)
        {
            var store = new MergeStore(work);
            // a into b, b into c; d into c as well.
            Guid[] merges =
            [
                (await store.MergeAsync(b, a, "1", By, Now))!.MergeId!.Value,
                (await store.MergeAsync(c, b, "2", By, Now.Plus(Duration.FromHours(1))))!.MergeId!.Value,
                (await store.MergeAsync(c, d, "3", By, Now.Plus(Duration.FromHours(2))))!.MergeId!.Value,
            ];
            (await store.FamilyAsync(c)).Count.ShouldBe(4);
            (await store.MergeAsync(a, d, "again", By, Now))!.Refusal!.ShouldContain("same customer already");
            foreach (var n in order) (await store.UndoAsync(merges[n], By, Now.Plus(Duration.FromDays(1))))!.Refusal.ShouldBeNull();
            (await CustomerRows.DumpAsync(work)).ShouldBe(before, string.Join(' ', order));
        }
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task what_comes_after_a_merge_stays_with_the_survivor(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var work = await data.WriteAsync();
        var (a, b) = (await CustomerRows.MakeAsync(work, "alpha"), await CustomerRows.MakeAsync(work, "beta"));
        var merge = (await new MergeStore(work).MergeAsync(b, a, "same person", By, Now))!;
        (await new TimelineStore(work).AppendAsync(a, [Touch("later")], Now)).ShouldBe(1);
        await new MergeStore(work).UndoAsync(merge.MergeId!.Value, By, Now);
        (await new CustomerStore(work).OpenAsync(By, a))!.Touchpoints.ShouldBe(1);
        (await new CustomerStore(work).OpenAsync(By, b))!.Touchpoints.ShouldBe(2);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_touchpoint_recorded_during_a_merge_ends_with_the_survivor(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        for (var round = 0; round < 5; round++)
        {
            Guid a, b;
            await using (var work = await data.WriteAsync())
            {
                (a, b) = (await CustomerRows.MakeAsync(work, $"alpha{round}"), await CustomerRows.MakeAsync(work, $"beta{round}"));
                await work.CommitAsync();
            }
            var appends = Enumerable.Range(0, 12).Select(n => Task.Run(async () =>
            {
                await using var work = await data.WriteAsync();
                await new TimelineStore(work).AppendAsync(n % 2 == 0 ? a : b, [Touch($"race {n}")], Now);
                await work.CommitAsync();
            }));
            var merge = Task.Run(async () =>
            {
                await using var work = await data.WriteAsync();
                (await new MergeStore(work).MergeAsync(b, a, "race", By, Now))!.Refusal.ShouldBeNull();
                await work.CommitAsync();
            });
            await Task.WhenAll([.. appends, merge]);
            await using var read = await data.ReadAsync();
            (await read.ScalarAsync<long>("select count(*) from touchpoint where customer_id = @a", new { a })).ShouldBe(0);
            (await read.ScalarAsync<long>("select count(*) from touchpoint where customer_id = @b", new { b })).ShouldBe(14);
            (await read.ScalarAsync<long>("select touchpoints from timeline_rollup where customer_id = @b", new { b })).ShouldBe(14);
        }
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_merge_that_makes_no_sense_is_refused_with_its_reason(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var work = await data.WriteAsync();
        var (a, b) = (await CustomerRows.MakeAsync(work, "alpha"), await CustomerRows.MakeAsync(work, "beta"));
        var firm = (await new CustomerStore(work).RecordAsync(new CustomerDraft { Source = "t", Name = "Firm", Kind = CustomerKind.Account }, By, Now)).Id;
        var store = new MergeStore(work);
        (await store.MergeAsync(a, a, "", By, Now))!.Refusal!.ShouldContain("same customer already");
        (await store.MergeAsync(firm, a, "", By, Now))!.Refusal!.ShouldContain("member of the account");
        (await store.MergeAsync(a, Ids.New(Now), "", By, Now)).ShouldBeNull();
        (await store.UndoAsync(Ids.New(Now), By, Now)).ShouldBeNull();
        await work.ExecuteAsync("update outbox set state = 'in_flight' where customer_id = @b", new { b });
        (await store.MergeAsync(a, b, "", By, Now))!.Refusal!.ShouldContain("being sent right now");
    }

    private static async Task SayAsync(UnitOfWork work, Guid customerId, string words, Channel no, Instant at) =>
        (await new PreferenceStore(work).RecordAsync(
            new PreferenceStatement
            {
                CustomerId = customerId,
                StatementId = Ids.New(at),
                SaidAt = at,
                Place = StatementPlace.Call,
                Words = words,
                Basis = StatementBasis.Volunteered,
                Wish = new Wish { NoChannels = [no] },
                RecordedBy = "system:test",
                RecordedAt = at,
                Source = "test",
                SourceId = words,
            },
            at)).ShouldNotBeNull();

    private static async Task<IReadOnlyList<Channel>> RefusedAsync(UnitOfWork work, Guid customerId)
    {
        var wishes = await new PreferenceStore(work).WishesAsync(customerId);
        return [.. wishes.Purposes.SelectMany(purpose => purpose.Refused.Select(refused => refused.Channel)).Distinct()];
    }

    // The same mail address, the same touchpoint of the same source and the same waiting step at both.
    private static async Task CommonAsync(UnitOfWork work, Guid one, Guid other)
    {
        await new CustomerStore(work).RecordAsync(new CustomerDraft { Source = "t", Identities = [IdentityDraft.Card(await CardAsync(work, other)), IdentityDraft.Email("shared@example.com")] }, By, Now);
        await new CustomerStore(work).RecordAsync(new CustomerDraft { Source = "t", Identities = [IdentityDraft.Card(await CardAsync(work, one)), IdentityDraft.Email("shared@example.com")] }, By, Now);
        await new TimelineStore(work).AppendAsync(one, [Touch("common")], Now);
        await new TimelineStore(work).AppendAsync(other, [Touch("common")], Now);
        await work.ExecuteAsync("update outbox set step = 'the same' where customer_id in (@one, @other)", new { one, other });
    }

    private static async Task<string> CardAsync(UnitOfWork work, Guid id) =>
        (await work.ScalarAsync<string>("select value from identity where customer_id = @id and kind = 'card'", new { id }))!;

    private static Touchpoint Touch(string id) => new() { At = Now, Department = Department.Service, Kind = "call", Summary = id, Source = "race", SourceId = id };
}
