namespace Regard.Layout;

/// <summary>What a badge or a message means; each tone has colours of sufficient contrast in light and dark.</summary>
public enum Tone
{
    Neutral,
    Good,
    Info,
    Warning,
    Danger,
}

public static class ToneNames
{
    public static string Badge(this Tone tone) => tone switch
    {
        Tone.Good => "pill pill-good",
        Tone.Info => "pill pill-info",
        Tone.Warning => "pill pill-warning",
        Tone.Danger => "pill pill-danger",
        _ => "pill",
    };

    public static string Message(this Tone tone) => tone switch
    {
        Tone.Good => "notice notice-good",
        Tone.Info => "notice notice-info",
        Tone.Warning => "notice notice-warning",
        Tone.Danger => "notice notice-danger",
        _ => "notice",
    };

    public static string Icon(this Tone tone) => tone switch
    {
        Tone.Good => Icons.Allowed,
        Tone.Warning => Icons.Warning,
        Tone.Danger => Icons.Danger,
        _ => Icons.Info,
    };
}
