using Regard.Storage;

namespace Regard.Access;

/// <summary>An API key as staff see it. Its secret is shown once, when it is made, and kept only as a hash.</summary>
public sealed record ApiKey
{
    public Guid KeyId { get; init; }

    public string Name { get; init; } = "";

    /// <summary>Words of rights, separated by a space.</summary>
    public string Scopes { get; init; } = "";

    public Instant CreatedAt { get; init; }

    public Instant? LastUsedAt { get; init; }

    public Instant? RevokedAt { get; init; }

    /// <summary>The rights of the scopes. A word that this version does not know gives nothing.</summary>
    public IEnumerable<Right> Rights() =>
        Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Words.Read<Right>).OfType<Right>();
}

/// <summary>The keys by which other systems are known.</summary>
internal sealed class ApiKeyStore(UnitOfWork work)
{
    /// <summary>What every key begins with, so that one that was published by mistake is recognised for what it is.</summary>
    public const string Prefix = "rgd_";

    private const string Columns = "key_id, name, scopes, created_at, last_used_at, revoked_at";

    /// <summary>Makes a key and answers its secret, which cannot be read again.</summary>
    public async Task<(Guid Id, string Secret)> MakeAsync(string name, IEnumerable<Right> scopes, Actor by, Instant now)
    {
        var (id, secret) = (Ids.New(now), Prefix + Secret.New());
        await work.ExecuteAsync(
            """
            insert into api_key (key_id, name, secret_hash, scopes, created_at, created_by)
            values (@id, @name, @Hash, @Scopes, @now, @By)
            """,
            new { id, name, Hash = Secret.Hash(secret), Scopes = string.Join(' ', scopes.Select(Words.Of)), now, By = by.Reference });
        return (id, secret);
    }

    /// <summary>The key of a secret, unless it was revoked; null when there is none.</summary>
    public Task<ApiKey?> FindAsync(string secret) => work.FirstAsync<ApiKey>(
        $"select {Columns} from api_key where secret_hash = @Hash and revoked_at is null", new { Hash = Secret.Hash(secret) });

    /// <summary>All keys, the newest first, revoked ones too.</summary>
    public Task<List<ApiKey>> ListAsync() => work.ListAsync<ApiKey>($"select {Columns} from api_key order by key_id desc");

    public Task NoteAsync(Guid keyId, Instant now) =>
        work.ExecuteAsync("update api_key set last_used_at = @now where key_id = @keyId and (last_used_at is null or last_used_at < @now)", new { keyId, now });

    /// <summary>Ends a key at once and for ever. False when there is no such key, or it was revoked before.</summary>
    public async Task<bool> RevokeAsync(Guid keyId, Instant now) =>
        await work.ExecuteAsync("update api_key set revoked_at = @now where key_id = @keyId and revoked_at is null", new { keyId, now }) == 1;
}
