namespace Regard.Layout;

/// <summary>Where to go back to, when the place came from outside: only ever a path on this server.</summary>
internal static class LocalPath
{
    /// <summary><paramref name="path"/> when it is a path on this server, else <paramref name="otherwise"/>. Never leads to another host.</summary>
    public static string Or(string? path, string otherwise) => IsLocal(path) ? path! : otherwise;

    private static bool IsLocal(string? path) =>
        path is ['/', ..] && path is not ['/', '/' or '\\', ..] && !path.Any(letter => char.IsControl(letter) || letter > '~');
}
