using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Regard.Storage;

namespace Regard.Contact;

/// <summary>The house's key for links in mails: made once, the same on every node, and never changed, so that old links keep working.</summary>
internal static class LinkKeyStore
{
    private const string Name = "contact_link_key";

    // It never changes: whoever has read it need not ask again.
    private static readonly ConditionalWeakTable<Database, byte[]> Known = [];

    public static async Task<byte[]> ReadAsync(Database database, IClock clock, CancellationToken stop)
    {
        if (Known.TryGetValue(database, out var known)) return known;
        await using (var work = await database.ReadAsync(stop))
            if (await FindAsync(work) is { } key)
            {
                Known.TryAdd(database, key);
                return key;
            }
        await using var first = await database.WriteAsync(stop);
        var made = await ReadAsync(first, clock.GetCurrentInstant());
        await first.CommitAsync();
        return made;
    }

    /// <summary>The key within a writing unit of work; made when it is missing.</summary>
    public static async Task<byte[]> ReadAsync(UnitOfWork work, Instant now)
    {
        if (await FindAsync(work) is { } key) return key;
        await work.ExecuteAsync(
            "insert into setting (name, value, changed_at, changed_by) values (@Name, @value, @now, 'system:contact') on conflict do nothing",
            new { Name, value = Json.Of(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))), now });
        return (await FindAsync(work))!;
    }

    /// <summary>The key; null = it was not made yet: no link was written, and no contact counted at an address.</summary>
    public static async Task<byte[]?> FindAsync(UnitOfWork work) =>
        await work.FirstAsync<Json?>("select value from setting where name = @Name", new { Name }) is { } value ? Convert.FromBase64String(value.Read<string>()) : null;
}
