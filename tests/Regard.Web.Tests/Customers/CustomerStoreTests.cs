using Regard.Access;
using Regard.Kit;
using Regard.Storage;

namespace Regard.Customers;

[Trait("req", "M1")]
public sealed class CustomerStoreTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 1, 9, 0);

    private static readonly Actor By = Actor.System("test");

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_customer_is_found_again_by_any_of_their_identities_however_it_is_written(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var work = await data.WriteAsync();
        var store = new CustomerStore(work);
        var draft = new CustomerDraft
        {
            GivenName = "Anna",
            FamilyName = "Größe",
            Country = "DE",
            Source = "shop",
            Identities = [IdentityDraft.Email(" Anna.Groesse@Example.COM "), IdentityDraft.Phone("0171 2345678"), IdentityDraft.Card("ab 12-34"), IdentityDraft.External("Shopify", "77")],
        };
        var first = await store.RecordAsync(draft, By, Now);
        first.IsNew.ShouldBeTrue();
        (await store.ResolveAsync(IdentityKind.Email, "ANNA.groesse@example.com")).ShouldBe(first.Id);
        (await store.ResolveAsync(IdentityKind.Phone, "+49 171 2345678")).ShouldBe(first.Id);
        (await store.ResolveAsync(IdentityKind.Phone, "0171/2345678", "DE")).ShouldBe(first.Id);
        (await store.ResolveAsync(IdentityKind.Card, "AB1234")).ShouldBe(first.Id);
        (await store.ResolveAsync(IdentityKind.External, "shopify:77")).ShouldBe(first.Id);
        (await store.ResolveAsync(IdentityKind.Email, "somebody.else@example.com")).ShouldBeNull();
        (await store.RecordAsync(draft with { Language = "de" }, By, Now)).ShouldBe(new RecordedCustomer(first.Id, false) { PossibleDuplicates = [], Unreadable = [] }, new SameCustomer());
        var profile = (await store.OpenAsync(By, first.Id))!;
        profile.Name.ShouldBe("Anna Größe");
        profile.Language.ShouldBe("de");
        profile.Identities.Select(i => i.Value).ShouldBe(["anna.groesse@example.com", "+491712345678", "AB1234", "shopify:77"], ignoreOrder: true);
        profile.Version.ShouldBe(2);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task what_is_known_is_never_overwritten_by_a_later_source(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var work = await data.WriteAsync();
        var store = new CustomerStore(work);
        var email = IdentityDraft.Email("kim@example.com");
        var id = (await store.RecordAsync(new CustomerDraft { Source = "web", Identities = [email] }, By, Now)).Id;
        (await store.OpenAsync(By, id))!.Name.ShouldBe("kim@example.com");
        await store.RecordAsync(new CustomerDraft { Source = "shop", Name = "Kim Olsen", Country = "no", Identities = [email] }, By, Now);
        await store.RecordAsync(new CustomerDraft { Source = "crm", Name = "K. O.", Country = "SE", Identities = [email] }, By, Now);
        var profile = (await store.OpenAsync(By, id))!;
        (profile.Name, profile.Country).ShouldBe(("Kim Olsen", "NO"));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task an_identity_that_another_customer_holds_is_kept_but_stays_theirs(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var work = await data.WriteAsync();
        var store = new CustomerStore(work);
        var phone = IdentityDraft.Phone("+4712345678");
        var mother = (await store.RecordAsync(new CustomerDraft { Source = "shop", Name = "Mother", Identities = [phone] }, By, Now)).Id;
        await store.RecordAsync(new CustomerDraft { Source = "shop", Name = "Daughter", Identities = [IdentityDraft.Email("d@example.com")] }, By, Now);
        var daughter = await store.RecordAsync(new CustomerDraft { Source = "shop", Identities = [phone, IdentityDraft.Email("d@example.com")] }, By, Now);
        daughter.IsNew.ShouldBeFalse();
        daughter.Id.ShouldNotBe(mother);
        daughter.PossibleDuplicates.ShouldBe([mother]);
        (await store.OpenAsync(By, daughter.Id))!.Identities.Count.ShouldBe(2);
        (await store.ResolveAsync(IdentityKind.Phone, "+4712345678")).ShouldBe(mother);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task unreadable_identities_are_told_and_not_kept(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var work = await data.WriteAsync();
        var recorded = await new CustomerStore(work).RecordAsync(
            new CustomerDraft { Source = "shop", Identities = [IdentityDraft.Email("no address"), IdentityDraft.Phone("0171 2345678"), IdentityDraft.Card("x")] }, By, Now);
        recorded.Unreadable.Count.ShouldBe(3);
        (await new CustomerStore(work).OpenAsync(By, recorded.Id))!.Identities.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task processes_that_record_the_same_new_customer_at_once_end_with_one(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        for (var round = 0; round < 10; round++)
        {
            IdentityDraft[] identities = [IdentityDraft.Email($"race{round}@example.com"), IdentityDraft.Phone($"+4712345{round:000}"), IdentityDraft.External("crm", $"{round}")];
            var recorded = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(async () =>
            {
                await using var work = await data.WriteAsync();
                var mine = new CustomerDraft { Source = $"node{n}", Name = $"Racer {round}", Identities = [.. identities.Skip(n % 3), .. identities.Take(n % 3)] };
                var result = await new CustomerStore(work).RecordAsync(mine, By, Now);
                await work.CommitAsync();
                return result;
            })));
            recorded.Select(r => r.Id).Distinct().Count().ShouldBe(1);
            recorded.Count(r => r.IsNew).ShouldBe(1);
        }
        await using var read = await data.ReadAsync();
        (await read.ScalarAsync<long>("select count(*) from customer")).ShouldBe(10);
        (await read.ScalarAsync<long>("select count(*) from identity")).ShouldBe(30);
        (await read.ScalarAsync<long>("select count(*) from identity_lookup l where not exists (select 1 from customer c where c.customer_id = l.customer_id)")).ShouldBe(0);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_customer_in_the_portal_reaches_only_themselves(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var work = await data.WriteAsync();
        var store = new CustomerStore(work);
        var me = (await store.RecordAsync(new CustomerDraft { Source = "shop", Name = "Me" }, By, Now)).Id;
        var you = (await store.RecordAsync(new CustomerDraft { Source = "shop", Name = "You" }, By, Now)).Id;
        (await store.OpenAsync(Actor.Customer(me, "Me"), me)).ShouldNotBeNull();
        (await store.OpenAsync(Actor.Customer(me, "Me"), you)).ShouldBeNull();
        (await store.OpenAsync(Actor.Key(you, "events", [Right.EventsWrite]), you)).ShouldBeNull();
        (await store.OpenAsync(Actor.Staff(Ids.New(Now), "Auditor", Role.Auditor), you)).ShouldNotBeNull();
        (await store.OpenAsync(By, Ids.New(Now))).ShouldBeNull();
    }

    private sealed class SameCustomer : IEqualityComparer<RecordedCustomer>
    {
        public bool Equals(RecordedCustomer? x, RecordedCustomer? y) =>
            x?.Id == y?.Id && x?.IsNew == y?.IsNew && x!.PossibleDuplicates.SequenceEqual(y!.PossibleDuplicates) && x.Unreadable.SequenceEqual(y.Unreadable);

        public int GetHashCode(RecordedCustomer obj) => obj.Id.GetHashCode();
    }
}
