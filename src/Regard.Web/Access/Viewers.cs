using Regard.Layout;

namespace Regard.Access;

/// <summary>How the pages see who is asking.</summary>
internal static class Viewers
{
    /// <summary>The areas of the menu, and the rights of which any opens it.</summary>
    private static readonly (string Key, IReadOnlyList<Right> Rights)[] Areas =
    [
        ("today", [Right.TasksWork]), ("customers", [Right.CustomersRead]), ("cases", [Right.CasesWork]), ("products", [Right.ProductsRead]), ("changes", [Right.ChangesRead]), ("outreach", [Right.CampaignsRead]), ("insight", [Right.CustomersRead]),
        ("settings", [.. SettingsEndpoints.Areas.Select(area => area.Right)]),
    ];

    public static Viewer Of(Caller caller, HttpContext http)
    {
        var zone = caller.TimeZone is { } name ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) : null;
        return new Viewer(
            caller.Actor.Name,
            caller.Actor.Role?.ToString() ?? "",
            Themes.Of(http),
            zone ?? DateTimeZone.Utc,
            [.. Areas.Where(area => area.Rights.Any(caller.Actor.May)).Select(area => area.Key)]);
    }

    /// <summary>Where somebody begins who did not want to go anywhere in particular.</summary>
    public static string Home(Actor actor) => actor.May(Right.TasksWork) ? "/today" : "/customers";
}
