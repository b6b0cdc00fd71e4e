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
/// What reached an address, whichever profile it was for. Whoever reserves locks customers' states first and then their addresses in the
/// order of their keys, never another way round: so nobody waits in a circle.
/// </summary>
internal sealed class AddressStore(UnitOfWork work)
{
    private static readonly Bulk<CountedContact> Counted = new(
        "address_contact", "address_key, contact_id",
        Column<CountedContact>.Text("address_key", row => row.AddressKey),
        Column<CountedContact>.Id("contact_id", row => row.ContactId),
        Column<CountedContact>.Id("customer_id", row => row.CustomerId),
        Column<CountedContact>.Text("purpose", row => row.Purpose),
        Column<CountedContact>.At("at", row => row.At));

    private static readonly Bulk<string> Turns = new(
        "address_turn", "address_key", Column<string>.Text("address_key", key => key), Column<string>.Truth("is_shared", _ => true));

    /// <summary>The name under which an address is counted; null = the channel has no address.</summary>
    /// <param name="key">The house's key: without it nobody can tell which address it is.</param>
    public static string? KeyOf(Channel channel, string? address, byte[] key) => channel is Channel.Portal or Channel.Letter or Channel.Visit || address is null
        ? null
        : Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{(channel == Channel.Email ? "email" : "phone")}:{address}")).AsSpan(0, 16));

    /// <summary>
    /// What was counted at these addresses since a moment. Some of them may be locked first, in the order of their keys: nobody else
    /// reserves there until the transaction ends. On SQLite the one writer has locked everything.
    /// </summary>
    public async Task<List<CountedContact>> ReadAsync(IReadOnlyCollection<string> keys, IReadOnlyCollection<string> locked, Instant since)
    {
        // A row that is there already is locked and not changed.
        const string Turns =
            """
            insert into address_turn (address_key) select key from unnest(@locked) as key order by key collate "C"
            on conflict (address_key) do update set address_key = excluded.address_key where false
            """;
        if (keys.Count == 0) return [];
        var counted = "select address_key, contact_id, customer_id, purpose, at from address_contact /* all customers: who else has the address */ where "
            + work.InWords("address_key", "@keys") + " and at > @since";
        var turns = locked.Count == 0 || work.Engine == Engine.Sqlite ? "" : Turns + ";\n";
        return await work.ListAsync<CountedContact>(turns + counted, new { keys = new WordList(keys), locked = new WordList(locked), since });
    }

    /// <summary>Counts contacts at an address each, or moves them to another moment. The caller has locked the addresses.</summary>
    public async Task ReserveAsync(params IReadOnlyList<CountedContact> contacts)
    {
        if (contacts.Count == 0) return;
        await Counted.UpsertAsync(work, [.. contacts.OrderBy(contact => contact.AddressKey, StringComparer.Ordinal)], "set at = excluded.at");
        await work.ExecuteAsync(
            $"""
            update address_contact set is_shared = true where {work.InWords("address_key", "@keys")} and {work.InIds("contact_id", "@ids")} and not is_shared
              and exists (select 1 from address_turn t where t.address_key = address_contact.address_key and t.is_shared)
            """,
            new { keys = new WordList(contacts.Select(contact => contact.AddressKey)), ids = new IdList(contacts.Select(contact => contact.ContactId)) });
    }

    /// <summary>
    /// Notes that these are addresses of several profiles: what was counted at them, and what will be, counts for each of them. Whoever
    /// reserves there waits, or has been waited for.
    /// </summary>
    public async Task ShareAsync(IReadOnlyCollection<string> keys)
    {
        if (keys.Count == 0) return;
        await Turns.UpsertAsync(work, [.. keys.Order(StringComparer.Ordinal)], "set is_shared = true");
        await work.ExecuteAsync($"update address_contact set is_shared = true where {work.InWords("address_key", "@keys")} and not is_shared", new { keys = new WordList(keys) });
    }

    /// <summary>Who was counted at these addresses while it was not noted that several have them.</summary>
    public Task<List<CountedContact>> UnsharedAsync(IReadOnlyCollection<string> keys) => work.ListAsync<CountedContact>(
        $"""
        select distinct address_key, customer_id from address_contact /* all customers: who else has the address */
        where {work.InWords("address_key", "@keys")} and not is_shared
        """,
        new { keys = new WordList(keys) });

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
