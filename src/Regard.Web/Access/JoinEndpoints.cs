using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Regard.Layout;

namespace Regard.Access;

/// <summary>The page behind an invitation's link. Looking at it uses nothing up; sending its form does.</summary>
internal static class JoinEndpoints
{
    public const string Path = "/join";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Path).OpenToAll().RequireRateLimiting(Limits.SignIn);
        group.MapGet("/{token}", ShowAsync);
        group.MapPost("/{token}", JoinAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, string token, JoinDesk desk) =>
        await desk.FindAsync(token, http.RequestAborted) is { } invitation
            ? Page(http, invitation, new JoinForm { TimeZone = "Etc/UTC" }, null)
            : Gone(http);

    private static async Task<IResult> JoinAsync(HttpContext http, string token, [FromForm] JoinForm? sent, JoinDesk desk)
    {
        var form = sent ?? new JoinForm();
        if (await desk.FindAsync(token, http.RequestAborted) is not { } invitation) return Gone(http);
        var result = await desk.JoinAsync(token, form, http.RequestAborted);
        if (result.Outcome == SignInOutcome.Done) return SeeOther.To(AccessMiddleware.StaffSignIn);
        if (result.Outcome == SignInOutcome.Over) return Gone(http);
        var text = Refusals.Answer(http, result.Outcome, "Something is missing or cannot be used: see below.");
        return Page(http, invitation, form, new JoinFaults(text, result.Faults));
    }

    private static RazorComponentResult<JoinPage> Page(HttpContext http, Invitation invitation, JoinForm form, JoinFaults? faults)
    {
        http.Response.Headers.CacheControl = "no-store";
        return new(new { Invitation = invitation, Form = form, Faults = faults }) { StatusCode = http.Response.StatusCode };
    }

    private static RazorComponentResult<LinkEndedPage> Gone(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        return new(new { IsForStaff = true }) { StatusCode = StatusCodes.Status410Gone };
    }
}

/// <summary>What is wrong with a form: in a sentence, and by field.</summary>
public sealed record JoinFaults(string Text, IReadOnlyDictionary<string, string> Fields);
