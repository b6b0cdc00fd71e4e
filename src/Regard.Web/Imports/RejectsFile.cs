using System.Globalization;
using System.Text;

namespace Regard.Imports;

/// <summary>The lines of a file that were not recorded, as CSV: line, reason, the original text. It is made with its first line.</summary>
internal sealed class RejectsFile(string path) : IDisposable
{
    private StreamWriter? _text;

    /// <summary>Its path, or null when nothing was rejected.</summary>
    public string? Path => _text is null ? null : path;

    public void Add(Reject reject)
    {
        if (_text is null)
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
            _text = new StreamWriter(path, append: false, new UTF8Encoding(false));
            _text.Write("line,reason,text\n");
        }
        _text.Write(reject.Place.Line.ToString(CultureInfo.InvariantCulture));
        _text.Write(',');
        _text.Write(reject.Reason);
        _text.Write(",\"");
        _text.Write(reject.Place.Text.Replace("\"", "\"\"", StringComparison.Ordinal));
        _text.Write("\"\n");
    }

    /// <summary>Empties the text of every line that quotes one of some words. A file that is gone holds none.</summary>
    public static void Forget(string path, IReadOnlyCollection<string> words)
    {
        if (words.Count == 0 || !File.Exists(path) || !File.ReadLines(path).Any(line => Quotes(line, words))) return;
        var kept = path + ".new";
        using (var lines = new StreamWriter(kept, append: false, new UTF8Encoding(false)))
            foreach (var record in Records(path)) lines.Write(Quotes(record, words) ? record[..(record.IndexOf('"', StringComparison.Ordinal) + 1)] + "\"\n" : record);
        File.Move(kept, path, overwrite: true);
    }

    private static bool Quotes(string text, IReadOnlyCollection<string> words) => words.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));

    // A record goes on over the end of a line while a quotation is open.
    private static IEnumerable<string> Records(string path)
    {
        var record = new StringBuilder();
        foreach (var line in File.ReadLines(path))
        {
            record.Append(line).Append('\n');
            if (record.ToString().Count(letter => letter == '"') % 2 != 0) continue;
            yield return record.ToString();
            record.Clear();
        }
        if (record.Length > 0) yield return record.ToString();
    }

    public void Flush() => _text?.Flush();

    public void Dispose() => _text?.Dispose();
}
