using System.Text.Json;
using Microsoft.Extensions.Primitives;
using Regard.Channels;
using Regard.Kit;

namespace Regard.Texts;

public sealed class ProviderSignatureTests
{
    private static readonly NodeFolder Library = new("provider");

    private static readonly (string Url, Dictionary<string, string[]> Form)[] Cases =
    [
        ("https://care.shop.example/provider/texts", new() { ["From"] = ["+43660123"], ["Body"] = ["Grüße & mehr = 100 % 🙂\nzweite Zeile"], ["MessageSid"] = ["SM1"] }),
        ("https://care.shop.example/provider/status?m=0123456789abcdef0123456789abcdef", new() { ["MessageStatus"] = ["delivered"], ["messageStatus"] = ["lower case sorts last"], ["Empty"] = [""] }),
        ("https://care.shop.example:8443/provider/status?m=1&n=a%20b", new() { ["B"] = ["2", "1", "2"], ["A"] = ["x"] }),
        ("http://127.0.0.1:5080/provider/texts", []),
    ];

    [Fact, Trait("pace", "long")]
    public async Task the_providers_own_library_signs_as_we_do_and_takes_what_we_sign()
    {
        using var library = await Library.StartAsync("verify.mjs");
        foreach (var (url, form) in Cases)
        {
            var fields = form.Select(field => KeyValuePair.Create(field.Key, new StringValues(field.Value))).ToList();
            var ours = ProviderSignature.Of(ProviderServer.Token, url, fields);
            var shown = form.ToDictionary(field => field.Key, field => field.Value.Length == 1 ? (object)field.Value[0] : field.Value, StringComparer.Ordinal);
            await library.StandardInput.WriteLineAsync(JsonSerializer.Serialize(new { token = ProviderServer.Token, url, @params = shown, signature = ours }));
            using var said = JsonDocument.Parse((await library.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!);
            said.RootElement.GetProperty("valid").GetBoolean().ShouldBeTrue(url);
            var theirs = said.RootElement.GetProperty("signature").GetString();
            theirs.ShouldBe(ours, url);
            ProviderSignature.IsRight(ProviderServer.Token, new Uri(url), fields, theirs).ShouldBeTrue();
            ProviderSignature.IsRight("another", new Uri(url), fields, theirs).ShouldBeFalse();
        }
        library.StandardInput.Close();
        await library.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    // The example of the provider's own documentation.
    [Fact]
    public void a_signature_is_what_the_documentation_says()
    {
        var form = new Dictionary<string, StringValues> { ["CallSid"] = "CA1234567890ABCDE", ["Caller"] = "+12349013030", ["Digits"] = "1234", ["From"] = "+12349013030", ["To"] = "+18005551212" };
        ProviderSignature.Of("12345", "https://mycompany.com/myapp.php?foo=1&bar=2", form).ShouldBe("0/KCTR6DLpKmkAf8muzZqo1nDgQ=");
    }

    [Fact]
    public void the_standard_port_may_stand_in_the_signed_address_or_not()
    {
        var signed = ProviderSignature.Of("t", "https://care.shop.example:443/provider/texts?a=1", []);
        ProviderSignature.IsRight("t", new Uri("https://care.shop.example/provider/texts?a=1"), [], signed).ShouldBeTrue();
        ProviderSignature.IsRight("t", new Uri("https://care.shop.example/provider/texts?a=2"), [], signed).ShouldBeFalse();
        ProviderSignature.IsRight("t", new Uri("https://care.shop.example/provider/texts?a=1"), [], null).ShouldBeFalse();
    }
}
