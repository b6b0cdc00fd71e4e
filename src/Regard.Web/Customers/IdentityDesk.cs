using Regard.Access;
using Regard.Storage;

namespace Regard.Customers;

/// <summary>What became of an identity that was added to a known customer.</summary>
public enum IdentityOutcome
{
    Added,

    /// <summary>It was theirs already.</summary>
    Known,

    /// <summary>It is theirs now, and leads to another customer too: perhaps the two are one.</summary>
    Shared,

    /// <summary>It is no identity of this kind; nothing was written.</summary>
    Unreadable,
}

/// <summary>Adds what a known customer is recognised by, and notes which addresses fail.</summary>
internal sealed class IdentityDesk(UnitOfWork work)
{
    private readonly IdentityStore _identities = new(work);

    /// <summary>Adds an identity to a living profile. One that another customer has too is kept on both, and goes on leading to the first.</summary>
    public async Task<IdentityOutcome> AddAsync(Guid customerId, IdentityDraft given, string? country, Actor by, Instant now)
    {
        if (IdentityForm.Normal(given.Kind, given.Value, country) is not { } normal) return IdentityOutcome.Unreadable;
        var holder = await _identities.ClaimAsync(customerId, given.Kind, normal);
        if (!await _identities.KeepAsync(customerId, given with { Value = normal }, "staff", by, now)) return IdentityOutcome.Known;
        await new TermStore(work).WriteAsync(customerId);
        await new ErasedAddressStore(work).HonourAsync(customerId, [given with { Value = normal }], now);
        return holder == customerId || await new CustomerStore(work).CurrentAsync(holder) == customerId ? IdentityOutcome.Added : IdentityOutcome.Shared;
    }

    /// <summary>Notes that mail or calls to it fail, or that they do not any more. False = it is none of this customer's.</summary>
    public async Task<bool> MarkAsync(Guid customerId, Guid identityId, bool isUndeliverable, Instant now) => await _identities.MarkAsync(customerId, identityId, isUndeliverable ? now : null) == 1;
}
