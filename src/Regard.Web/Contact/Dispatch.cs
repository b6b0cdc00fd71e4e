using Regard.Channels;
using Regard.Storage;

namespace Regard.Contact;

/// <summary>One way of a process's mails: prepares a message, hands it over when its turn comes, and waits for the answer.</summary>
internal sealed class Dispatch(Database database, RegardSettings settings, IClock clock, IMailRoute route, DispatchSteps steps)
{
    /// <summary>A way that has its steps to itself.</summary>
    public Dispatch(Database database, RegardSettings settings, IClock clock, IMailRoute route, string worker)
        : this(database, settings, clock, route, new DispatchSteps(database, clock, worker))
    {
    }

    /// <summary>Sends what is due, at most <paramref name="most"/> messages. Answers how many were taken up.</summary>
    public async Task<int> RunAsync(int most, CancellationToken stop)
    {
        List<OutboxRow> due;
        await using (var work = await database.ReadAsync(stop)) due = await new OutboxStore(work).DueAsync(clock.GetCurrentInstant(), most);
        var taken = 0;
        while (due.Count > 0)
        {
            var group = due.DistinctBy(row => row.CustomerId).Take(DispatchSteps.Most).ToList();
            due = [.. due.Except(group)];
            foreach (var claimed in await steps.ClaimAsync(group, stop))
            {
                await SendAsync(claimed, stop);
                taken++;
            }
        }
        return taken;
    }

    /// <summary>Finds messages whose worker went away in the middle, and messages that came too late.</summary>
    public async Task SweepAsync(CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        List<OutboxRow> abandoned;
        await using (var work = await database.ReadAsync(stop)) abandoned = await new OutboxStore(work).AbandonedAsync(now, 500);
        var ambiguous = new SendResult(SendOutcome.Ambiguous, "The process that sent it ended in the middle.");
        await Task.WhenAll(abandoned.Select(row => steps.FinishAsync(new SentContact(row, row.ClaimedBy ?? "", ambiguous))));
        await using var late = await database.WriteAsync(stop);
        await new OutboxStore(late).ExpireAsync(now);
        await new OutboxStore(late).ForgetSecretsAsync(now);
        await late.CommitAsync();
    }

    /// <summary>Takes one message; null = it is not this worker's to send now.</summary>
    public async Task<ClaimedContact?> ClaimAsync(OutboxRow row, CancellationToken stop) => await steps.ClaimAsync([row], stop) is [var claimed] ? claimed : null;

    /// <summary>Sends a claimed message and writes what became of it.</summary>
    public async Task SendAsync(ClaimedContact claimed, CancellationToken stop)
    {
        if (await DeliverAsync(claimed, stop) is { } sent) await steps.FinishAsync(sent);
    }

    /// <summary>Sends a claimed message. Answers what is known of it, to be written; null = it was given back.</summary>
    public async Task<SentContact?> DeliverAsync(ClaimedContact claimed, CancellationToken stop)
    {
        var result = claimed.Permit.Channel == Channel.Portal
            ? new SendResult(SendOutcome.Accepted, "Waits in the portal.")
            : await MailAsync(claimed, stop);
        return result is null ? null : new SentContact(claimed.Row, claimed.Worker, result);
    }

    private async Task<SendResult?> MailAsync(ClaimedContact claimed, CancellationToken stop)
    {
        try
        {
            await using var slot = await route.OpenAsync(claimed.Permit, await MessageAsync(claimed, stop), stop);
            if (!await steps.HandOverAsync(claimed, slot)) return null;
            // A shutdown does not make us forget what was handed over.
            return await slot.ResultAsync(CancellationToken.None);
        }
        catch (MailFailure failure)
        {
            return failure.Result;
        }
        catch (OperationCanceledException)
        {
            // The process ends, and nothing was handed over: the end of a mail is not cancelled.
            await steps.ReturnAsync(claimed);
            return null;
        }
    }

    private async Task<MailMessage> MessageAsync(ClaimedContact claimed, CancellationToken stop)
    {
        var purpose = claimed.Permit.Purpose;
        var key = await LinkKeyStore.ReadAsync(database, clock, stop);
        var token = purpose.IsOurInitiative() ? new UnsubscribeToken(claimed.Row.CustomerId, purpose, claimed.Row.OutboxId).Write(key) : null;
        string? Address(char kind) => settings.ReturnDomain is { } domain ? $"{new MailToken(kind, claimed.Row.OutboxId).Write(key)}@{domain}" : null;
        return new MailMessage
        {
            From = settings.MailFrom,
            Subject = claimed.Row.Subject,
            Text = claimed.Row.Secret is { } secret ? claimed.Row.Content.Replace(ContactDraft.SecretPlace, secret, StringComparison.Ordinal) : claimed.Row.Content,
            MessageId = claimed.Row.MessageId,
            Language = LetterBook.LanguageOf(claimed.Row.Wording) ?? claimed.Row.Language,
            ReturnTo = Address(MailToken.Bounce),
            UnsubscribeAddress = token is null ? null : Address(MailToken.Unsubscribe),
            WishesLink = token is null ? null : settings.Link("/wishes/" + new PersonalLink(LinkUse.Wishes, claimed.Row.CustomerId, claimed.Row.OutboxId, clock.GetCurrentInstant() + WishesLinkEndpoints.LinkLasts).Write(key)),
            UnsubscribeLink = token is null ? null : settings.Link("/u/" + token),
            Date = clock.GetCurrentInstant(),
        };
    }
}
