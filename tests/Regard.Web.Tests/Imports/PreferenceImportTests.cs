using Regard.Contact;
using Regard.Kit;

namespace Regard.Imports;

[Trait("req", "P5"), Trait("req", "F7")]
public sealed class PreferenceImportTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_file_of_wishes_only_takes_away_and_a_second_run_adds_nothing(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var anna = await data.CustomerAsync();
        await data.SayAsync(anna, new Wish { Purposes = [new PurposeWish(Purpose.Research, [Channel.Email])] }, Instant.FromUtc(2020, 1, 1, 0, 0), "you may ask me");
        const string file = """
            email,external_id,purpose,channels,hours,words,said_at
            Anna@Example.org,,care,email portal,,"Please, no calls",2020-01-05T10:00:00Z
            ,test:anna,marketing,email,,,2020-01-06
            ,test:anna,care,"email, phone",,,2020-01-06
            ,test:anna,service,email,mon-fri 09:00-17:00,,2020-01-07
            ,test:anna,service,email,mon-fri 08:00-17:00,,2020-01-08
            ,test:anna,research,none,,,2020-02-01
            nobody@example.org,,all,none,,,2020-01-05
            ,test:anna,gossip,email,,,2020-01-05
            ,test:anna,care,pigeon,,,2020-01-05
            ,test:anna,care,none,,,2099-01-01
            """;
        var report = (await data.ImportAsync(file, "regard", ImportKind.Preferences)).Report;
        (report.Read, report.New, report.Unchanged, report.RejectedLines).ShouldBe((10, 3, 0, 7));
        report.Rejected.ShouldBe(new SortedDictionary<string, long>(StringComparer.Ordinal)
        {
            ["an import cannot loosen a wish"] = 3,
            ["said in the future"] = 1,
            ["unknown customer"] = 1,
            ["unreadable channels"] = 1,
            ["unreadable purpose"] = 1,
        });
        await using (var work = await data.ReadAsync())
        {
            var store = new PreferenceStore(work);
            (await store.StatementsAsync(anna)).Where(said => said.Place == StatementPlace.Import).ShouldAllBe(said => said.Basis == StatementBasis.Imported);
            var wishes = await store.WishesAsync(anna);
            Loosening.IsClosed(wishes, Purpose.Research).ShouldBeTrue("a no in a file takes back an earlier yes");
            Loosening.IsClosed(wishes, Purpose.Marketing).ShouldBeTrue();
            wishes.For(Purpose.Care)!.Refused.Single(refused => refused.Channel == Channel.Phone).Said.Words.ShouldBe("Please, no calls");
        }
        (await data.AskAsync(ContactKit.Request(anna, "call", Purpose.Care, Channel.Phone))).Channel.ShouldBeNull();

        var again = (await data.ImportAsync(file, "regard", ImportKind.Preferences)).Report;
        (again.New, again.Unchanged, again.RejectedLines).ShouldBe((0, 3, 7));
        await using var read = await data.ReadAsync();
        (await new PreferenceStore(read).StatementsAsync(anna)).Count.ShouldBe(4);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task customers_nobody_knows_are_made_only_when_the_mapping_says_so(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        const string mapping = """{"source": "crm", "delimiter": ";", "columns": {"Mail": "email", "Wunsch": "words", "Wege": "channels"}, "constants": {"purpose": "all"}MORE}""";
        const string file = "Mail;Wege;Wunsch\neva@example.org;none;Nie wieder\nbo@example.org;email;Nur Mail\n";
        var strict = (await data.ImportAsync(file, "csv", ImportKind.Preferences, mapping.Replace("MORE", "", StringComparison.Ordinal))).Report;
        (strict.New, strict.Rejected["unknown customer"]).ShouldBe((0, 2));
        var open = (await data.ImportAsync(file, "csv", ImportKind.Preferences, mapping.Replace("MORE", ", \"make_customers\": true", StringComparison.Ordinal))).Report;
        (open.New, open.Records["customers"]).ShouldBe((2, 2));
        await using var work = await data.ReadAsync();
        var eva = (await new Customers.CustomerStore(work).ResolveAsync(Customers.IdentityKind.Email, "eva@example.org"))!.Value;
        var wishes = await new PreferenceStore(work).WishesAsync(eva);
        Purposes.All.ShouldAllBe(purpose => Loosening.IsClosed(wishes, purpose));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task whoever_did_not_accept_marketing_in_an_export_gets_none_and_an_acceptance_opens_nothing(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        const string file = """
            Name,Email,Currency,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Accepts Marketing
            #1,ana@example.org,EUR,2021-03-01 10:15:00 +0100,1,Pot,20.00,TEA,no
            #2,ana@example.org,EUR,2021-03-02 10:15:00 +0100,1,Pot,20.00,TEA,no
            #3,bo@example.org,EUR,2021-03-03 10:15:00 +0100,1,Pot,20.00,TEA,yes
            """;
        for (var run = 0; run < 2; run++)
        {
            var report = (await data.ImportAsync(file, "shopify")).Report;
            report.Ignored.ShouldBe(new SortedDictionary<string, long> { ["accepts marketing = yes (an import cannot loosen a wish)"] = 1 });
            report.RejectedLines.ShouldBe(0);
            report.Records.GetValueOrDefault("statements").ShouldBe(run == 0 ? 1 : 0, "told with every order, kept once");
        }
        await using var work = await data.ReadAsync();
        (await work.ListAsync<string>("select source_id from preference_statement")).ShouldBe(["accepts-marketing:#1"]);
        (await work.ScalarAsync<long>("select count(*) from contact_state")).ShouldBe(1);
    }
}
