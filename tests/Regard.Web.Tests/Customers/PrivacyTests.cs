using System.Net;
using System.Text.Json.Nodes;
using Regard.Access;
using Regard.Contact;
using Regard.Imports;
using Regard.Kit;
using Regard.Storage;

namespace Regard.Customers;

/// <summary>A customer asks for their data, and to be forgotten: in the portal, and through staff.</summary>
public sealed class PrivacyTests
{
    private const string Name = "qzelda";
    private const string Mail = "qzelda@example.org";
    private const string People = "id,mail,name\nqzelda,,Qzelda Again\n7,QZelda@example.org,Qzelda Again\n8,bo@example.org,Bo\n";
    private const string Mapping = """{"source": "test", "columns": {"id": "external_id", "mail": "email", "name": "name"}}""";

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P5")]
    public async Task whoever_is_erased_is_gone_from_every_table_and_the_checks_still_hold(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        var data = server.Data;
        var id = await TellingAsync(data);
        using var customer = await server.SignInCustomerAsync(id);
        var copy = JsonNode.Parse(await customer.GetStringAsync("/me/data/copy"))!["kept"]!;
        copy["preference_statement"]!.ToJsonString().ShouldContain("qzwords");
        copy["identity"]!.ToJsonString().ShouldContain(Mail);
        (await customer.PostFormAsync("/me/data/erase")).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await data.DifferencesAsync()).ShouldBeEmpty();
        (await (await customer.PostFormAsync("/me/data/erase", ("sure", "true"))).Content.ReadAsStringAsync()).ShouldContain("You are forgotten");
        (await customer.GetAsync("/me")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await WordsAsync(data)).ShouldBeEmpty();
        (await File.ReadAllTextAsync(Path.Combine(data.Settings.DataFolder, "rejects.csv"))).ShouldBe("line,reason,text\n2,unknown customer,\"\"\n");
        (await data.DifferencesAsync()).ShouldBeEmpty();
        await using var work = await data.WriteAsync();
        (await work.ScalarAsync<long>("select count(*) from contact_decision where customer_id = @id", new { id })).ShouldBeGreaterThan(0);
        (await work.ScalarAsync<long>("select count(*) from audit_entry where action = 'customer_erased' and actor = @by", new { by = $"customer:{id}" })).ShouldBe(1);
        await work.ExecuteAsync("update contact_decision set verdict = 'refused', channel = null where customer_id = @id and verdict = 'permitted'", new { id });
        (await LedgerStore.FindAsync(work)).ShouldContain(line => line.Contains("changed after it was written", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P5")]
    public async Task F7_no_file_brings_back_who_was_erased_and_who_comes_back_is_left_in_peace(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        var data = server.Data;
        var id = await data.CustomerAsync(Name);
        using var boss = await server.SignInAsync(Role.Administrator);
        (await boss.PostFormAsync($"/customers/{id}/copy")).Content.Headers.ContentDisposition!.FileName.ShouldBe("my-data.json");
        (await boss.PostFormAsync($"/customers/{id}/erase", ("sure", "true"))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await boss.GetAsync($"/customers/{id}/erase")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await boss.GetStringAsync("/settings/audit")).ShouldContain("Customer data exported");
        var run = await data.ImportAsync(People, "csv", ImportKind.Customers, Mapping);
        run.Report.ShouldSatisfyAllConditions(report => report.New.ShouldBe(1), report => report.Rejected.ShouldContainKeyAndValue("asked to be forgotten", 2));
        (await WordsAsync(data)).ShouldBeEmpty();
        await using var work = await data.WriteAsync();
        var back = await new CustomerStore(work).RecordAsync(new CustomerDraft { Name = "Zelda", Source = "shop", Identities = [IdentityDraft.Email(Mail)] }, ContactKit.By, ContactKit.Noon);
        back.ShouldSatisfyAllConditions(customer => customer.IsNew.ShouldBeTrue(), customer => customer.Id.ShouldNotBe(id));
        var answer = await new ContactDesk(work).PreviewAsync(ContactKit.Request(back.Id), ContactKit.Noon);
        answer!.Verdict.ShouldBe(VerdictKind.Refused);
        answer.Reasons.ShouldContain(reason => reason.Said != null && reason.Said.Words!.Contains("forgotten", StringComparison.Ordinal));
    }

    /// <summary>A customer with words in every corner: a merged profile, a wish that a decision quotes, a person they named, events that wait, a rejected line.</summary>
    private static async Task<Guid> TellingAsync(TestDatabase data)
    {
        var (id, other) = (await data.CustomerAsync(Name), await data.CustomerAsync("qzdouble"));
        await data.SayAsync(other, new Wish { NoChannels = [Channel.Phone] }, ContactKit.Noon, "qzwords: no calls, please");
        await data.SayAsync(id, new Wish { Purposes = [new(Purpose.Care, [Channel.Email])], Person = "Qzanna" }, ContactKit.Noon, "qzwords: do write");
        (await data.AskAsync(ContactKit.Request(id))).Verdict.ShouldBe(VerdictKind.Permitted);
        (await data.AskAsync(ContactKit.Request(other, "call", Purpose.Care, Channel.Phone))).Verdict.ShouldBe(VerdictKind.Refused);
        await data.ImportAsync("id,mail,name\n9,cy@example.org,Cy\n", "csv", ImportKind.Customers, Mapping);
        var rejects = Path.Combine(data.Settings.DataFolder, "rejects.csv");
        await File.WriteAllTextAsync(rejects, $"line,reason,text\n2,unknown customer,\"{Mail},\"\"a\nb\"\"\"\n");
        await using var work = await data.WriteAsync();
        (await new MergeStore(work).MergeAsync(id, other, "qzdouble is qzelda", ContactKit.By, ContactKit.Noon))!.Refusal.ShouldBeNull();
        await work.ExecuteAsync("update import_run set rejects_file = @rejects", new { rejects });
        foreach (var (message, person, state) in new[] { ("1", "test:qzelda", "held"), ("2", null, "quarantined"), ("3", "test:qzelda", "done") })
            await work.ExecuteAsync(
                """
                insert into ingest_event (message_id, source, received_at, due_at, ordinal, part, person, type, body, state, reason)
                values (@message, 'key', @Noon, @Noon, 0, 0, @person, 'track', @body, @state, 'x')
                """,
                new { message, person, state, ContactKit.Noon, body = state == "done" ? null : """{"traits": {"email": "QZelda@example.org"}}""" });
        await work.CommitAsync();
        return id;
    }

    /// <summary>Every cell of every table in which something of the customer can be read.</summary>
    private static async Task<IReadOnlyList<string>> WordsAsync(TestDatabase data)
    {
        await using var work = await data.ReadAsync();
        var found = new List<string>();
        var tables = await work.ListAsync<string>(
            work.Engine == Engine.Postgres
                ? "select table_name from information_schema.tables where table_schema = current_schema()"
                : "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'");
        foreach (var table in tables)
            foreach (IDictionary<string, object?> row in await work.ListAsync<dynamic>($"select * from {table}"))
                found.AddRange(row.Where(cell => cell.Value is string text && (text.Contains("qz", StringComparison.OrdinalIgnoreCase) && !IsOurs(text))).Select(cell => $"{table}.{cell.Key}: {cell.Value}"));
        return found;
    }

    // Base64 of keys may hold any two letters beside each other.
    private static bool IsOurs(string text) => !text.Contains("qzelda", StringComparison.OrdinalIgnoreCase) && !text.Contains("qzwords", StringComparison.Ordinal)
        && !text.Contains("qzanna", StringComparison.OrdinalIgnoreCase) && !text.Contains("qzdouble", StringComparison.Ordinal);
}
