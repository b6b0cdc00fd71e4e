using System.Security.Cryptography;
using System.Text;
using Dapper;
using Regard.Storage;

namespace Regard.Contact;

/// <summary>A contact that was counted at an address.</summary>
internal sealed record CountedContact
{
    public string AddressKey { get; init; } = "";
    public Guid ContactId { get; init; }
    public Guid CustomerId { get; init; }
    public string Purpose { get; init; } = "";
    public Instant At { get; init; }
}

/// <summary>
/// What reached an address, whichever profile it was for. Whoever reserves locks the customer's state first and then one address, never
/// another way round and never two: so nobody waits in a circle.
/// </summary>
internal sealed class AddressStore(UnitOfWork work)
{
    /// <summary>Counts a <see cref="CountedContact"/>, for whoever writes other things in the same round trip.</summary>
    public const string Reserve =
        """
        insert into address_contact (address_key, contact_id, customer_id, purpose, at) values (@AddressKey, @ContactId, @CustomerId, @Purpose, @At)
        on conflict (address_key, contact_id) do update set at = excluded.at
        """;

    /// <summary>The name under which an address is counted; null = the channel has no address.</summary>
    /// <param name="key">The house's key: without it nobody can tell which address it is.</param>
    public static string? KeyOf(Channel channel, string? address, byte[] key) => channel is Channel.Portal or Channel.Letter or Channel.Visit || address is null
        ? null
        : Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{(channel == Channel.Email ? "email" : "phone")}:{address}")).AsSpan(0, 16));

    /// <summary>
    /// What was counted at these addresses since a moment. One of them may be locked first: nobody else reserves there until the
    /// transaction ends. On SQLite the one writer has locked everything.
    /// </summary>
    public async Task<List<CountedContact>> ReadAsync(IReadOnlyCollection<string> keys, string? locked, Instant since)
    {
        const string Turn = "select address_key from address_turn where address_key = @locked for update";
        var counted = "select address_key, contact_id, customer_id, purpose, at from address_contact /* all customers: who else has the address */ where "
            + work.InWords("address_key", "@keys") + " and at > @since";
        var what = new { keys = new WordList(keys), locked, since };
        if (locked is null || work.Engine == Engine.Sqlite) return await work.ListAsync<CountedContact>(counted, what);
        using (var both = await work.ManyAsync($"{Turn};\n{counted}", what))
        {
            var isThere = await both.ReadFirstOrDefaultAsync<string>() is not null;
            var found = (await both.ReadAsync<CountedContact>()).AsList();
            if (isThere) return found;
        }
        await work.ExecuteAsync("insert into address_turn (address_key) values (@locked) on conflict do nothing", what);
        await work.ExecuteAsync(Turn, what);
        return await work.ListAsync<CountedContact>(counted, what);
    }

    /// <summary>Counts a contact at an address, or moves it to another moment. The caller has locked the address.</summary>
    public Task ReserveAsync(CountedContact contact) => work.ExecuteAsync(Reserve, contact);

    /// <summary>Counts it no more: it did not happen.</summary>
    public Task ReleaseAsync(string? key, Guid contactId) => key is null
        ? Task.CompletedTask
        : work.ExecuteAsync("delete from address_contact where address_key = @key and contact_id = @contactId", new { key, contactId });

    /// <summary>Moves what a call counts to another moment; null = it did not and will not happen. The row of the task is locked before, never after.</summary>
    public async Task MoveCallAsync(Guid customerId, Guid taskId, Instant? at)
    {
        if (await work.FirstAsync<CountedContact>(
            "select address_key, task_id as contact_id, customer_id, purpose from care_task where customer_id = @customerId and task_id = @taskId and address_key is not null", new { customerId, taskId }) is not { } call) return;
        if (at is { } moment) await ReserveAsync(call with { At = moment });
        else await ReleaseAsync(call.AddressKey, taskId);
    }
}
