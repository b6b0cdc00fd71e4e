using Regard.Customers;
using Regard.Storage;

namespace Regard.Access;

/// <summary>Signs customers in to the portal by a link in a mail.</summary>
internal sealed class PortalDesk(Database database, IClock clock)
{
    /// <summary>Whether a link can still be used. Looking uses nothing up.</summary>
    public async Task<bool> IsGoodAsync(string token, CancellationToken stop)
    {
        await using var work = await database.ReadAsync(stop);
        return await new PortalLinkStore(work).IsGoodAsync(token, clock.GetCurrentInstant());
    }

    /// <summary>Uses a link up and answers the secret of a new session; null when the link has ended.</summary>
    public async Task<string?> OpenAsync(string token, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        await using var work = await database.WriteAsync(stop);
        if (await new PortalLinkStore(work).UseAsync(token, now) is not { } owner || await new CustomerStore(work).CurrentAsync(owner) is not { } customer) return null;
        var session = await new PortalSessionStore(work).BeginAsync(customer, now);
        await work.CommitAsync();
        return session;
    }

    public async Task SignOutAsync(string? session, CancellationToken stop)
    {
        if (session is null) return;
        await using var work = await database.WriteAsync(stop);
        await new PortalSessionStore(work).EndAsync(session, clock.GetCurrentInstant());
        await work.CommitAsync();
    }
}
