using System.Net;
using NodaTime.Testing;
using Regard.Access;
using Regard.Contact;
using Regard.Customers;
using Regard.Kit;
using Regard.Storage;

namespace Regard.Post;

public sealed class LetterBatchTests
{
    private static readonly Wish Paper = new() { Purposes = [new PurposeWish(Purpose.Care, [Channel.Letter])] };

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P5")]
    public async Task a_letter_waits_for_people_is_decided_again_and_is_in_one_batch(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var (anna, otto) = (await ReaderAsync(data), await ReaderAsync(data, "otto"));
        foreach (var customer in new[] { anna, otto }) (await data.AskAsync(ContactKit.Request(customer, channels: Channel.Letter))).Channel.ShouldBe(Channel.Letter);
        // Nothing sends a letter by itself.
        await using (var sink = new SmtpSink())
            (await new Dispatch(data.Database, data.Settings, new FakeClock(ContactKit.Noon), new Channels.SmtpRoute(Channels.SmtpServer.Read(sink.Address)), "one").RunAsync(10, CancellationToken.None)).ShouldBe(0);
        await using (var work = await data.WriteAsync())
        {
            // A wish of which the outbox was not told, as after a merge.
            await work.ExecuteAsync("update outbox set state = 'in_flight' where customer_id = @otto", new { otto });
            await work.CommitAsync();
        }
        await data.SayAsync(otto, new Wish { NoChannels = [Channel.Letter] }, ContactKit.Noon, "no letters");
        await using (var work = await data.WriteAsync())
        {
            await work.ExecuteAsync("update outbox set state = 'queued' where customer_id = @otto", new { otto });
            await work.CommitAsync();
        }
        var made = await Desk(data).MakeAsync(ContactKit.By, CancellationToken.None);
        (made.Letters, made.HeldBack).ShouldBe((1, 1));
        var letter = (await LettersAsync(data, made)).ShouldHaveSingleItem();
        (letter.Recipient, letter.Street, letter.PostalCode, letter.City, letter.Country).ShouldBe(("anna", "Hauptstraße 1", "10115", "Berlin", "DE"));
        (letter.Salutation, letter.Content).ShouldBe(("Dear customer,", "the price changes."));
        (await StateAsync(data, anna), await StateAsync(data, otto)).ShouldBe(("printed", "cancelled"));
        (await Desk(data).MakeAsync(ContactKit.By, CancellationToken.None)).BatchId.ShouldBeNull("nothing is due any more");
        await using var read = await data.ReadAsync();
        (await LedgerStore.FindAsync(read)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P6")]
    public async Task a_no_that_comes_before_the_post_takes_the_letter_out_of_its_batch(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var (anna, otto, pia) = (await ReaderAsync(data), await ReaderAsync(data, "otto"), await ReaderAsync(data, "pia"));
        foreach (var customer in new[] { anna, otto, pia }) await data.AskAsync(ContactKit.Request(customer, channels: Channel.Letter));
        var made = await Desk(data).MakeAsync(ContactKit.By, CancellationToken.None);
        (await data.SayAsync(anna, new Wish { NoChannels = [Channel.Letter] }, ContactKit.Noon, "no letters")).HeldBack.ShouldBe(1);
        await data.SayAsync(otto, new Wish { PauseUntil = ContactKit.Noon + Duration.FromDays(7) }, ContactKit.Noon, "not this week");
        (await LettersAsync(data, made)).Where(letter => letter.State == "withdrawn").Select(letter => letter.CustomerId).ShouldBe([anna, otto], ignoreOrder: true);
        (await StateAsync(data, anna), await StateAsync(data, otto)).ShouldBe(("cancelled", "queued"));
        (await Desk(data).PostedAsync(made.BatchId!.Value, ContactKit.By, CancellationToken.None)).ShouldBe(1);
        (await StateAsync(data, anna), await StateAsync(data, pia)).ShouldBe(("cancelled", "sent"));
        var later = await Desk(data, ContactKit.Noon + Duration.FromDays(8)).MakeAsync(ContactKit.By, CancellationToken.None);
        (await LettersAsync(data, later)).ShouldHaveSingleItem().CustomerId.ShouldBe(otto);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task F6_a_merge_with_somebody_who_wants_no_letters_takes_a_printed_letter_out(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var (anna, otto) = (await ReaderAsync(data), await data.CustomerAsync("otto"));
        await data.SayAsync(otto, new Wish { NoChannels = [Channel.Letter] }, ContactKit.Noon, "no letters");
        await data.AskAsync(ContactKit.Request(anna, channels: Channel.Letter));
        var made = await Desk(data).MakeAsync(ContactKit.By, CancellationToken.None);
        await using (var work = await data.WriteAsync())
        {
            (await new MergeStore(work).MergeAsync(otto, anna, "the same", ContactKit.By, ContactKit.Noon)).ShouldNotBeNull();
            await work.CommitAsync();
        }
        var letter = (await LettersAsync(data, made)).ShouldHaveSingleItem();
        (letter.CustomerId, letter.State).ShouldBe((otto, "withdrawn"));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task F11_a_printed_letter_counts_towards_a_limit_and_one_that_is_given_back_does_not(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var anna = await ReaderAsync(data);
        await data.SayAsync(anna, new Wish { Limits = [new ContactLimit(null, 1, 30)] }, ContactKit.Noon);
        await data.AskAsync(ContactKit.Request(anna, channels: Channel.Letter));
        var made = await Desk(data).MakeAsync(ContactKit.By, CancellationToken.None);
        (await data.AskAsync(ContactKit.Request(anna, "second", channels: Channel.Letter))).Verdict.ShouldBe(VerdictKind.Refused);
        var letter = (await LettersAsync(data, made)).Single();
        (await Desk(data).FinishAsync(letter.BatchId, letter.LetterId, false, ContactKit.By, CancellationToken.None)).ShouldBeTrue();
        (await Desk(data).FinishAsync(letter.BatchId, letter.LetterId, true, ContactKit.By, CancellationToken.None)).ShouldBeFalse("it was given back");
        (await data.AskAsync(ContactKit.Request(anna, "third", channels: Channel.Letter))).Verdict.ShouldBe(VerdictKind.Permitted);
        (await StateAsync(data, anna, "step")).ShouldBe("failed");
        await using var work = await data.ReadAsync();
        (await work.ScalarAsync<long>("select count(*) from care_task where customer_id = @anna and title like 'A letter was not posted%'", new { anna })).ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task F12_two_people_who_make_a_batch_at_once_print_each_letter_once(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        for (var n = 0; n < 6; n++) await data.AskAsync(ContactKit.Request(await ReaderAsync(data, $"reader{(char)('a' + n)}"), channels: Channel.Letter));
        var made = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => Desk(data).MakeAsync(ContactKit.By, CancellationToken.None))));
        var letters = new List<LetterRow>();
        foreach (var batch in made.Where(batch => batch.BatchId is not null)) letters.AddRange(await LettersAsync(data, batch));
        // Whoever met another at the customer has passed on; what was left is in the next batch.
        if (await Desk(data).MakeAsync(ContactKit.By, CancellationToken.None) is { BatchId: not null } rest) letters.AddRange(await LettersAsync(data, rest));
        letters.Select(letter => letter.OutboxId).Distinct().Count().ShouldBe(6);
        letters.Count.ShouldBe(6);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_batch_whose_making_was_interrupted_is_there_and_goes_on(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        using var client = await server.SignInAsync(Role.Agent);
        var batchId = Ids.New(ContactKit.Noon);
        await using (var work = await server.Data.WriteAsync())
        {
            await new LetterBatchStore(work).BeginAsync(batchId, "test", ContactKit.Noon);
            await work.CommitAsync();
        }
        await server.Data.AskAsync(ContactKit.Request(await ReaderAsync(server.Data), channels: Channel.Letter) with { LatestUseful = server.Clock.GetCurrentInstant() + Duration.FromDays(5) });
        (await client.GetStringAsync($"/letters/{batchId}")).ShouldContain("This batch was not finished");
        (await client.GetAsync($"/letters/{batchId}/letters.csv", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound, "there is no file of what may still grow");
        await client.PostFormAsync($"/letters/{batchId}/go-on");
        var first = await client.GetStringAsync($"/letters/{batchId}/letters.csv");
        first.ShouldContain("Hauptstraße 1");
        await client.PostFormAsync($"/letters/{batchId}/go-on");
        (await client.GetStringAsync($"/letters/{batchId}/letters.csv")).ShouldBe(first);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P5")]
    public async Task staff_make_print_and_post_a_batch_and_the_file_stays_the_same(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        using var client = await server.SignInAsync(Role.Agent);
        var anna = await ReaderAsync(server.Data, "anna, \"the\" <first>");
        await server.Data.AskAsync(ContactKit.Request(anna, channels: Channel.Letter) with { LatestUseful = server.Clock.GetCurrentInstant() + Duration.FromDays(5) });
        (await client.GetStringAsync("/letters")).ShouldContain("Make a batch of 1 letter");
        var made = await client.PostFormAsync("/letters");
        var path = made.Headers.Location!.OriginalString;
        var file = await client.GetStringAsync(path + "/letters.csv");
        file.ShouldStartWith("number,recipient,street,postal_code,city,region,country,address,salutation,subject,text,language,letter_id\r\n");
        file.ShouldContain("1,\"anna, \"\"the\"\" <first>\",Hauptstraße 1,10115,Berlin,,DE,");
        (await client.GetStringAsync(path + "/print")).ShouldContain("anna, &quot;the&quot; &lt;first&gt;");
        (await StateAsync(server.Data, anna)).ShouldBe("printed", "looking changes nothing");
        await client.PostFormAsync(path + "/posted");
        (await StateAsync(server.Data, anna)).ShouldBe("sent");
        (await client.GetStringAsync(path + "/letters.csv")).ShouldBe(file);
        (await client.GetStringAsync($"/customers/{anna}?kind=letter")).ShouldContain("A change");
        var letterId = file.Trim().Split(',')[^1];
        await client.PostFormAsync($"{path}/{letterId}/came-back");
        (await server.Data.AskAsync(ContactKit.Request(anna, "next", channels: Channel.Letter))).Reasons.ShouldContain(reason => reason.Code == ReasonCode.Undeliverable);
        (await server.Data.SayAsync(anna, new Wish { Language = "de" }, ContactKit.Noon)).Wishes.For(Purpose.Care)!.Channels.ShouldBe([Channel.Letter], "a letter that came back is no wish");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_print_service_takes_batches_over_the_api(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        using var client = await server.WithKeyAsync(Right.ContactsWrite);
        await server.Data.AskAsync(ContactKit.Request(await ReaderAsync(server.Data), channels: Channel.Letter) with { LatestUseful = server.Clock.GetCurrentInstant() + Duration.FromDays(5) });
        var made = System.Text.Json.JsonDocument.Parse(await (await client.PostAsync("/api/v1/letter_batches", null, TestContext.Current.CancellationToken)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var id = made.RootElement.GetProperty("batch_id").GetString();
        (await client.GetStringAsync($"/api/v1/letter_batches/{id}/letters", TestContext.Current.CancellationToken)).ShouldContain("\"postal_code\":\"10115\"");
        (await client.GetStringAsync($"/api/v1/letter_batches/{id}/letters.csv", TestContext.Current.CancellationToken)).ShouldContain("10115");
        var posted = await client.PostAsync($"/api/v1/letter_batches/{id}/posted", null, TestContext.Current.CancellationToken);
        (await posted.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("""{"posted":1}""");
        (await client.PostAsync($"/api/v1/letter_batches/{Ids.New(ContactKit.Noon)}/posted", null, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task an_erased_customers_letter_is_in_no_file_any_more(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var anna = await ReaderAsync(data);
        await data.AskAsync(ContactKit.Request(anna, channels: Channel.Letter));
        var made = await Desk(data).MakeAsync(ContactKit.By, CancellationToken.None);
        await using (var work = await data.WriteAsync())
        {
            await new EraseStore(work).EraseAsync(anna, ContactKit.Noon);
            await work.CommitAsync();
        }
        (await LettersAsync(data, made)).ShouldBeEmpty();
        (await StateAsync(data, anna)).ShouldBe("cancelled");
    }

    private static LetterDesk Desk(TestDatabase data, Instant? at = null) => new(data.Database, new FakeClock(at ?? ContactKit.Noon));

    private static async Task<Guid> ReaderAsync(TestDatabase data, string name = "anna")
    {
        var customer = await data.CustomerAsync(name.Split(',')[0]);
        await using (var work = await data.WriteAsync())
        {
            await work.ExecuteAsync("update customer set name = @name where customer_id = @customer", new { name, customer });
            await new PostalStore(work).AddAsync(customer, new PostalAddress { Street = " Hauptstraße  1 ", PostalCode = "10115", City = "Berlin", Country = "de", Source = "test" }.Normal()!, ContactKit.By, ContactKit.Noon);
            await work.CommitAsync();
        }
        await data.SayAsync(customer, Paper, ContactKit.Noon - Duration.FromDays(1));
        return customer;
    }

    private static async Task<List<LetterRow>> LettersAsync(TestDatabase data, BatchMade made)
    {
        await using var work = await data.ReadAsync();
        return await new LetterStore(work).OfBatchAsync(made.BatchId!.Value);
    }

    private static async Task<string?> StateAsync(TestDatabase data, Guid customer, string step = "step")
    {
        await using var work = await data.ReadAsync();
        return await work.FirstAsync<string>("select state from outbox where customer_id = @customer and step = @step", new { customer, step });
    }
}
