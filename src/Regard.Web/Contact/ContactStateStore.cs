using Regard.Storage;

namespace Regard.Contact;

/// <summary>A customer's present wishes and the version that every claim and hand-off compares.</summary>
internal sealed record ContactState(Guid CustomerId, long Version, Wishes Wishes);

/// <summary>
/// The row that serialises everything that happens to one customer's contacts: statements and claims lock it, a hand-off holds it in
/// share while it writes to the wire. It is read from the database each time, never from a cache.
/// </summary>
internal sealed class ContactStateStore(UnitOfWork work)
{
    /// <summary>The state for looking only; a customer of whom nothing was ever said has version 0.</summary>
    public async Task<ContactState> ReadAsync(Guid customerId) => Read(customerId, await RowAsync(customerId, ""));

    /// <summary>The state, locked until the transaction ends.</summary>
    public async Task<ContactState> LockAsync(Guid customerId, Instant now)
    {
        if (await RowAsync(customerId, work.ForUpdate) is { } row) return Read(customerId, row);
        await work.ExecuteAsync(
            "insert into contact_state (customer_id, version, wishes, updated_at) values (@customerId, 0, @wishes, @now) on conflict do nothing",
            new { customerId, wishes = Json.Of(Wishes.Unsaid), now });
        return Read(customerId, await RowAsync(customerId, work.ForUpdate));
    }

    /// <summary>The state, locked until the transaction ends; null = somebody else is at this customer now.</summary>
    public async Task<ContactState?> TryLockAsync(Guid customerId, Instant now)
    {
        if (await RowAsync(customerId, work.SkipLocked) is { } row) return Read(customerId, row);
        return await RowAsync(customerId, "") is null ? await LockAsync(customerId, now) : null;
    }

    /// <summary>Locks the states of several customers until the transaction ends, in the order of their ids: so nobody waits in a circle.</summary>
    public Task LockAsync(IReadOnlyCollection<Guid> customers) => work.Engine == Engine.Sqlite
        ? Task.CompletedTask
        : work.ExecuteAsync(
            $"{work.Patience(customers.Count)}select version from contact_state where {work.InIds("customer_id", "@customers")} order by customer_id{work.ForUpdate}", new { customers = new IdList(customers) });

    /// <summary>Writes new wishes under the next version.</summary>
    public async Task<ContactState> WriteAsync(ContactState locked, Wishes wishes, Instant now)
    {
        work.AcknowledgeAfterTurn(locked.CustomerId);
        AudienceMemberStore.Follow(work, locked.CustomerId);
        var next = new ContactState(locked.CustomerId, locked.Version + 1, wishes);
        await work.ExecuteAsync(
            "update contact_state set version = @Version, wishes = @wishes, updated_at = @now where customer_id = @CustomerId",
            new { next.CustomerId, next.Version, wishes = Json.Of(wishes), now });
        return next;
    }

    private Task<StateRow?> RowAsync(Guid customerId, string locking) => work.FirstAsync<StateRow>(
        $"{work.PlanOnce()}select customer_id, version, wishes from contact_state where customer_id = @customerId{locking}", new { customerId });

    public static ContactState Read(Guid customerId, StateRow? row) =>
        row is null ? new ContactState(customerId, 0, Wishes.Unsaid) : new ContactState(customerId, row.Version, row.Wishes.Read<Wishes>());

    /// <summary>A row of <c>contact_state</c>.</summary>
    internal sealed record StateRow
    {
        public Guid CustomerId { get; init; }

        public long Version { get; init; }

        public Json Wishes { get; init; }
    }
}
