using Regard.Customers;
using Regard.Storage;

namespace Regard.Contact;

/// <summary>
/// A yes to offers that somebody else wrote down is asked for once more, by a mail to the customer's own address; until they confirm it
/// there, nothing is sent on it.
/// </summary>
internal sealed class ConsentDesk(UnitOfWork work, RegardSettings settings)
{
    private static readonly Duration LinkLasts = Duration.FromDays(14);

    // Whoever writes the same yes down every day does not make a mail every day of it.
    private static readonly Duration Between = Duration.FromDays(30);

    /// <summary>Asks for the confirmation that a new statement needs, in the statement's own transaction. Answers whether a mail was queued.</summary>
    public async Task<bool> FollowAsync(PreferenceStatement said, RecordedStatement recorded, Instant now)
    {
        if (!recorded.IsNew || !said.IsOwnWord || said.Quote().IsOwnAct || said.Wish.Purposes?.Any(named => named.Purpose == Purpose.Marketing && named.Channels.Contains(Channel.Email)) != true) return false;
        if (recorded.Wishes.For(Purpose.Marketing) is not { Channels: { } named } state || !named.Contains(Channel.Email) || state.Proven.Contains(Channel.Email)) return false;
        if (await new StepStore(work).CountAboutAsync(recorded.CustomerId, "consent:", now - Between) > 0) return false;
        var language = recorded.Wishes.Language ?? (await new ProfileStore(work).ReadAsync(recorded.CustomerId))?.Language;
        var key = await LinkKeyStore.ReadAsync(work, now);
        var link = settings.Link("/consent/" + new PersonalLink(LinkUse.Consent, recorded.CustomerId, recorded.StatementId, now + LinkLasts).Write(key));
        var answer = await new ContactDesk(work).RequestAsync(
            new ContactRequest
            {
                CustomerId = recorded.CustomerId,
                Purpose = Purpose.Service,
                About = $"consent:{recorded.StatementId}",
                Step = $"consent:{recorded.StatementId}",
                Channels = [Channel.Email],
                LatestUseful = now + LinkLasts,
            },
            LetterBook.Write(LetterKind.Consent, language, new Dictionary<string, object?> { ["link"] = ContactDraft.SecretPlace }) with { Secret = link },
            now);
        return answer?.OutboxId is not null;
    }
}
