using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace Regard.Storage.Archive;

/// <summary>Brings an archive into an empty database of either engine: verified first, then all of it in one transaction or nothing.</summary>
internal static class ArchiveReader
{
    /// <exception cref="StorageRefusal">The archive is damaged or of another schema, or the database is not empty. Nothing was changed.</exception>
    public static async Task<Manifest> RestoreAsync(Database database, string file, IProgress<double>? progress, CancellationToken stop)
    {
        using var archive = Open(file);
        var manifest = Manifest.Read(archive);
        var mine = SchemaFile.All(database.Engine)[^1].Version;
        if (manifest.SchemaVersion != mine)
            throw new StorageRefusal($"This backup has the schema {manifest.SchemaVersion}, this program has {mine}: restore it with the program that made it, then start this one on that database.");
        foreach (var table in manifest.Tables) await VerifyAsync(archive, table, stop);

        await using var work = await database.WriteAsync(stop);
        var shapes = await TableShape.AllAsync(work);
        await RequireEmptyAsync(work, shapes);
        Compare(manifest, shapes);
        var all = Math.Max(1, manifest.Tables.Sum(table => table.Rows));
        long done = 0;
        foreach (var shape in shapes)
        {
            var table = manifest.Tables.Single(table => table.Name == shape.Name);
            await using var stream = EntryOf(archive, table).Open();
            await using var loader = await TableLoader.OpenAsync(work, shape with { Columns = [.. table.Columns.Select(name => shape.Columns.Single(column => column.Name == name))] });
            using var lines = new StreamReader(stream);
            while (await lines.ReadLineAsync(stop) is { } line)
            {
                using var row = JsonDocument.Parse(line);
                await loader.AddAsync(row.RootElement);
                if (++done % 10_000 == 0) progress?.Report((double)done / all);
            }
            await loader.CompleteAsync();
        }
        await work.CommitAsync();
        progress?.Report(1);
        return manifest;
    }

    private static ZipArchive Open(string file)
    {
        if (!File.Exists(file)) throw new StorageRefusal($"There is no file {file}.");
        try
        {
            return ZipFile.OpenRead(file);
        }
        catch (InvalidDataException)
        {
            throw new StorageRefusal($"{file} is no backup of Regard, or is damaged: use another one.");
        }
    }

    private static ZipArchiveEntry EntryOf(ZipArchive archive, ManifestTable table) => archive.GetEntry(Manifest.EntryOf(table.Name)) ?? throw Damaged(table);

    private static StorageRefusal Damaged(ManifestTable table) => new($"This backup is damaged: the contents of {table.Name} are not what its manifest says. Use another one.");

    private static async Task VerifyAsync(ZipArchive archive, ManifestTable table, CancellationToken stop)
    {
        try
        {
            await using var stream = EntryOf(archive, table).Open();
            if (Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, stop)) != table.Sha256) throw Damaged(table);
        }
        catch (InvalidDataException)
        {
            throw Damaged(table);
        }
    }

    private static async Task RequireEmptyAsync(UnitOfWork work, IReadOnlyList<TableShape> shapes)
    {
        foreach (var shape in shapes)
            if (await work.ScalarAsync<long>($"select count(*) from (select 1 from {shape.Name} limit 1) one") > 0)
                throw new StorageRefusal($"The database is not empty ({shape.Name} has rows): restore into a new folder (--data) or a new PostgreSQL database (--database).");
    }

    private static void Compare(Manifest manifest, IReadOnlyList<TableShape> shapes)
    {
        var theirs = manifest.Tables.Select(table => $"{table.Name}({string.Join(",", table.Columns.Order(StringComparer.Ordinal))})");
        var mine = shapes.Select(shape => $"{shape.Name}({string.Join(",", shape.Columns.Select(column => column.Name).Order(StringComparer.Ordinal))})");
        if (!theirs.ToHashSet().SetEquals(mine)) throw new StorageRefusal("This backup has other tables than this program, although both say the same schema: use the program that made it.");
    }
}
