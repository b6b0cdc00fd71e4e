using Regard.Customers;
using Regard.Storage;

namespace Regard.Contact;

/// <summary>Asks customers how they want to be treated: whether, when and by which way is decided for each, and kept in their ledger.</summary>
internal sealed class AskingDesk(UnitOfWork work, RegardSettings settings)
{
    private static readonly Duration LinkLasts = Duration.FromDays(60);

    /// <summary>Asks one customer when this is the moment. Answers what was decided.</summary>
    public async Task<Asking> AskAsync(Guid customerId, Instant now)
    {
        // The lock first: two nodes that look at one customer at once ask once.
        await new ContactStateStore(work).LockAsync(customerId, now);
        var store = new AskingStore(work);
        var asking = Asking.Of(await store.FactsAsync(customerId), now);
        if (asking.Occasion is not { } occasion || await new ProfileStore(work).ReadAsync(customerId) is not { ErasedAt: null } customer) return asking;
        var askingId = Ids.New(now);
        var request = new ContactRequest
        {
            CustomerId = customerId,
            Purpose = Purpose.Care,
            About = $"asking:{askingId}",
            Step = $"asking:{askingId}",
            Channels = Asking.Ways,
            LatestUseful = now + Duration.FromDays(14),
        };
        var desk = new ContactDesk(work);
        var way = (await desk.PreviewAsync(request, now))?.Channel;
        var answer = await desk.RequestAsync(request, await DraftAsync(way, customer.Language, new PersonalLink(LinkUse.Asking, customerId, askingId, now + LinkLasts), now), now);
        await store.AddAsync(customerId, askingId, occasion, answer!, now);
        // Where writing is not allowed either, nobody presses on: whoever speaks with them next asks.
        if (answer!.Channel is null && occasion == AskingOccasion.AfterCalls)
            await new OutboxStore(work).AskPeopleAsync(new OutboxRow { CustomerId = customerId, OutboxId = askingId, Purpose = Words.Of(Purpose.Care), About = request.About }, "When they next get in touch, ask how they want to be reached", asking.Why, now);
        return asking;
    }

    // In the portal they are signed in already, and a message there is read for longer than a link lasts.
    private async Task<ContactDraft> DraftAsync(Channel? way, string? language, PersonalLink link, Instant now)
    {
        if (way == Channel.Portal) return LetterBook.Write(LetterKind.Asking, language, new Dictionary<string, object?> { ["link"] = settings.Link("/me/preferences") });
        var draft = LetterBook.Write(LetterKind.Asking, language, new Dictionary<string, object?> { ["link"] = ContactDraft.SecretPlace, ["is_link"] = true });
        return draft with { Secret = settings.Link("/how/" + link.Write(await LinkKeyStore.ReadAsync(work, now))) };
    }
}
