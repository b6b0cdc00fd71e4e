using System.Buffers;
using System.Data.Common;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace Regard.Storage.Archive;

/// <summary>Writes the whole database, as it was at one moment, into one file. Memory does not grow with the data; a running server may go on writing.</summary>
internal static class ArchiveWriter
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the archive. The file appears under its name when it is complete, readable by this user only.</summary>
    /// <exception cref="StorageRefusal">The file is there already.</exception>
    public static async Task<Manifest> WriteAsync(Database database, string file, Instant now, IProgress<double>? progress, CancellationToken stop)
    {
        if (File.Exists(file)) throw new StorageRefusal($"{file} is there already: name a new file.");
        var part = file + ".part";
        try
        {
            Manifest manifest;
            await using (var stream = new FileStream(part, Private()))
            {
                manifest = await WriteAsync(database, stream, now, progress, stop);
                stream.Flush(flushToDisk: true);
            }
            File.Move(part, file);
            return manifest;
        }
        finally
        {
            File.Delete(part);
        }
    }

    private static FileStreamOptions Private()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    private static async Task<Manifest> WriteAsync(Database database, Stream stream, Instant now, IProgress<double>? progress, CancellationToken stop)
    {
        await using var work = await database.SnapshotAsync(stop);
        var tables = await TableShape.AllAsync(work);
        var written = new List<ManifestTable>();
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var table in tables)
        {
            written.Add(await WriteTableAsync(work, archive, table));
            progress?.Report((double)written.Count / tables.Count);
        }
        var manifest = new Manifest { SchemaVersion = SchemaFile.All(database.Engine)[^1].Version, MadeAt = now, Tables = written };
        await using var entry = archive.CreateEntry(Manifest.EntryName).Open();
        await JsonSerializer.SerializeAsync(entry, manifest, Storage.Json.Options, stop);
        return manifest;
    }

    private static async Task<ManifestTable> WriteTableAsync(UnitOfWork work, ZipArchive archive, TableShape table)
    {
        await using var entry = archive.CreateEntry(Manifest.EntryOf(table.Name), CompressionLevel.Fastest).Open();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new ArrayBufferWriter<byte>(1 << 17);
        await using var json = new Utf8JsonWriter(buffer, Plain);
        await using var command = work.Connection.CreateCommand();
        command.CommandText = $"select {table.ColumnNames} from {table.Name}";
        command.Transaction = work.Transaction;
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync(work.Stop);
        long rows = 0;
        for (; await reader.ReadAsync(work.Stop); rows++)
        {
            WriteRow(json, reader, table);
            buffer.Write("\n"u8);
            if (buffer.WrittenCount > 1 << 16) await FlushAsync();
        }
        await FlushAsync();
        return new ManifestTable(table.Name, [.. table.Columns.Select(column => column.Name)], rows, Convert.ToHexStringLower(hash.GetHashAndReset()));

        async Task FlushAsync()
        {
            hash.AppendData(buffer.WrittenSpan);
            await entry.WriteAsync(buffer.WrittenMemory, work.Stop);
            buffer.ResetWrittenCount();
        }
    }

    private static void WriteRow(Utf8JsonWriter json, DbDataReader reader, TableShape table)
    {
        json.WriteStartArray();
        for (var i = 0; i < table.Columns.Count; i++)
        {
            if (reader.IsDBNull(i)) json.WriteNullValue();
            else WriteValue(json, reader, i, table.Columns[i].Kind);
        }
        json.WriteEndArray();
        json.Flush();
        json.Reset();
    }

    private static void WriteValue(Utf8JsonWriter json, DbDataReader reader, int at, ColumnKind kind)
    {
        switch (kind)
        {
            case ColumnKind.Id: json.WriteStringValue(reader.GetGuid(at).ToString("N")); break;
            case ColumnKind.Bytes: json.WriteStringValue(Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(at))); break;
            case ColumnKind.Date: json.WriteStringValue(reader.GetFieldValue<DateOnly>(at).ToString("O", System.Globalization.CultureInfo.InvariantCulture)); break;
            case ColumnKind.Instant: json.WriteNumberValue((reader.GetDateTime(at) - DateTime.UnixEpoch).Ticks / 10); break;
            case ColumnKind.Truth: json.WriteNumberValue(reader.GetBoolean(at) ? 1 : 0); break;
            case ColumnKind.Real: json.WriteNumberValue(reader.GetDouble(at)); break;
            case ColumnKind.Integer or ColumnKind.Long: json.WriteNumberValue(reader.GetInt64(at)); break;
            default: json.WriteStringValue(reader.GetString(at)); break;
        }
    }
}
