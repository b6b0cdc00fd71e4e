using System.Security.Cryptography;
using System.Text;
using Regard.Access;
using Regard.Contact;
using Regard.Storage;

namespace Regard.Customers;

/// <summary>
/// By what erased customers were recognised, as keyed hashes: enough to know such an address again when somebody brings it, and nothing
/// that could be read. Files do not bring it back at all; whoever comes back otherwise is left in peace until they say something themselves.
/// </summary>
internal sealed class ErasedAddressStore(UnitOfWork work)
{
    private const string KeyName = "erased_address_key";

    /// <summary>Keeps the hashes of what a customer is recognised by, who is about to be erased.</summary>
    public async Task KeepAsync(IReadOnlyList<Identity> identities, Instant now)
    {
        if (identities.Count == 0) return;
        var key = await KeyAsync() ?? await MakeKeyAsync(now);
        foreach (var identity in identities)
            await work.ExecuteAsync(
                "insert into erased_address (address_hash, erased_at) values (@hash, @now) on conflict do nothing", new { hash = Hash(key, new IdentityDraft(identity.Kind, identity.Value)), now });
    }

    /// <summary>Those of some identities (in normal form) that an erased customer had.</summary>
    public async Task<IReadOnlySet<IdentityDraft>> FindAsync(IEnumerable<IdentityDraft> normal)
    {
        // Without a key nobody was ever erased.
        if (await KeyAsync() is not { } key) return new HashSet<IdentityDraft>();
        var hashes = normal.Distinct().ToDictionary(identity => Hash(key, identity), StringComparer.Ordinal);
        var found = await work.ListAsync<string>($"select address_hash from erased_address where {work.InWords("address_hash", "@hashes")}", new { hashes = new WordList(hashes.Keys) });
        return found.Select(hash => hashes[hash]).ToHashSet();
    }

    /// <summary>When a customer was given an address of somebody who was erased: from now on nothing is begun with them on our own initiative.</summary>
    public async Task HonourAsync(Guid customerId, IReadOnlyCollection<IdentityDraft> added, Instant now)
    {
        if (added.Count == 0 || (await FindAsync(added)).Count == 0) return;
        await new PreferenceStore(work).RecordAsync(
            new PreferenceStatement
            {
                CustomerId = customerId,
                StatementId = Ids.New(now),
                SaidAt = now,
                Place = StatementPlace.Page,
                Basis = StatementBasis.Inferred,
                Words = "Whoever had this address asked to be forgotten.",
                Wish = new Wish { Purposes = [.. Purposes.All.Where(purpose => purpose.IsOurInitiative()).Select(purpose => new PurposeWish(purpose, []))] },
                RecordedBy = Actor.System("erasure").Reference,
                RecordedAt = now,
                Source = "erasure",
                SourceId = "known again",
            },
            now);
    }

    private static string Hash(byte[] key, IdentityDraft identity) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{Words.Of(identity.Kind)}:{identity.Value}")));

    private async Task<byte[]?> KeyAsync() =>
        await work.FirstAsync<Json?>("select value from setting where name = @KeyName", new { KeyName }) is { } value ? Convert.FromBase64String(value.Read<string>()) : null;

    private async Task<byte[]> MakeKeyAsync(Instant now)
    {
        await work.ExecuteAsync(
            "insert into setting (name, value, changed_at, changed_by) values (@KeyName, @value, @now, 'system:erasure') on conflict do nothing",
            new { KeyName, value = Json.Of(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))), now });
        return (await KeyAsync())!;
    }
}
