using System.Text;

namespace Regard.Mail;

/// <summary>Reads the header of a mail or of a part: fields up to the first empty line.</summary>
internal static class MailHeader
{
    private const int MostFields = 1000;
    private const int LongestField = 64 * 1024;

    /// <summary>The fields at the beginning of some bytes.</summary>
    /// <param name="raw">Header and content.</param>
    /// <param name="end">Where the content begins.</param>
    public static List<MailField> Read(ReadOnlySpan<byte> raw, out int end)
    {
        var fields = new List<(string Name, StringBuilder Value)>();
        var at = 0;
        while (at < raw.Length)
        {
            var line = Line(raw, at, out var next);
            if (line.Length == 0 || (fields.Count == 0 && line.Trim(" \t"u8).Length == 0))
            {
                // Empty lines before the first field are a courtesy of some program on the way.
                at = next;
                if (fields.Count > 0) break;
                continue;
            }
            if (line[0] is (byte)' ' or (byte)'\t' && fields.Count > 0)
            {
                Continue(fields[^1].Value, line);
            }
            else if (NameLength(line) is { } length)
            {
                if (fields.Count < MostFields) fields.Add((Encoding.ASCII.GetString(line[..length]).TrimEnd(), new StringBuilder(Charsets.Raw(line[(length + 1)..]).Trim())));
            }
            else if (!(at == 0 && IsMailboxLine(line)))
            {
                // A line that is no field: a field that was broken without an indent when fields follow, otherwise the content without its empty line.
                if (fields.Count == 0 || NameLength(Line(raw, next, out _)) is null) break;
                Continue(fields[^1].Value, line);
            }
            at = next;
        }
        end = at;
        return [.. fields.Select(field => new MailField(field.Name, field.Value.ToString().Trim()))];
    }

    /// <summary>The groups of fields in a delivery status: apart by empty lines.</summary>
    public static List<List<MailField>> Groups(ReadOnlySpan<byte> raw)
    {
        var groups = new List<List<MailField>>();
        while (raw.Length > 0 && groups.Count < MostFields)
        {
            var group = Read(raw, out var end);
            if (group.Count > 0) groups.Add(group);
            // A line that is no field stands in the way: it is left out, not the rest.
            if (group.Count == 0) Line(raw, end, out end);
            raw = raw[end..];
        }
        return groups;
    }

    private static void Continue(StringBuilder value, ReadOnlySpan<byte> line)
    {
        if (value.Length < LongestField) value.Append(value.Length == 0 ? "" : " ").Append(Charsets.Raw(line).Trim());
    }

    private static ReadOnlySpan<byte> Line(ReadOnlySpan<byte> raw, int at, out int next)
    {
        var rest = raw[Math.Min(at, raw.Length)..];
        var length = rest.IndexOf((byte)'\n');
        next = at + (length < 0 ? rest.Length : length + 1);
        var line = length < 0 ? rest : rest[..length];
        return line.Length > 0 && line[^1] == (byte)'\r' ? line[..^1] : line;
    }

    private static int? NameLength(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        if (colon <= 0 || colon > 200) return null;
        var name = line[..colon].TrimEnd(" \t"u8);
        return name.Length > 0 && name.IndexOfAnyExceptInRange((byte)'!', (byte)'~') < 0 ? colon : null;
    }

    private static bool IsMailboxLine(ReadOnlySpan<byte> line) => line.StartsWith("From "u8) || line.StartsWith(">From "u8);
}
