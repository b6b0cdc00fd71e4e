namespace Regard.Storage;

/// <summary>What the engine itself can say about its files. PostgreSQL keeps references sound by itself and offers no such question over SQL.</summary>
internal static class StorageCheck
{
    public static async Task<IReadOnlyList<string>> FindAsync(UnitOfWork work)
    {
        if (work.Engine != Engine.Sqlite) return [];
        var damage = await work.ListAsync<string>("select integrity_check from pragma_integrity_check where integrity_check <> 'ok'");
        var dangling = await work.ListAsync<string>("select \"table\" || ' row ' || rowid || ' refers to a missing row of ' || parent from pragma_foreign_key_check");
        return [.. damage, .. dangling];
    }
}
