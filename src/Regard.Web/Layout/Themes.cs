namespace Regard.Layout;

/// <summary>Light, dark, or as the viewer's system says. Kept in a cookie and rendered by the server, so that no page flashes.</summary>
internal static class Themes
{
    public const string Cookie = "theme";
    public const string Auto = "auto";

    public static readonly IReadOnlyList<(string Name, Phrase Text, string Icon)> All =
    [
        ("light", FramePhrases.Light, Icons.ThemeLight),
        (Auto, FramePhrases.AsDevice, Icons.ThemeAuto),
        ("dark", FramePhrases.Dark, Icons.ThemeDark),
    ];

    /// <summary>The cookie's word if it is one of ours, else the viewer's own, else "auto".</summary>
    public static string Of(HttpContext context) =>
        Known(context.Request.Cookies[Cookie]) ?? Known(context.Features.Get<Viewer>()?.Theme) ?? Auto;

    public static string? Known(string? name) => All.Any(theme => theme.Name == name) ? name : null;
}
