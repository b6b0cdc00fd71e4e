using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Regard.Access;
using Regard.Layout;
using Regard.Storage;

namespace Regard.Contact;

/// <summary>How customers are asked, how many answered, and which policy holds where they said nothing.</summary>
internal static class ContactSettingsEndpoints
{
    private const string Path = "/settings/contact";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).ForStaff(Right.SettingsRead);
        routes.MapPost(Path, ChangeAsync).ForStaff(Right.SettingsWrite);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, Database database, RegardSettings settings, IClock clock)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        return new RazorComponentResult<ContactSettingsPage>(new
        {
            Shares = (IReadOnlyList<AskingShare>)await new AskingStore(work).SharesAsync(clock.GetCurrentInstant() - Duration.FromDays(365)),
            Policy = await new PolicyStore(work).ReadAsync(),
            Offered = await new OfferedStore(work).ReadAsync(),
            settings.Provider,
            MayChange = http.Actor().May(Right.SettingsWrite),
        });
    }

    private static async Task<IResult> ChangeAsync(HttpContext http, [FromForm] string? policy, Database database, IClock clock)
    {
        if (ContactPolicy.Of(policy ?? "") is not { } chosen) return SeeOther.To(Path);
        var now = clock.GetCurrentInstant();
        await using var work = await database.WriteAsync(http.RequestAborted);
        await new PolicyStore(work).WriteAsync(chosen, http.Actor().Reference, now);
        await new AuditStore(work).AppendAsync(http.Actor(), "contact_policy_chosen", "setting:contact_policy", Json.Of(new { version = chosen.Version }), now);
        await work.CommitAsync();
        Flash.Say(http, "Saved. Every decision from now on rests on it.");
        return SeeOther.To(Path);
    }
}
