using Regard.Storage;

namespace Regard.Commands;

/// <summary>What every verb does before its work: a writable folder, a durable database, the right schema.</summary>
internal static class Startup
{
    /// <summary>Opens the database of the settings and brings it to this program's schema.</summary>
    /// <exception cref="StorageRefusal">The folder or the database cannot be used; the message says why.</exception>
    public static Task<Database> OpenAsync(RegardSettings settings, IClock clock, CancellationToken stop)
    {
        RequireFolder(settings.DataFolder);
        return OpenAsync(settings, database => new Migrator(database, clock).ApplyAsync(stop), stop);
    }

    /// <summary>Opens a database that is there already and has exactly this program's schema; changes nothing.</summary>
    /// <exception cref="StorageRefusal">There is none, or it has another schema; the message says why.</exception>
    public static Task<Database> OpenExistingAsync(RegardSettings settings, CancellationToken stop)
    {
        if (settings.ConnectionString is null && !File.Exists(Path.Combine(settings.DataFolder, RegardSettings.SqliteFile)))
            throw new StorageRefusal($"There is no database in {settings.DataFolder}: name its folder with --data, or a PostgreSQL database with --database.");
        return OpenAsync(settings, database => new Migrator(database, SystemClock.Instance).VerifyAsync(stop), stop);
    }

    private static async Task<Database> OpenAsync(RegardSettings settings, Func<Database, Task> prepare, CancellationToken stop)
    {
        var database = settings.OpenDatabase();
        try
        {
            await Durability.RequireAsync(database, stop);
            await prepare(database);
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
