using System.Net;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Regard.Access;

namespace Regard.Kit;

/// <summary>A client with a session and its cookies, who sends forms the way a page of ours would: with an antiforgery token. Follows no redirects.</summary>
internal sealed class TestBrowser : HttpClient
{
    private readonly TestServer _server;
    private readonly CookieContainer _cookies;

    private TestBrowser(TestServer server, Actor? actor, CookieContainer cookies)
        : base(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = cookies })
    {
        _server = server;
        _cookies = cookies;
        Actor = actor;
        BaseAddress = server.Address;
    }

    /// <summary>Who is signed in; null = nobody.</summary>
    public Actor? Actor { get; }

    public static TestBrowser Of(TestServer server, Actor? actor, Door door = Door.Staff, string? session = null)
    {
        var cookies = new CookieContainer();
        if (session is not null) cookies.Add(server.Address, new Cookie(SessionCookie.Name(door, secure: false), session));
        return new TestBrowser(server, actor, cookies);
    }

    /// <summary>Another client with the cookies that this one has now: what a thief of the cookie has.</summary>
    public TestBrowser WithSameSession()
    {
        var cookies = new CookieContainer();
        cookies.Add(_cookies.GetAllCookies());
        return new TestBrowser(_server, Actor, cookies);
    }

    public Task<HttpResponseMessage> PostFormAsync(string path, params (string Name, string Value)[] fields) =>
        PostAsync(path, FormOf(fields));

    /// <summary>A form with a token of its own; for methods other than POST, and for adding headers.</summary>
    public FormUrlEncodedContent FormOf(params (string Name, string Value)[] fields)
    {
        var antiforgery = _server.Services.GetRequiredService<IAntiforgery>();
        var request = new DefaultHttpContext { RequestServices = _server.Services };
        if (Actor is not null) request.User = AccessMiddleware.PrincipalOf(Actor);
        var tokens = antiforgery.GetTokens(request);
        var cookie = _server.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<AntiforgeryOptions>>().Value.Cookie.Name!;
        _cookies.Add(_server.Address, new Cookie(cookie, tokens.CookieToken));
        return new FormUrlEncodedContent(
            [.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)), KeyValuePair.Create(tokens.FormFieldName, tokens.RequestToken!)]);
    }
}
