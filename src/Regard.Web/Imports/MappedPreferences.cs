using Regard.Contact;

namespace Regard.Imports;

/// <summary>
/// What customers said about being contacted, from a CSV: one statement a row. <c>purpose</c> is one of ours or <c>all</c>; <c>channels</c>
/// are those that stay welcome, or <c>none</c>; <c>hours</c> are written like <c>mon-fri 09:00-17:00; sat 10:00-12:00</c>.
/// </summary>
internal sealed class MappedPreferences : IImportFormat
{
    private static readonly char[] Between = [',', ';', '|', ' '];

    private readonly MappedRows _fields;

    public MappedPreferences(MappedRows fields)
    {
        _fields = fields;
        if (!fields.Has("hours") && !fields.Has("pause_until")) fields.Require("purpose", "channels");
    }

    public void Take(CsvRows row, ImportChunk into)
    {
        var customer = _fields.Customer(row);
        var (wish, fault) = customer.Identities.Count == 0 ? (null, "no identity") : Wish(row);
        var saidAt = _fields.At(row, "said_at");
        if (fault is null && saidAt is null && _fields.Text(row, "said_at") is not null) fault = "unreadable time";
        if (fault is not null) into.Rejects.Add(new Reject(row.Place(), fault));
        else into.Items.Add(new ImportedWish(row.Place(), customer, wish!, _fields.Source, StatementId(row))
        {
            SaidAt = saidAt,
            Words = _fields.Text(row, "words"),
            MakesCustomers = _fields.MakesCustomers,
        });
    }

    public void End(ImportChunk into)
    {
    }

    private (Wish? Wish, string? Fault) Wish(CsvRows row)
    {
        var wish = new Wish();
        if (_fields.Text(row, "channels") is { } named)
        {
            var isAll = string.Equals(_fields.Text(row, "purpose"), "all", StringComparison.OrdinalIgnoreCase);
            var purpose = Words.Read<Purpose>(_fields.Text(row, "purpose")?.ToLowerInvariant());
            if (purpose is null && !isAll) return (null, "unreadable purpose");
            if (ReadChannels(named) is not { } channels) return (null, "unreadable channels");
            wish = !isAll ? wish with { Purposes = [new PurposeWish(purpose!.Value, channels)] }
                : channels.Count == 0 ? wish with { Never = true } : wish with { OnlyChannels = channels };
        }
        if (_fields.Text(row, "hours") is { } hours)
        {
            if (HoursText.Read(hours) is not { } windows) return (null, "unreadable hours");
            wish = wish with { Hours = [new HoursWish(null, windows)] };
        }
        if (_fields.Text(row, "pause_until") is not null)
        {
            if (_fields.At(row, "pause_until") is not { } until) return (null, "unreadable time");
            wish = wish with { PauseUntil = until };
        }
        return wish == new Wish() ? (null, "fields are missing") : (wish, null);
    }

    private static List<Channel>? ReadChannels(string text)
    {
        if (string.Equals(text, "none", StringComparison.OrdinalIgnoreCase)) return [];
        var read = text.ToLowerInvariant().Split(Between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Words.Read<Channel>).ToList();
        return read.Count == 0 || read.Contains(null) ? null : [.. read.OfType<Channel>().Distinct()];
    }

    // A row without an id of its own is known again by what it says.
    private string StatementId(CsvRows row) => _fields.Text(row, "statement_id")
        ?? Ids.Of(default, _fields.Source, string.Join('\n', MappedFields.Of(ImportKind.Preferences).Select(field => _fields.Text(row, field)))).ToString();
}
