using System.IO.Compression;
using System.Text.Json;

namespace Regard.Storage.Archive;

/// <summary>
/// What an archive says about itself. The archive is a zip: this as <c>manifest.json</c>, and for each table <c>tables/NAME.ndjson</c> with a
/// line for each row, a JSON array of the values in the order of the columns here. Values have one form for all engines, the one that SQLite
/// keeps: ids as 32 hex digits, instants as Unix microseconds, truth as 0 or 1, dates as ISO text, JSON as text.
/// </summary>
internal sealed record Manifest
{
    public const string EntryName = "manifest.json";

    /// <summary>The form described here is 1.</summary>
    public int Format { get; init; } = 1;

    /// <summary>The schema's last step; an archive can be restored by a program that has the same.</summary>
    public required string SchemaVersion { get; init; }

    public required Instant MadeAt { get; init; }

    public required IReadOnlyList<ManifestTable> Tables { get; init; }

    public static string EntryOf(string table) => $"tables/{table}.ndjson";

    /// <exception cref="StorageRefusal">The file is no archive, or of a later form.</exception>
    public static Manifest Read(ZipArchive archive)
    {
        try
        {
            using var stream = archive.GetEntry(EntryName)?.Open() ?? throw new StorageRefusal("This is no backup of Regard: it has no manifest.");
            var manifest = JsonSerializer.Deserialize<Manifest>(stream, Storage.Json.Options);
            return manifest is { Format: 1 } ? manifest : throw new StorageRefusal($"This backup is of a later form ({manifest?.Format}) than this program reads: use the program that made it.");
        }
        catch (Exception failure) when (failure is JsonException or InvalidDataException)
        {
            throw new StorageRefusal("This backup is damaged: its manifest cannot be read. Use another one.");
        }
    }
}

/// <summary>One table in an archive.</summary>
/// <param name="Rows">How many lines its entry has.</param>
/// <param name="Sha256">Of the entry's uncompressed bytes, in lower-case hex.</param>
internal sealed record ManifestTable(string Name, IReadOnlyList<string> Columns, long Rows, string Sha256);
