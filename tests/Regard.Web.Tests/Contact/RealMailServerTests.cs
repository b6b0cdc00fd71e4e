using System.Text.Json;
using NodaTime.Testing;
using Regard.Channels;
using Regard.Kit;

namespace Regard.Contact;

/// <summary>A mail server and a mail reader that others wrote, unmodified from npm.</summary>
[Trait("pace", "long")]
public sealed class RealMailServerTests
{
    private const string Subject = "Preisänderung für „Tee & Gebäck“ – ab 1. Dezember, \r\nBcc: eve@example.org und noch etwas mehr, damit es umbrochen wird ☕";
    private const string Text = ".Ein Punkt am Anfang\n.\n\nGrüße aus <Köln> & Umgebung ☕";

    [Theory, InlineData("anna", "kept", "sent"), InlineData("anna", "wrong", "queued")]
    public async Task what_is_sent_is_read_as_it_was_meant(string user, string password, string state)
    {
        await using var data = await TestDatabase.MakeAsync("sqlite");
        using var server = await MailTools.StartAsync("receive.mjs");
        var port = (await server.StandardOutput.ReadLineAsync())!;
        var anna = await data.CustomerAsync();
        await using (var work = await data.WriteAsync())
        {
            await new ContactDesk(work).RequestAsync(ContactKit.Request(anna, channels: Channel.Email), new ContactDraft { Subject = Subject, Text = Text }, ContactKit.Noon);
            await work.CommitAsync();
        }
        await using (var route = new SmtpRoute(SmtpServer.Read($"smtp://{user}:{password}@127.0.0.1:{port}")))
            await new Dispatch(data.Database, data.Settings, new FakeClock(ContactKit.Noon), route, "one").RunAsync(10, CancellationToken.None);
        await using var read = await data.ReadAsync();
        (await read.FirstAsync<string>("select state from outbox where customer_id = @anna", new { anna })).ShouldBe(state);
        server.StandardInput.Close();
        var line = await server.StandardOutput.ReadLineAsync();
        if (state != "sent")
        {
            line.ShouldBeNull();
            return;
        }
        using var mail = JsonDocument.Parse(line!);
        string? Said(string name) => mail.RootElement.GetProperty(name).GetString();
        Said("subject").ShouldBe(Subject.Replace("\r\n", "  ", StringComparison.Ordinal));
        Said("text")!.ShouldStartWith(Text);
        Said("html")!.ShouldNotContain("<Köln>");
        System.Net.WebUtility.HtmlDecode(Said("html")!).ShouldContain("<p>Grüße aus <Köln> & Umgebung ☕</p>");
        Said("headerTo").ShouldBe("anna@example.org");
        Said("unsubscribe")!.ShouldStartWith("http://127.0.0.1");
        Said("bcc").ShouldBeNull();
        mail.RootElement.GetProperty("to").EnumerateArray().Select(to => to.GetString()).ShouldBe(["anna@example.org"]);
    }
}
