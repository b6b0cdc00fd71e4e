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

    public void Flush() => _text?.Flush();

    public void Dispose() => _text?.Dispose();
}
