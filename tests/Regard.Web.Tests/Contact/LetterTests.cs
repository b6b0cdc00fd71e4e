using System.Net;
using System.Net.Http.Json;
using Regard.Access;
using Regard.Kit;

namespace Regard.Contact;

/// <summary>Letters in the customer's language, from wordings with only their own fields.</summary>
public sealed class LetterTests
{
    private static Dictionary<string, object?> Notice() => new()
    {
        ["title"] = "New prices",
        ["day"] = "1 December 2026",
        ["reason"] = "Beans <b>cost</b> more & more.",
        ["is_price"] = true,
        ["is_dearer"] = true,
        ["extra_cost"] = "12.50 EUR",
        ["products"] = new List<IReadOnlyDictionary<string, object?>> { new Dictionary<string, object?> { ["name"] = "Tea", ["old_price"] = "4.00 EUR", ["new_price"] = "4.50 EUR" }, new Dictionary<string, object?> { ["name"] = "Cups" } },
    };

    [Fact]
    public void every_letter_has_its_wording_in_three_languages_and_names_only_its_own_fields()
    {
        foreach (var kind in Enum.GetValues<LetterKind>())
            foreach (var language in new[] { "en", "de", "es" })
            {
                var known = LetterFields.Of(kind);
                var names = LetterBook.Names(kind, language);
                names.Except(known.All.Concat(known.Rows?.Fields ?? [])).Where(name => name.Length > 0).ShouldBeEmpty($"{kind} {language}");
                known.All.Except(names).ShouldBeEmpty($"{kind} {language}");
            }
    }

    [Theory]
    [InlineData("en", "From 1 December 2026 our prices change for things you have bought: Tea (4.50 EUR), Cups. Why: Beans <b>cost</b> more & more.")]
    [InlineData("de", "Ab 1 December 2026 ändern sich Preise von Waren, die Sie gekauft haben: Tea (4.50 EUR), Cups. Warum: Beans <b>cost</b> more & more.")]
    [InlineData("es", "A partir del 1 December 2026 cambian precios de productos que ha comprado: Tea (4.50 EUR), Cups. Por qué: Beans <b>cost</b> more & more.")]
    public void a_letter_that_can_be_said_shortly_is_said_so_in_a_text_message(string language, string text)
    {
        var letter = LetterBook.Write(LetterKind.ChangeNotice, language, Notice());
        letter.For(Channel.Sms).ShouldBe(text);
        letter.For(Channel.Voice).ShouldBe(text);
        letter.For(Channel.Letter).ShouldBe(letter.Text);
        LetterBook.Write(LetterKind.SignIn, language, new Dictionary<string, object?> { ["link"] = "https://care.shop.example/x" }).Short.ShouldBeNull("only a mail brings one to their page");
    }

    [Theory]
    [InlineData("en-GB", "Good day,", "  Tea: 4.00 EUR becomes 4.50 EUR\n  Cups\n", "this would cost you about 12.50 EUR more in a year.", "change_notice.en@")]
    [InlineData("de", "Guten Tag,", "  Tea: aus 4.00 EUR werden 4.50 EUR\n  Cups\n", "würde Sie das im Jahr etwa 12.50 EUR mehr kosten.", "change_notice.de@")]
    [InlineData("es-MX", "Buenos días:", "  Tea: de 4.00 EUR a 4.50 EUR\n  Cups\n", "esto le costaría unos 12.50 EUR más al año.", "change_notice.es@")]
    [InlineData("fr", "Good day,", "becomes", "in a year.", "change_notice.en@")]
    public void a_letter_is_written_in_the_customers_language_and_says_its_wording(string language, string greeting, string products, string meaning, string wording)
    {
        var letter = LetterBook.Write(LetterKind.ChangeNotice, language, Notice());
        letter.Subject.ShouldBe("New prices");
        letter.Text.ShouldStartWith(greeting);
        letter.Text.ShouldContain(products);
        letter.Text.ShouldContain(meaning);
        letter.Text.ShouldContain("Beans <b>cost</b> more & more.");
        letter.Text.ShouldNotContain("\n\n\n");
        letter.Wording!.ShouldStartWith(wording);
        LetterBook.LanguageOf(letter.Wording).ShouldBe(LetterBook.Language(language));
    }

    [Theory]
    [InlineData("reason", null, "needs the field 'reason'")]
    [InlineData("day", "", "needs the field 'day'")]
    [InlineData("products", null, "needs the field 'products'")]
    [InlineData("birthday", "1 May", "has no field 'birthday'")]
    [InlineData("title", "{{#each this}}{{@key}}{{/each}}", null)]
    public void what_is_missing_or_not_allowed_refuses_the_whole_letter(string field, string? value, string? refusal)
    {
        var fields = Notice();
        fields[field] = value;
        if (refusal is null) LetterBook.Write(LetterKind.ChangeNotice, "en", fields).Subject.ShouldBe(value);
        else Should.Throw<LetterRefusal>(() => LetterBook.Write(LetterKind.ChangeNotice, "en", fields)).Message.ShouldContain(refusal);
    }

    [Fact]
    public async Task a_letter_that_cannot_be_written_asks_the_gate_for_nothing()
    {
        await using var server = await TestServer.StartAsync("sqlite");
        server.Clock.Reset(ContactKit.Noon);
        var anna = await server.Data.CustomerAsync();
        using var client = await server.WithKeyAsync(Right.ContactsWrite);
        object Order(object fields) => new
        {
            customer_id = anna,
            purpose = "care",
            about = "sample:1",
            step = "sample:1",
            channels = new[] { "email" },
            latest_useful = ContactKit.Noon.Plus(Duration.FromDays(9)).ToString(),
            template = "sample",
            fields,
        };
        (await client.PostAsJsonAsync("/api/v1/contacts", Order(new { address_as = "Anna" }))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        await using (var work = await server.Data.ReadAsync()) (await work.ScalarAsync<long>("select count(*) from contact_decision")).ShouldBe(0);
        (await client.PostAsJsonAsync("/api/v1/contacts", Order(new { address_as = "Anna", product = "Assam" }))).EnsureSuccessStatusCode();
        await using var read = await server.Data.ReadAsync();
        (await read.FirstAsync<string>("select subject from outbox")).ShouldBe("A sample for you: Assam");
        (await read.FirstAsync<string>("select wording from outbox"))!.ShouldStartWith("sample.en@");
    }
}
