using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Regard.Storage.Journal;

/// <summary>Something that must survive a restore of the database to an earlier time. Holds ids and wishes, no words, names or addresses.</summary>
/// <param name="Kind"><c>statement</c> or <c>erasure</c>.</param>
/// <param name="CustomerId">Whom it is about.</param>
/// <param name="At">When it was committed, by this node's clock.</param>
/// <param name="Body">What it says.</param>
internal sealed record JournalEntry(string Kind, Guid CustomerId, Instant At, Json Body);

/// <summary>An entry as it stands in a file: numbered from 1, linked to the one before it.</summary>
internal sealed record JournalLine(long Number, JournalEntry Entry, string PreviousHash, string Hash)
{
    /// <summary>The hash before the first line.</summary>
    public const string Beginning = "0000000000000000000000000000000000000000000000000000000000000000";

    public static JournalLine After(JournalLine? last, JournalEntry entry)
    {
        var (number, previous) = ((last?.Number ?? 0) + 1, last?.Hash ?? Beginning);
        return new JournalLine(number, entry, previous, HashOf(number, entry, previous));
    }

    public string Write() => JsonSerializer.Serialize(new[]
    {
        Number.ToString(CultureInfo.InvariantCulture), Entry.Kind, Entry.CustomerId.ToString(), Entry.At.ToUnixTimeTicks().ToString(CultureInfo.InvariantCulture), Entry.Body.Text, Hash,
    });

    /// <summary>The next line of a file; null = it is not what follows <paramref name="last"/>.</summary>
    public static JournalLine? Read(string text, JournalLine? last)
    {
        try
        {
            var parts = JsonSerializer.Deserialize<string[]>(text)!;
            var entry = new JournalEntry(parts[1], Guid.Parse(parts[2]), Instant.FromUnixTimeTicks(long.Parse(parts[3], CultureInfo.InvariantCulture)), new Json(parts[4]));
            var line = After(last, entry);
            return line.Hash == parts[5] && parts[0] == line.Number.ToString(CultureInfo.InvariantCulture) ? line : null;
        }
        catch (Exception fault) when (fault is JsonException or FormatException or IndexOutOfRangeException or ArgumentException or OverflowException)
        {
            return null;
        }
    }

    private static string HashOf(long number, JournalEntry entry, string previous) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', number.ToString(CultureInfo.InvariantCulture), entry.Kind, entry.CustomerId, entry.At.ToUnixTimeTicks().ToString(CultureInfo.InvariantCulture), entry.Body.Text, previous))));
}
