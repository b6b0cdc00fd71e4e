using Microsoft.Playwright;
using Regard.Access;

namespace Regard.Kit;

/// <summary>Somebody at a browser of their own. Whatever the browser complains about is kept: errors of scripts, refusals of the content security policy, answers of 500 and more.</summary>
internal sealed class Visitor : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    private Visitor(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            // A form that was not accepted is answered 422; the browser notes it, and it is no fault of the page.
            if (message.Type is "error" or "warning" && !message.Text.Contains("status of 4", StringComparison.Ordinal)) _complaints.Add($"{page.Url}: {message.Text}");
        };
        page.PageError += (_, error) => _complaints.Add($"{page.Url}: {error}");
        page.Response += (_, answer) =>
        {
            if (answer.Status >= 500) _complaints.Add($"{answer.Url} answered {answer.Status}");
        };
    }

    public IPage Page { get; }

    public IReadOnlyList<string> Complaints => _complaints;

    public static async Task<Visitor> ComeAsync(Chromium chromium, ShopServer shop, BrowserNewContextOptions? options = null)
    {
        options ??= new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1360, Height = 900 } };
        options.BaseURL = shop.Address.ToString();
        var context = await chromium.Browser.NewContextAsync(options);
        context.SetDefaultTimeout(Chromium.Patience);
        return new Visitor(context, await context.NewPageAsync());
    }

    /// <summary>Comes as a member of staff who has signed in.</summary>
    public static async Task<Visitor> ComeAsync(Chromium chromium, ShopServer shop, Role role, BrowserNewContextOptions? options = null, string name = "Anna Lindner")
    {
        var (_, session) = await shop.HireAsync(role, name);
        var visitor = await ComeAsync(chromium, shop, options);
        await visitor._context.AddCookiesAsync([new Cookie { Name = SessionCookie.Name(Door.Staff, secure: false), Value = session, Url = shop.Address.ToString(), HttpOnly = true }]);
        return visitor;
    }

    /// <summary>Comes as a customer who has opened their link.</summary>
    public static async Task<Visitor> ComeAsync(Chromium chromium, ShopServer shop, Guid customerId, BrowserNewContextOptions? options = null)
    {
        var visitor = await ComeAsync(chromium, shop, options);
        var session = await shop.GreetAsync(customerId);
        await visitor._context.AddCookiesAsync([new Cookie { Name = SessionCookie.Name(Door.Portal, secure: false), Value = session, Url = shop.Address.ToString(), HttpOnly = true }]);
        return visitor;
    }

    /// <summary>Chooses a language of the house by hand.</summary>
    public Task ChooseAsync(HouseLanguage language) =>
        _context.AddCookiesAsync([new Cookie { Name = Layout.Reader.Cookie, Value = language.Tag(), Domain = "127.0.0.1", Path = "/" }]);

    /// <summary>Follows a link and answers the page's status.</summary>
    public async Task<int> GoAsync(string path) => (await Page.GotoAsync(path))?.Status ?? 0;

    /// <summary>Presses a button and waits, as a person does, until the page has answered.</summary>
    public async Task PressAsync(string button)
    {
        await Button(button).ClickAsync();
        await Assertions.Expect(Page.Locator("html[aria-busy], [inert]")).ToHaveCountAsync(0);
    }

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name, Exact = true }).First;

    public Task FillAsync(string label, string text) => Page.GetByLabel(label, new PageGetByLabelOptions { Exact = true }).First.FillAsync(text);

    public Task FollowAsync(string link) => Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = link }).First.ClickAsync();

    public Task SeesAsync(string words) => Assertions.Expect(Page.Locator("main")).ToContainTextAsync(words);

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
