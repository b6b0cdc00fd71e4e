using Regard.Access;
using Regard.Contact;
using Regard.Storage;

namespace Regard.Customers;

/// <summary>Customers' postal addresses. The one that was learned last and works is written to; what does not hold any more stays on record.</summary>
internal sealed class PostalStore(UnitOfWork work)
{
    private const string Columns = "address_id, recipient, street, postal_code, city, region, country, source, recorded_at, recorded_by, undeliverable_since, ended_at";

    /// <summary>Those that hold, the one that is written to first.</summary>
    public Task<List<PostalAddress>> CurrentAsync(Guid customerId) => work.ListAsync<PostalAddress>(
        $"""
        select {Columns} from postal_address where customer_id = @customerId and ended_at is null
        order by case when undeliverable_since is null then 0 else 1 end, recorded_at desc, address_id desc
        """,
        new { customerId });

    /// <summary>Adds an address in its normal form. Null = it was theirs already.</summary>
    public async Task<Guid?> AddAsync(Guid customerId, PostalAddress normal, Actor by, Instant now)
    {
        if ((await CurrentAsync(customerId)).Exists(known => known.IsSame(normal))) return null;
        var id = Ids.New(now);
        AudienceMemberStore.Follow(work, customerId);
        await work.ExecuteAsync(
            """
            insert into postal_address (customer_id, address_id, recipient, street, postal_code, city, region, country, source, recorded_at, recorded_by)
            values (@customerId, @id, @Recipient, @Street, @PostalCode, @City, @Region, @Country, @Source, @now, @by)
            """,
            new { customerId, id, normal.Recipient, normal.Street, normal.PostalCode, normal.City, normal.Region, normal.Country, normal.Source, now, by = by.Reference });
        return id;
    }

    /// <summary>What a source tells of an address fills in what is unknown: who has one keeps it.</summary>
    public async Task FillInAsync(Guid customerId, CustomerDraft draft, Actor by, Instant now)
    {
        if (draft.Postal?.Normal() is { } normal && (await CurrentAsync(customerId)).Count == 0) await AddAsync(customerId, normal with { Source = draft.Source }, by, now);
    }

    /// <summary>It is not theirs any more. Answers false when it was none of theirs.</summary>
    public async Task<bool> EndAsync(Guid customerId, Guid addressId, Actor by, Instant now)
    {
        AudienceMemberStore.Follow(work, customerId);
        return await work.ExecuteAsync(
            "update postal_address set ended_at = @now, ended_by = @by where customer_id = @customerId and address_id = @addressId and ended_at is null",
            new { customerId, addressId, now, by = by.Reference }) == 1;
    }

    /// <summary>Since when letters come back from there; null = they do not. The earlier moment stays.</summary>
    public async Task<bool> MarkAsync(Guid customerId, Guid addressId, Instant? since)
    {
        AudienceMemberStore.Follow(work, customerId);
        return await work.ExecuteAsync(
            $"update postal_address set undeliverable_since = {(since is null ? "null" : "coalesce(undeliverable_since, @since)")} where customer_id = @customerId and address_id = @addressId and ended_at is null",
            new { customerId, addressId, since }) == 1;
    }
}
