using System.Net;
using System.Net.Http.Json;
using Regard.Access;
using Regard.Contact;
using Regard.Kit;

namespace Regard.Customers;

public sealed class PostalTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "M1")]
    public async Task staff_record_where_letters_go_and_that_they_come_back(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        using var client = await server.SignInAsync(Role.Agent);
        var anna = await server.Data.CustomerAsync();
        (await Answer(server, anna)).Reasons.ShouldContain(reason => reason.Code == ReasonCode.NoAddress);
        await client.PostFormAsync($"/customers/{anna}/postal", ("Street", "c/o Otto\r\nHauptstraße 1"), ("PostalCode", "10115"), ("City", "Berlin"), ("Country", "de"));
        var page = WebUtility.HtmlDecode(await client.GetStringAsync($"/customers/{anna}/record"));
        page.ShouldContain("anna\nc/o Otto\nHauptstraße 1\n10115 Berlin\nDE");
        (await Answer(server, anna)).Channel.ShouldBe(Channel.Letter);
        await client.PostFormAsync($"/customers/{anna}/postal", ("Street", "only a street"));
        var id = await server.Data.SeeOneAsync(anna);
        await client.PostFormAsync($"/customers/{anna}/postal/{id}/fails");
        (await Answer(server, anna)).Reasons.ShouldContain(reason => reason.Code == ReasonCode.Undeliverable);
        await client.PostFormAsync($"/customers/{anna}/postal/{id}/works");
        await client.PostFormAsync($"/customers/{anna}/postal/{id}/end");
        (await Answer(server, anna)).Reasons.ShouldContain(reason => reason.Code == ReasonCode.NoAddress);
        (await client.PostFormAsync($"/customers/{anna}/postal/{Ids.New(ContactKit.Noon)}/end")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task another_system_tells_an_address_over_the_api(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        using var client = await server.WithKeyAsync(Right.CustomersRead, Right.CustomersWrite);
        var anna = await server.Data.CustomerAsync();
        var path = $"/api/v1/customers/{anna}/postal_addresses";
        for (var n = 0; n < 2; n++) (await client.PostAsJsonAsync(path, new { street = "1 High St", city = "Leeds", postal_code = "ls1 1aa", country = "gb", source = "crm" }, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var listed = await client.GetStringAsync(path, TestContext.Current.CancellationToken);
        listed.ShouldContain("\"postal_code\":\"LS1 1AA\"");
        listed.Split("\"address_id\"").Length.ShouldBe(2, "told twice it is there once");
        (await client.PostAsJsonAsync(path, new { street = "1 High St", city = "Leeds", country = "Great Britain", source = "crm" }, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await client.DeleteAsync($"{path}/{await server.Data.SeeOneAsync(anna)}", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await client.GetStringAsync(path, TestContext.Current.CancellationToken)).ShouldBe("""{"items":[]}""");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task an_import_fills_in_an_address_and_overwrites_none(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using (var work = await data.WriteAsync())
        {
            var made = await new CustomerBatchStore(work).RecordAsync([Draft("a@example.org", "First 1"), Draft("b@example.org", null)], ContactKit.By, ContactKit.Noon);
            (await new PostalStore(work).CurrentAsync(made[0].Id)).ShouldHaveSingleItem().Street.ShouldBe("First 1");
            (await new PostalStore(work).CurrentAsync(made[1].Id)).ShouldBeEmpty();
            foreach (var (email, street) in new[] { ("a@example.org", "Second 2"), ("b@example.org", "Third 3") }) await new CustomerStore(work).RecordAsync(Draft(email, street), ContactKit.By, ContactKit.Noon);
            (await new PostalStore(work).CurrentAsync(made[0].Id)).ShouldHaveSingleItem().Street.ShouldBe("First 1");
            (await new PostalStore(work).CurrentAsync(made[1].Id)).ShouldHaveSingleItem().Street.ShouldBe("Third 3");
            await work.CommitAsync();
        }
    }

    [Theory]
    [InlineData("DE", "Anna\nHauptstraße 1\n10115 Berlin\nDE"), InlineData("US", "Anna\nHauptstraße 1\nBerlin, NY 10115\nUS")]
    public void an_address_is_written_as_its_country_writes_it(string country, string written) =>
        new PostalAddress { Street = "Hauptstraße 1", PostalCode = "10115", City = "Berlin", Region = country == "US" ? "NY" : null, Country = country }.Written("Anna").ShouldBe(written);

    private static CustomerDraft Draft(string email, string? street) => new()
    {
        Source = "test",
        Identities = [IdentityDraft.Email(email)],
        Postal = street is null ? null : new PostalAddress { Street = street, City = "Wien", Country = "AT" },
    };

    private static async Task<ContactAnswer> Answer(TestServer server, Guid customer)
    {
        await using var work = await server.Data.ReadAsync();
        return (await new ContactDesk(work).PreviewAsync(ContactKit.Request(customer, channels: Channel.Letter), ContactKit.Noon))!;
    }
}

internal static class PostalKit
{
    public static async Task<Guid> SeeOneAsync(this TestDatabase data, Guid customer)
    {
        await using var work = await data.ReadAsync();
        return (await new PostalStore(work).CurrentAsync(customer)).Single().AddressId;
    }
}
