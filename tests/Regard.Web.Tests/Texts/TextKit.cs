using System.Net;
using NodaTime.Testing;
using Regard.Channels;
using Regard.Contact;
using Regard.Kit;
using Regard.Outreach;
using Regard.Storage;
using Regard.Timeline;

namespace Regard.Texts;

/// <summary>A house with a provider, and Anna, who has a number and asked for texts.</summary>
internal static class TextKit
{
    public const string Public = "https://care.shop.example";

    public static readonly Wish Texts = new()
    {
        Purposes = [new PurposeWish(Purpose.Care, [Channel.Sms]), new PurposeWish(Purpose.Service, [Channel.Sms]), new PurposeWish(Purpose.Marketing, [Channel.Sms])],
    };

    public static readonly Wish Voice = new() { Purposes = [new PurposeWish(Purpose.Care, [Channel.Voice]), new PurposeWish(Purpose.Service, [Channel.Voice])] };

    public static async Task OfferAsync(this TestDatabase data, params Channel[] channels)
    {
        await using var work = await data.WriteAsync();
        await new OfferedStore(work).WriteAsync(channels.Length == 0 ? OfferedStore.NeedProvider : channels, "test", ContactKit.Noon);
        await work.CommitAsync();
    }

    /// <summary>Anna, who said in the portal how she wants to be contacted.</summary>
    public static async Task<Guid> AnnaAsync(this TestDatabase data, Wish? wish = null, string name = "anna")
    {
        await data.OfferAsync();
        var anna = await data.CustomerAsync(name);
        await using var work = await data.WriteAsync();
        await new PreferenceStore(work).RecordAsync(ContactKit.Statement(anna, wish ?? Texts, ContactKit.Noon - Duration.FromDays(1)) with { Place = StatementPlace.Portal }, ContactKit.Noon);
        await work.CommitAsync();
        return anna;
    }

    public static Dispatch Dispatch(this TestDatabase data, ProviderServer provider, string worker = "one", Instant? at = null, TimeSpan? patience = null)
    {
        var settings = data.Settings with { PublicAddress = new Uri(Public), Provider = provider.Provider };
        var route = new ChannelRoutes(new FolderRoute(Path.Combine(settings.DataFolder, "mail")), new ProviderRoute(provider.Provider, settings) { Patience = patience ?? TimeSpan.FromSeconds(20) });
        return new Dispatch(data.Database, settings, new FakeClock(at ?? ContactKit.Noon), route, worker);
    }

    public static async Task<T> SeeAsync<T>(this TestDatabase data, Func<UnitOfWork, Task<T>> look)
    {
        await using var work = await data.ReadAsync();
        return await look(work);
    }

    public static Task<OutboxRow> MessageAsync(this TestDatabase data, Guid customer) => data.SeeAsync(async work => (await new OutboxStore(work).OfCustomerAsync(customer, 1)).Single());

    public static Task<string> NumberAsync(this TestDatabase data, Guid customer) =>
        data.SeeAsync(async work => (await work.FirstAsync<string>("select value from identity where customer_id = @customer and kind = 'phone'", new { customer }))!);

    public static Task<bool> IsTextWelcomeAsync(this TestDatabase data, Guid customer, Purpose purpose = Purpose.Care) => data.SeeAsync(async work =>
        (await new ContactDesk(work).PreviewAsync(ContactKit.Request(customer, "look", purpose, Channel.Sms), ContactKit.Noon))!.Verdict != VerdictKind.Refused);

    public static Task<List<string>> WorkAsync(this TestDatabase data, Guid customer) =>
        data.SeeAsync(async work => (await new TaskStore(work).OfCustomerAsync(customer)).Where(task => task is { Kind: "internal", State: "open" }).Select(task => task.Title).ToList());

    public static Task<IReadOnlyList<Touchpoint>> TimelineAsync(this TestDatabase data, Guid customer) =>
        data.SeeAsync(work => new TimelineStore(work).PageAsync(customer, new TimelineFilter { Kind = "text" }, null, 50));

    /// <summary>A server whose provider signs what it tells.</summary>
    public static Task<TestServer> ServeAsync(string engine) => TestServer.StartAsync(engine, settings: settings => settings with
    {
        PublicAddress = new Uri(Public),
        Provider = MessageProvider.Read($"https://{ProviderServer.Account}:{ProviderServer.Token}@api.provider.example?sms=+43660999&voice=+431999"),
    });

    /// <summary>What the provider tells the server, signed with the token.</summary>
    public static Task<HttpResponseMessage> TellAsync(this TestServer server, string path, Dictionary<string, string> form, string? signature = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) };
        var fields = form.Select(field => KeyValuePair.Create(field.Key, new Microsoft.Extensions.Primitives.StringValues(field.Value)));
        request.Headers.TryAddWithoutValidation(ProviderSignature.Header, signature ?? ProviderSignature.Of(ProviderServer.Token, Public + path, fields));
        return server.Client.SendAsync(request);
    }

    public static async Task<HttpStatusCode> TextAsync(this TestServer server, string number, string words, string id = "SM-in-1")
    {
        using var answer = await server.TellAsync("/provider/texts", new() { ["MessageSid"] = id, ["From"] = number, ["To"] = "+43660999", ["Body"] = words });
        return answer.StatusCode;
    }

    public static async Task<HttpStatusCode> StatusAsync(this TestServer server, Guid outboxId, string status, string? code = null, string id = "SM1")
    {
        var form = new Dictionary<string, string> { ["MessageSid"] = id, ["MessageStatus"] = status };
        if (code is not null) form["ErrorCode"] = code;
        using var answer = await server.TellAsync($"/provider/status?m={outboxId:n}", form);
        return answer.StatusCode;
    }
}
