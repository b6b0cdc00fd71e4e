using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Regard.Layout;

namespace Regard.Access;

/// <summary>What the first form of signing in sends.</summary>
internal sealed record SignInForm
{
    public string? Email { get; init; }

    public string? Password { get; init; }

    /// <summary>Where the person wanted to go; null = nowhere in particular.</summary>
    public string? Return { get; init; }
}

/// <summary>Sign-in and sign-out of staff.</summary>
internal static class SignInEndpoints
{
    private const string Home = "/";

    private const string CodePath = AccessMiddleware.StaffSignIn + "/code";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(AccessMiddleware.StaffSignIn).OpenToAll().RequireRateLimiting(Limits.SignIn);
        group.MapGet("", ([FromQuery(Name = "return")] string? back) => Page(new SignInForm { Return = back }, null));
        group.MapPost("", BeginAsync);
        group.MapGet("/code", (HttpContext http, IClock clock, [FromQuery(Name = "return")] string? back) => CodePage(http, clock, back, null));
        group.MapPost("/code", FinishAsync);
        routes.MapPost("/sign-out", SignOutAsync).ForStaff(null);
        routes.MapGet(Home, (HttpContext http) => SeeOther.To(Viewers.Home(http.Actor()))).ForStaff(null);
    }

    private static async Task<IResult> BeginAsync(HttpContext http, [FromForm] SignInForm? sent, SignInDesk desk)
    {
        var form = sent ?? new SignInForm();
        var typed = (form.Password ?? "")[..Math.Min(form.Password?.Length ?? 0, PasswordRules.Longest + 1)];
        var (outcome, ticket) = await desk.BeginAsync(form.Email ?? "", typed, http.Connection.RemoteIpAddress, http.RequestAborted);
        if (ticket is null) return Page(form, Refusals.Answer(http, outcome, "This e-mail address and password do not belong together."), http.Response.StatusCode);
        ticket.Write(http);
        return Redirect(form.Return is null ? CodePath : $"{CodePath}?return={Uri.EscapeDataString(form.Return)}");
    }

    private static async Task<IResult> FinishAsync(HttpContext http, [FromForm] string? code, [FromForm(Name = "return")] string? back, SignInDesk desk, IClock clock)
    {
        if (PendingSignIn.Read(http, clock.GetCurrentInstant()) is not { } ticket) return Redirect(AccessMiddleware.StaffSignIn);
        var (outcome, session) = await desk.FinishAsync(ticket, code, http.RequestAborted);
        if (session is null && outcome == SignInOutcome.Over) return Redirect(AccessMiddleware.StaffSignIn);
        if (session is null) return CodePage(http, clock, back, Refusals.Answer(http, outcome, "This is not the code your app shows now, or it was used already: wait for the next one."));
        PendingSignIn.Remove(http);
        SessionCookie.Write(http, Door.Staff, session);
        return Redirect(LocalPath.Or(back, Home));
    }

    private static async Task<IResult> SignOutAsync(HttpContext http, SignInDesk desk)
    {
        await desk.SignOutAsync(http.Actor(), SessionCookie.Read(http, Door.Staff), http.RequestAborted);
        SessionCookie.Remove(http, Door.Staff);
        return Redirect(AccessMiddleware.StaffSignIn);
    }

    private static RazorComponentResult<SignInPage> Page(SignInForm form, string? fault, int status = StatusCodes.Status200OK) =>
        new(new { form.Email, Back = LocalPath.Or(form.Return, Home), Fault = fault }) { StatusCode = status };

    private static IResult CodePage(HttpContext http, IClock clock, string? back, string? fault)
    {
        if (PendingSignIn.Read(http, clock.GetCurrentInstant()) is not { } ticket) return Redirect(AccessMiddleware.StaffSignIn);
        http.Response.Headers.CacheControl = "no-store";
        return new RazorComponentResult<CodePage>(new { ticket.NewSecret, ticket.Account, Back = LocalPath.Or(back, Home), Fault = fault }) { StatusCode = http.Response.StatusCode };
    }

    private static IResult Redirect(string path) => SeeOther.To(path);
}
