using System.Net;
using System.Net.Http.Json;
using Regard.Access;
using Regard.Kit;

namespace Regard.Contact;

/// <summary>The doors through which a wish comes in: staff, the customer, another system.</summary>
public sealed class PreferencePagesTests
{
    private static readonly string[] Email = ["email"];

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P6"), Trait("req", "M1")]
    public async Task what_staff_write_down_is_read_by_the_customer_in_their_own_words(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        var anna = await server.Data.CustomerAsync();
        using var staff = await server.SignInAsync(Role.Agent);
        var told = await staff.PostFormAsync($"/customers/{anna}/preferences", ("Place", "call"), ("Words", "please only e-mail, <b>never</b> call"), ("Everything", "only email"));
        told.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        using var customer = await server.SignInCustomerAsync(anna);
        var page = await customer.GetStringAsync("/me/preferences");
        page.ShouldContain("please only e-mail, &lt;b&gt;never&lt;/b&gt; call");
        page.ShouldNotContain("<b>never</b>");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P6")]
    public async Task a_preview_in_the_portal_changes_nothing_and_saving_binds(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        var anna = await server.Data.CustomerAsync();
        using var customer = await server.SignInCustomerAsync(anna);
        (await (await customer.PostFormAsync("/me/preferences", ("care_1", "none"), ("Preview", "true"))).Content.ReadAsStringAsync()).ShouldContain("what it would mean");
        (await CareAsync(server, anna)).ShouldBeNull();
        (await customer.PostFormAsync("/me/preferences", ("care_1", "none"))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await CareAsync(server, anna))!.Channels.ShouldBeEmpty();
        (await (await customer.PostFormAsync("/me/preferences", ("from_1_1", "x"))).Content.ReadAsStringAsync()).ShouldContain("Nothing was changed");
        (await customer.GetStringAsync("/me")).ShouldContain("not at all");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P5")]
    public async Task F7_the_api_cannot_open_what_only_the_customer_can(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        var anna = await server.Data.CustomerAsync();
        using var api = await server.WithKeyAsync(Right.PreferencesWrite, Right.ContactsWrite, Right.CustomersRead);
        var imported = await api.PostAsJsonAsync($"/api/v1/customers/{anna}/preferences", new { wish = new { purposes = new[] { new { purpose = "marketing", channels = Email } } }, basis = "imported", source = "crm", source_id = "1" });
        imported.StatusCode.ShouldBe(HttpStatusCode.Created);
        var asked = new { customer_id = anna, purpose = "marketing", about = "campaign:1", step = "campaign:1", latest_useful = "2100-01-01T00:00:00Z", subject = "New", text = "New things" };
        var answer = await (await api.PostAsJsonAsync("/api/v1/contacts", asked)).Content.ReadAsStringAsync();
        answer.ShouldContain("\"verdict\":\"refused\"");
        (await (await api.PostAsJsonAsync("/api/v1/contacts/preview", asked)).Content.ReadAsStringAsync()).ShouldContain("refused");
        (await api.GetStringAsync($"/api/v1/customers/{anna}/contacts")).ShouldContain("needs_own_yes");
        (await api.GetStringAsync($"/api/v1/customers/{anna}/preferences")).ShouldContain("imported");
        (await api.PostAsJsonAsync($"/api/v1/customers/{Guid.Empty}/preferences", new { wish = new { never = true } })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<PurposeState?> CareAsync(TestServer server, Guid customerId)
    {
        await using var work = await server.Data.ReadAsync();
        return (await new PreferenceStore(work).WishesAsync(customerId)).For(Purpose.Care);
    }
}
