namespace Regard.Webhooks;

public sealed class WebhookDraftTests
{
    [Theory]
    [InlineData(null, "required"), InlineData("  ", "required"), InlineData("hooks.example", "no address"), InlineData("/hooks", "no address"), InlineData("ftp://a.example/", "no address"), InlineData("file:///etc/passwd", "no address")]
    [InlineData("https://me:secret@a.example/", "password"), InlineData("https://a.example/#part", "#"), InlineData("http://a.example/", "https://"), InlineData("javascript:alert(1)", "no address")]
    public void an_address_that_cannot_be_called_is_refused_with_its_reason(string? url, string reason) =>
        new WebhookDraft(url, null, null).Faults(false).ShouldHaveSingleItem().Fault.ShouldContain(reason);

    [Fact]
    public void plain_http_is_the_operators_to_allow()
    {
        new WebhookDraft("http://127.0.0.1:9/hook?key=1", null, null).Faults(true).ShouldBeEmpty();
        new WebhookDraft("https://hooks.shop.example/regard", "Shop", [WebhookTypes.ContactDecided]).Faults(false).ShouldBeEmpty();
    }

    [Fact]
    public void an_unknown_kind_of_event_is_refused()
    {
        new WebhookDraft("https://a.example/", null, ["contact.decided", "contact.bribed"]).Faults(false).ShouldHaveSingleItem().Field.ShouldBe("event_types");
        new WebhookDraft("https://a.example/", null, [WebhookTypes.Test]).Faults(false).ShouldHaveSingleItem();
    }
}
