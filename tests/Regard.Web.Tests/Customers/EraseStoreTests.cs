using System.Text.Json.Nodes;
using Regard.Access;
using Regard.Contact;
using Regard.Kit;
using Regard.Storage;

namespace Regard.Customers;

[Trait("req", "M1")]
public sealed class EraseStoreTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 1, 9, 0);

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task after_erasing_no_table_holds_a_word_about_the_customer_and_their_no_still_binds(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var work = await data.WriteAsync();
        var (a, b, other) = (await CustomerRows.MakeAsync(work, "qzalphaq"), await CustomerRows.MakeAsync(work, "qzbetaq"), await CustomerRows.MakeAsync(work, "qzotherq"));
        await new PreferenceStore(work).RecordAsync(
            new PreferenceStatement
            {
                CustomerId = a,
                StatementId = Ids.New(Now),
                SaidAt = Now,
                Place = StatementPlace.Call,
                Words = "qzalphaq says never call",
                Basis = StatementBasis.Volunteered,
                Wish = new Wish { NoChannels = [Channel.Phone] },
                RecordedBy = "system:test",
                RecordedAt = Now,
                Source = "test",
                SourceId = "1",
            },
            Now);
        (await new MergeStore(work).MergeAsync(b, a, "qzalphaq is qzbetaq", Actor.System("test"), Now))!.Refusal.ShouldBeNull();
        (await new EraseStore(work).EraseAsync(a, Now)).ShouldBeTrue();
        foreach (var name in await TablesAsync(work))
        {
            foreach (IDictionary<string, object?> row in await work.ListAsync<dynamic>($"select * from {name}"))
            {
                foreach (var (column, value) in row.Where(cell => cell.Value is string))
                {
                    ((string)value!).ShouldNotContain("qzalphaq", Case.Insensitive, $"{name}.{column}");
                    ((string)value!).ShouldNotContain("qzbetaq", Case.Insensitive, $"{name}.{column}");
                }
            }
        }
        (await new PreferenceStore(work).WishesAsync(b)).Purposes.SelectMany(p => p.Refused.Select(r => r.Channel)).ShouldContain(Channel.Phone);
        (await work.ScalarAsync<long>("select spend_minor from order_rollup where customer_id = @b", new { b })).ShouldBe(200);
        (await new CustomerStore(work).ResolveAsync(IdentityKind.Email, "qzalphaq@example.com")).ShouldBeNull();
        (await new SearchStore(work).FindAsync("qzotherq", 0, 20)).ShouldHaveSingleItem().CustomerId.ShouldBe(other);
        (await new MergeStore(work).MergeAsync(other, b, "x", Actor.System("test"), Now))!.Refusal!.ShouldContain("erased");
        (await new EraseStore(work).EraseAsync(Ids.New(Now), Now)).ShouldBeFalse();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task F16_erasing_a_customer_leaves_a_ledger_that_is_whole_and_in_which_a_change_is_still_found(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var anna = await data.CustomerAsync();
        await data.SayAsync(anna, new Wish { NoChannels = [Channel.Phone], Person = "Berta" }, ContactKit.Noon, "never call, ask Berta");
        foreach (var (step, channel) in new[] { ("1", Channel.Phone), ("2", Channel.Email), ("3", Channel.Phone) }) await data.AskAsync(ContactKit.Request(anna, step, channels: channel));
        await using var work = await data.WriteAsync();
        const string texts = "select cast(request as text) || cast(reasons as text) from contact_decision where customer_id = @anna";
        (await work.ListAsync<string>(texts, new { anna })).ShouldContain(text => text.Contains("never call, ask Berta"));
        (await new EraseStore(work).EraseAsync(anna, ContactKit.Noon)).ShouldBeTrue();
        (await work.ListAsync<string>(texts, new { anna })).ShouldAllBe(text => !text.Contains("never call") && !text.Contains("Berta"));
        (await work.ScalarAsync<long>("select count(*) from contact_decision where customer_id = @anna and verdict = 'refused'", new { anna })).ShouldBe(2, "refusals stay in it");
        (await LedgerStore.FindAsync(work)).ShouldBeEmpty();
        await work.ExecuteAsync("update contact_decision set verdict = 'permitted' where customer_id = @anna and seq = 1", new { anna });
        (await LedgerStore.FindAsync(work)).ShouldHaveSingleItem().ShouldContain("changed after it was written");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task the_customers_own_data_has_every_row_of_theirs_and_none_of_anybody_elses(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var work = await data.WriteAsync();
        var (a, b, _) = (await CustomerRows.MakeAsync(work, "alpha"), await CustomerRows.MakeAsync(work, "beta"), await CustomerRows.MakeAsync(work, "other"));
        await new MergeStore(work).MergeAsync(b, a, "same", Actor.System("test"), Now);
        var all = (await new DataExportStore(work).OfAsync(a))!;
        foreach (var table in CustomerTable.Moving) all[table.Name]!.AsArray().Count.ShouldBeGreaterThanOrEqualTo(2, table.Name);
        all["customer"]!.AsArray().Select(row => row!["customer_id"]!.GetValue<string>()).ShouldBe([a.ToString(), b.ToString()], ignoreOrder: true);
        all["touchpoint"]![0]!["at"]!.GetValue<string>().ShouldBe("2026-01-10T08:00:00Z");
        all["touchpoint"]![0]!["body"]!.ShouldBeOfType<JsonObject>();
        all.ToJsonString().ShouldNotContain("other@example.com");
        (await new DataExportStore(work).OfAsync(Ids.New(Now))).ShouldBeNull();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task checks_find_nothing_in_a_sound_record_and_name_what_was_bent(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var work = await data.WriteAsync();
        var (a, b) = (await CustomerAsync(work, "Anna Bergmann"), await CustomerAsync(work, "Carla Dietrich"));
        (await AllAsync(work)).ShouldBeEmpty();
        await new MergeStore(work).MergeAsync(b, a, "same", Actor.System("test"), Now);
        (await AllAsync(work)).ShouldBeEmpty();
        await work.ExecuteAsync("update timeline_rollup set touchpoints = 7 where customer_id = @b", new { b });
        await work.ExecuteAsync("delete from customer_term where customer_id = @b and term = 'carla'", new { b });
        await work.ExecuteAsync("delete from term_variant where term = 'dietrich'");
        await work.ExecuteAsync("delete from identity_lookup where customer_id = @b", new { b });
        var found = await AllAsync(work);
        found.Count(line => line.StartsWith("timeline_rollup", StringComparison.Ordinal)).ShouldBe(1);
        found.Count(line => line.StartsWith("customer_term", StringComparison.Ordinal)).ShouldBe(1);
        found.Count(line => line.StartsWith("term_variant", StringComparison.Ordinal)).ShouldBe(1);
        found.Count(line => line.StartsWith("identity of", StringComparison.Ordinal)).ShouldBe(2);
    }

    private static async Task<Guid> CustomerAsync(UnitOfWork work, string name)
    {
        var id = (await new CustomerStore(work).RecordAsync(
            new CustomerDraft { Source = "test", Name = name, Identities = [IdentityDraft.Email(name.Replace(' ', '.') + "@example.com")] }, Actor.System("test"), Now)).Id;
        await new Regard.Timeline.TimelineStore(work).AppendAsync(
            id, [new() { At = Now, Department = Regard.Timeline.Department.Store, Kind = "visit", Summary = "Visit", Source = "test", SourceId = name }], Now);
        return id;
    }

    private static async Task<IReadOnlyList<string>> AllAsync(UnitOfWork work) =>
        [.. await CustomerCheckStore.TimelineAsync(work), .. await CustomerCheckStore.IdentitiesAsync(work), .. await CustomerCheckStore.TermsAsync(work)];

    private static async Task<IReadOnlyList<string>> TablesAsync(UnitOfWork work) => await work.ListAsync<string>(
        work.Engine == Engine.Postgres
            ? "select table_name from information_schema.tables where table_schema = current_schema()"
            : "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'");
}
