namespace Regard.Imports;

/// <summary>
/// The rows of a CSV file (RFC 4180, any line ending), one after the other, in the memory of one row. A text that occurs often is made once.
/// </summary>
internal sealed class CsvRows
{
    private const int LargestRow = 4 << 20;
    private const int RememberedTexts = 1 << 15;

    private readonly TextReader _text;
    private readonly char _delimiter;
    private readonly Dictionary<string, int> _columns = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly List<(int Start, int Length, bool IsQuoted)> _fields = [];
    private char[] _buffer = new char[1 << 16];
    private int _start, _end, _filled;
    private long _nextLine = 1;

    public CsvRows(TextReader text, char delimiter = ',')
    {
        _text = text;
        _delimiter = delimiter;
        _lookup = _texts.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!Read()) throw new ImportRefusal("The file is empty: it needs a line with the names of its columns first.");
        for (var i = 0; i < Count; i++) _columns.TryAdd(this[i].Trim(), i);
    }

    public IReadOnlyCollection<string> Columns => _columns.Keys;

    /// <summary>The line on which the current row begins, counted from 1 with the header.</summary>
    public long Line { get; private set; }

    /// <summary>The current row as it stands in the file.</summary>
    public string Raw => new string(_buffer, _start, _end - _start).TrimEnd('\r', '\n');

    public int Count => _fields.Count;

    /// <summary>The field of a column; empty when this row is too short to have it.</summary>
    public string this[int column]
    {
        get
        {
            if (column >= _fields.Count) return "";
            var (start, length, isQuoted) = _fields[column];
            var field = _buffer.AsSpan(start, length);
            if (isQuoted && field.Contains('"')) return field.ToString().Replace("\"\"", "\"", StringComparison.Ordinal);
            if (_lookup.TryGetValue(field, out var known)) return known;
            if (_texts.Count >= RememberedTexts) _texts.Clear();
            var text = field.ToString();
            _texts.Add(text);
            return text;
        }
    }

    /// <summary>The field of a column that the file may not have.</summary>
    public string At(int? column) => column is { } at ? this[at] : "";

    /// <summary>The place of a column.</summary>
    /// <exception cref="ImportRefusal">The file has no such column.</exception>
    public int Column(string name) => _columns.TryGetValue(name, out var column)
        ? column
        : throw new ImportRefusal($"The file has no column '{name}'; it has: {string.Join(", ", _columns.Keys)}.");

    /// <summary>The place of a column that may be absent.</summary>
    public int? Find(string name) => _columns.TryGetValue(name, out var column) ? column : null;

    public ImportPlace Place() => new(Line, 1, Raw);

    /// <summary>Moves to the next row that is not empty; false at the end of the file.</summary>
    /// <exception cref="ImportRefusal">The rest of the file cannot be read.</exception>
    public bool Read()
    {
        do
        {
            Line = _nextLine;
            _start = _end;
            if (!ReadRow()) return false;
        }
        while (_fields.Count == 1 && _fields[0].Length == 0);
        return true;
    }

    private bool ReadRow()
    {
        _fields.Clear();
        var at = _start;
        while (true)
        {
            if (at == _filled && !Fill(ref at) && (_fields.Count == 0 && at == _start)) return false;
            var isLast = at < _filled && _buffer[at] == '"' ? ReadQuoted(ref at) : ReadPlain(ref at);
            if (!isLast) continue;
            _end = at;
            return true;
        }
    }

    /// <summary>Reads a field up to and with what ends it; answers whether the row ends with it.</summary>
    private bool ReadPlain(ref int at)
    {
        var offset = at - _start;
        while (true)
        {
            var found = _buffer.AsSpan(at, _filled - at).IndexOfAny(_delimiter, '\n');
            at = found >= 0 ? at + found : _filled;
            if (found >= 0 || !Fill(ref at)) break;
        }
        var start = _start + offset;
        var isRowEnd = at == _filled || _buffer[at] == '\n';
        var length = at - start;
        if (isRowEnd && length > 0 && _buffer[at - 1] == '\r') length--;
        _fields.Add((start - _start, length, false));
        return Ended(ref at, isRowEnd);
    }

    private bool ReadQuoted(ref int at)
    {
        var offset = ++at - _start;
        while (true)
        {
            var found = _buffer.AsSpan(at, _filled - at).IndexOf('"');
            at = found >= 0 ? at + found : _filled;
            if (found < 0)
            {
                if (Fill(ref at)) continue;
                throw Unreadable();
            }
            if (at + 1 == _filled) Fill(ref at);
            if (at + 1 < _filled && _buffer[at + 1] == '"') at += 2;
            else break;
        }
        var start = _start + offset;
        foreach (var c in _buffer.AsSpan(start, at - start)) _nextLine += c == '\n' ? 1 : 0;
        _fields.Add((start - _start, at - start, true));
        at++;
        // What stands between the closing quote and the delimiter belongs to no field.
        while (true)
        {
            var found = _buffer.AsSpan(at, _filled - at).IndexOfAny(_delimiter, '\n');
            at = found >= 0 ? at + found : _filled;
            if (found >= 0 || !Fill(ref at)) break;
        }
        return Ended(ref at, at == _filled || _buffer[at] == '\n');
    }

    private bool Ended(ref int at, bool isRowEnd)
    {
        if (at < _filled) at++;
        if (!isRowEnd) return false;
        _nextLine++;
        // While a row is read the buffer can move under it: places were kept from the row's start.
        for (var i = 0; i < _fields.Count; i++) _fields[i] = _fields[i] with { Start = _fields[i].Start + _start };
        return true;
    }

    /// <summary>Reads on behind what is in the buffer, keeping the current row; false at the end of the file.</summary>
    private bool Fill(ref int at)
    {
        if (_start > 0)
        {
            Array.Copy(_buffer, _start, _buffer, 0, _filled - _start);
            at -= _start;
            _filled -= _start;
            _start = 0;
        }
        if (_filled == _buffer.Length)
        {
            if (_buffer.Length >= LargestRow) throw Unreadable();
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
        try
        {
            var read = _text.Read(_buffer, _filled, _buffer.Length - _filled);
            _filled += read;
            return read > 0;
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException)
        {
            throw Unreadable();
        }
    }

    private ImportRefusal Unreadable() => new(
        $"The file cannot be read from line {Line} on: a quote is not closed, or the file is damaged, cut off or (when packed) put together of several. What came before is imported; mend the file and run the import again.");
}
