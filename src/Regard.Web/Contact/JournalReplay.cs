using Regard.Customers;
using Regard.Storage;
using Regard.Storage.Journal;

namespace Regard.Contact;

/// <summary>What a look at the journal found.</summary>
/// <param name="Missing">Entries that the database had forgotten, and that it has again.</param>
/// <param name="Unknown">Entries about customers whom the database does not know.</param>
internal sealed record ReplayResult(int Missing, int Unknown);

/// <summary>
/// Brings a database that was restored to an earlier time up to what customers were told since: their statements and erasures, from the
/// journal. Nothing is sent before it has come to its end.
/// </summary>
internal static class JournalReplay
{
    /// <summary>An entry for a statement: what was said, without the words.</summary>
    public static JournalEntry Of(PreferenceStatement statement) => new("statement", statement.CustomerId, statement.RecordedAt, Json.Of(statement with { Words = null, OriginId = null }));

    public static JournalEntry OfErasure(Guid customerId, Instant now) => new("erasure", customerId, now, new Json("{}"));

    /// <summary>Replays what this database does not have. Does nothing when it has everything.</summary>
    /// <exception cref="StorageRefusal">A file is missing, shorter than the database remembers, or was changed; the message says what to do.</exception>
    public static async Task<ReplayResult> RunAsync(Database database, Instant now, CancellationToken stop)
    {
        var folder = database.Journal.Folder;
        Dictionary<string, JournalMark> marks;
        await using (var work = await database.ReadAsync(stop)) marks = (await new JournalMarkStore(work).AllAsync()).ToDictionary(mark => mark.File, StringComparer.Ordinal);
        var names = JournalFolder.Names(folder);
        if (marks.Keys.FirstOrDefault(file => !names.Contains(file)) is { } absent) throw Lost(absent, folder);
        var (ends, entries) = (new List<JournalMark>(), new List<JournalEntry>());
        foreach (var name in names)
        {
            var mark = marks.GetValueOrDefault(name) ?? new JournalMark { File = name };
            JournalLine? last = null;
            foreach (var line in JournalFolder.Read(folder, name))
            {
                if (line.Number == mark.Position && line.Hash != mark.Hash) throw Lost(name, folder);
                if (line.Number > mark.Position) entries.Add(line.Entry);
                last = line;
            }
            if ((last?.Number ?? 0) < mark.Position) throw Lost(name, folder);
            if (last is not null) ends.Add(new JournalMark { File = name, Position = last.Number, Hash = last.Hash });
        }
        var (missing, unknown) = (0, 0);
        foreach (var entry in entries.OrderBy(entry => entry.At))
        {
            var known = await BringBackAsync(database, entry, now, stop);
            if (known is null) unknown++;
            else if (known == false) missing++;
        }
        await using var done = await database.WriteAsync(stop);
        foreach (var end in ends) await new JournalMarkStore(done).WriteAsync(end, now);
        await done.CommitAsync();
        return new ReplayResult(missing, unknown);
    }

    // True = the database had it; null = it does not know the customer.
    private static async Task<bool?> BringBackAsync(Database database, JournalEntry entry, Instant now, CancellationToken stop)
    {
        await using var work = await database.WriteAsync(stop);
        work.IsReplay = true;
        bool? known;
        if (entry.Kind == "erasure")
        {
            var profile = await new ProfileStore(work).ReadAsync(entry.CustomerId);
            known = profile is null ? null : profile.ErasedAt is not null;
            if (known == false) await new EraseStore(work).EraseAsync(entry.CustomerId, now);
        }
        else
        {
            var recorded = await new PreferenceStore(work).RecordAsync(entry.Body.Read<PreferenceStatement>(), now);
            known = recorded is null ? null : !recorded.IsNew;
        }
        await work.CommitAsync();
        return known;
    }

    private static StorageRefusal Lost(string file, string folder) => new(
        $"HOLD: the journal {file} in {folder} is not the one that this database was written with. Nothing is sent. Bring it back to that folder and start again; if it is lost for ever, `./run journal --forget {file}`.");
}
