using Regard.Contact;
using Regard.Customers;
using Regard.Storage;

namespace Regard.Access;

/// <summary>Signs customers in to the portal by a link in a mail.</summary>
internal sealed class PortalDesk(Database database, IClock clock, RegardSettings settings)
{
    /// <summary>
    /// Makes a link for whoever is recognised by an address and hands it to the contact desk, as the answer to the customer's own request:
    /// the gate decides about it as about any other mail. Does nothing for an unknown address, or one for which too many were asked.
    /// </summary>
    public async Task SendLinkAsync(string email, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        await using var work = await database.WriteAsync(stop);
        var asked = new Attempt($"link:{email.Trim().ToLowerInvariant()}", AttemptLimit.Link);
        if (await new ThrottleStore(work).CountAsync([asked], now) is not null) return;
        if (await new CustomerStore(work).ResolveAsync(IdentityKind.Email, email) is { } customer)
        {
            var token = await new PortalLinkStore(work).MakeAsync(customer, now);
            var step = $"sign_in:{Ids.New(now)}";
            var request = new ContactRequest
            {
                CustomerId = customer,
                Purpose = Purpose.Service,
                About = step,
                Step = step,
                Channels = [Channel.Email],
                LatestUseful = now + PortalLinkStore.Life,
            };
            var link = settings.Link($"{PortalSignInEndpoints.LinkPath}/{token}");
            var language = (await new ProfileStore(work).BareAsync(customer))?.Language;
            await new ContactDesk(work).RequestAsync(request, LetterBook.Write(LetterKind.SignIn, language, new Dictionary<string, object?> { ["link"] = ContactDraft.SecretPlace }) with { Secret = link }, now);
        }
        await work.CommitAsync();
    }

    /// <summary>Whether a link can still be used. Looking uses nothing up.</summary>
    public async Task<bool> IsGoodAsync(string token, CancellationToken stop)
    {
        await using var work = await database.ReadAsync(stop);
        return await new PortalLinkStore(work).IsGoodAsync(token, clock.GetCurrentInstant());
    }

    /// <summary>Uses a link up and answers the secret of a new session; null when the link has ended. What the browser says about privacy is heard here first.</summary>
    public async Task<string?> OpenAsync(HttpContext http, string token)
    {
        var now = clock.GetCurrentInstant();
        await using var work = await database.WriteAsync(http.RequestAborted);
        if (await new PortalLinkStore(work).UseAsync(token, now) is not { } owner || await new CustomerStore(work).CurrentAsync(owner) is not { } customer) return null;
        await Gpc.HearAsync(http, work, customer, now);
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
