using System.Collections.Concurrent;

namespace Regard.Contact;

/// <summary>
/// What the keys of classes stand for, kept by the process for previews. A key is a hash of what it names: what is kept here can not become
/// untrue, and which customer is in which class is read anew for each preview. Nothing that decides (F4) asks here.
/// </summary>
internal static class AudienceKnown
{
    /// <summary>Not more than so many of each are kept; beyond it all are forgotten and read again.</summary>
    public const int Most = 300_000;

    private static readonly ConcurrentDictionary<string, AudienceFacts> Classes = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, Wishes> Said = new(StringComparer.Ordinal);

    /// <summary>The facts of a class; null = to be read.</summary>
    public static AudienceFacts? Find(string classKey) => Classes.GetValueOrDefault(classKey);

    /// <summary>Wishes by their key; null = to be read.</summary>
    public static Wishes? FindWishes(string wishesKey) => Said.GetValueOrDefault(wishesKey);

    public static void Keep(IReadOnlyCollection<KeyValuePair<string, AudienceFacts>> classes, IReadOnlyCollection<KeyValuePair<string, Wishes>> wishes)
    {
        if (Classes.Count + classes.Count > Most) Forget();
        if (classes.Count > Most) return;
        foreach (var (key, facts) in classes) Classes.TryAdd(key, facts);
        foreach (var (key, said) in wishes) Said.TryAdd(key, said);
    }

    /// <summary>All is read again when it is next asked for.</summary>
    public static void Forget()
    {
        Classes.Clear();
        Said.Clear();
    }
}
