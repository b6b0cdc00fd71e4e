namespace Regard.Storage.Journal;

/// <summary>The files of the journal: one for each process that writes at a time, all in one folder that every node sees.</summary>
internal static class JournalFolder
{
    public const string Ending = ".journal";

    /// <summary>The names of the files that are there.</summary>
    public static IReadOnlyList<string> Names(string folder) => !Directory.Exists(folder)
        ? []
        : [.. Directory.EnumerateFiles(folder, "*" + Ending).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    /// <summary>
    /// The lines of a file, each checked against the one before it. A last line without an end was being written when its process died:
    /// nobody was told that it was kept, and it is passed over.
    /// </summary>
    /// <exception cref="StorageRefusal">A line is not what was written.</exception>
    public static IEnumerable<JournalLine> Read(string folder, string name)
    {
        using var stream = new FileStream(Path.Combine(folder, name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        JournalLine? last = null;
        while (NextLine(reader) is { } text)
        {
            last = JournalLine.Read(text, last) ?? throw new StorageRefusal(
                $"The journal {name} was changed after it was written, at line {(last?.Number ?? 0) + 1}. Bring back a whole copy of it; until then nothing is sent.");
            yield return last;
        }
    }

    // Only what ends with a line feed is a line.
    private static string? NextLine(StreamReader reader)
    {
        var line = new System.Text.StringBuilder();
        for (var next = reader.Read(); next >= 0; next = reader.Read())
        {
            if (next == '\n') return line.ToString();
            line.Append((char)next);
        }
        return null;
    }
}
