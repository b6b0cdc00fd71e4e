using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Regard.Layout;
using Regard.Storage;

namespace Regard.Access;

/// <summary>Settings: who works here.</summary>
internal static class StaffSettingsEndpoints
{
    private const string Path = "/settings/staff";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, (HttpContext http, Database database) => PageAsync(http, database, new StaffNotice())).ForStaff(Right.SettingsRead);
        var changes = routes.MapGroup(Path).ForStaff(Right.SettingsWrite);
        changes.MapPost("", InviteAsync);
        changes.MapPost("/{id:guid}/link", RenewAsync);
        changes.MapPost("/{id:guid}/role", SetRoleAsync);
        changes.MapPost("/{id:guid}/disable", (HttpContext http, Guid id, StaffDesk desk) => SetDisabledAsync(http, id, true, desk));
        changes.MapPost("/{id:guid}/enable", (HttpContext http, Guid id, StaffDesk desk) => SetDisabledAsync(http, id, false, desk));
    }

    private static async Task<IResult> InviteAsync(HttpContext http, [FromForm] string? email, [FromForm] string? role, StaffDesk desk, Database database)
    {
        var (token, fault) = EmailForm.IsAddress(email) && Words.Read<Role>(role) is { } known
            ? await desk.InviteAsync(email!, known, http.Actor(), http.RequestAborted)
            : (null, "Nobody was invited. Give an e-mail address like name@shop.example and choose a role.");
        return await PageAsync(http, database, new StaffNotice(token, fault, email));
    }

    private static async Task<IResult> RenewAsync(HttpContext http, Guid id, StaffDesk desk, Database database) =>
        await desk.RenewAsync(id, http.Actor(), http.RequestAborted) is { } token ? await PageAsync(http, database, new StaffNotice(token)) : Faces.Missing();

    private static async Task<IResult> SetRoleAsync(HttpContext http, Guid id, [FromForm] string? role, StaffDesk desk, Database database)
    {
        if (Words.Read<Role>(role) is not { } known) return await PageAsync(http, database, new StaffNotice(Fault: "Nothing was changed. Choose a role of the list."));
        return Answer(http, await desk.SetRoleAsync(id, known, http.Actor(), http.RequestAborted), "The role is changed; it holds from the next sign-in, which is asked for now.");
    }

    private static async Task<IResult> SetDisabledAsync(HttpContext http, Guid id, bool isDisabled, StaffDesk desk) => Answer(
        http,
        await desk.SetDisabledAsync(id, isDisabled, http.Actor(), http.RequestAborted),
        isDisabled ? "That person is signed out everywhere and shut out." : "That person may sign in again.");

    private static IResult Answer(HttpContext http, StaffChange outcome, string done)
    {
        if (outcome == StaffChange.Unknown) return Faces.Missing();
        if (outcome == StaffChange.Done) Flash.Say(http, done);
        else Flash.Say(http, "Nothing was changed: this is the last administrator. Make another one first.", Tone.Danger);
        return SeeOther.To(Path);
    }

    private static async Task<IResult> PageAsync(HttpContext http, Database database, StaffNotice notice)
    {
        http.Response.Headers.CacheControl = "no-store";
        await using var work = await database.ReadAsync(http.RequestAborted);
        var link = notice.Token is null ? null : http.RequestServices.GetRequiredService<RegardSettings>().Link($"{JoinEndpoints.Path}/{notice.Token}");
        return new RazorComponentResult<StaffPage>(
            new { Staff = await new StaffStore(work).ListAsync(), MayChange = http.Actor().May(Right.SettingsWrite), Link = link, notice.Fault, notice.Email })
        {
            StatusCode = notice.Fault is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
        };
    }

    /// <summary>What the page says above the list.</summary>
    private sealed record StaffNotice(string? Token = null, string? Fault = null, string? Email = null);
}
