using Regard.Storage;

namespace Regard.Commands;

/// <summary>What every verb does before its work: a writable folder, a durable database, the right schema.</summary>
internal static class Startup
{
    /// <summary>Opens the database of the settings and brings it to this program's schema.</summary>
    /// <exception cref="StorageRefusal">The folder or the database cannot be used; the message says why.</exception>
    public static async Task<Database> OpenAsync(RegardSettings settings, IClock clock, CancellationToken stop)
    {
        RequireFolder(settings.DataFolder);
        var database = settings.OpenDatabase();
        try
        {
            await Durability.RequireAsync(database, stop);
            await new Migrator(database, clock).ApplyAsync(stop);
            return database;
        }
        catch (Exception failure) when (failure is Npgsql.NpgsqlException or Microsoft.Data.Sqlite.SqliteException)
        {
            await database.DisposeAsync();
            throw new StorageRefusal($"The database cannot be opened: {failure.Message.ReplaceLineEndings(" ")}");
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    private static void RequireFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var probe = Path.Combine(folder, $".probe-{Environment.ProcessId}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StorageRefusal($"The data folder {folder} cannot be written: choose another with --data, or give this user the right to write there.");
        }
    }
}
