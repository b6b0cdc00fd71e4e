using System.Diagnostics;
using Regard.Channels;
using Regard.Storage;
using Regard.Timeline;

namespace Regard.Contact;

/// <summary>One worker's way of a message: claim, prepare, hand over while the wishes are held, write what became of it.</summary>
internal sealed class Dispatch(Database database, RegardSettings settings, IClock clock, IMailRoute route, string worker)
{
    private static readonly TimeSpan HoldIsFresh = TimeSpan.FromSeconds(1);

    /// <summary>Sends what is due, at most <paramref name="most"/> messages. Answers how many were taken up.</summary>
    public async Task<int> RunAsync(int most, CancellationToken stop)
    {
        List<OutboxRow> due;
        await using (var work = await database.ReadAsync(stop)) due = await new OutboxStore(work).DueAsync(clock.GetCurrentInstant(), most);
        var taken = 0;
        foreach (var row in due)
            if (await TakeAsync(row, stop))
                taken++;
        return taken;
    }

    /// <summary>Sends one message that is due. Answers whether it was this worker's to take.</summary>
    public async Task<bool> TakeAsync(OutboxRow row, CancellationToken stop)
    {
        if (await ClaimAsync(row, stop) is not { } claimed) return false;
        await SendAsync(claimed, stop);
        return true;
    }

    /// <summary>Finds messages whose worker went away in the middle, and messages that came too late.</summary>
    public async Task SweepAsync(CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        List<OutboxRow> abandoned;
        await using (var work = await database.ReadAsync(stop)) abandoned = await new OutboxStore(work).AbandonedAsync(now, 500);
        foreach (var row in abandoned)
            await FinishAsync(row, row.ClaimedBy ?? "", new SendResult(SendOutcome.Ambiguous, "The process that sent it ended in the middle."), stop);
        await using var late = await database.WriteAsync(stop);
        await new OutboxStore(late).ExpireAsync(now);
        await new OutboxStore(late).ForgetSecretsAsync(now);
        await late.CommitAsync();
    }

    public async Task<ClaimedContact?> ClaimAsync(OutboxRow row, CancellationToken stop)
    {
        await using var work = await database.WriteAsync(stop);
        var claimed = await new OutboxStore(work).ClaimAsync(row, worker, clock.GetCurrentInstant());
        await work.CommitAsync();
        return claimed;
    }

    public async Task SendAsync(ClaimedContact claimed, CancellationToken stop)
    {
        var result = claimed.Permit.Channel == Channel.Portal
            ? new SendResult(SendOutcome.Accepted, "Waits in the portal.")
            : await MailAsync(claimed, stop);
        // A shutdown does not make us forget what was handed over.
        if (result is not null) await FinishAsync(claimed.Row, claimed.Worker, result, CancellationToken.None);
    }

    private async Task<SendResult?> MailAsync(ClaimedContact claimed, CancellationToken stop)
    {
        try
        {
            await using var slot = await route.OpenAsync(claimed.Permit, await MessageAsync(claimed, stop), stop);
            if (!await HandOverAsync(claimed, slot, stop)) return null;
            return await slot.ResultAsync(CancellationToken.None);
        }
        catch (MailFailure failure)
        {
            return failure.Result;
        }
        catch (OperationCanceledException)
        {
            // The process ends, and nothing was handed over: the end of a mail is not cancelled.
            await ReturnAsync(claimed, CancellationToken.None);
            return null;
        }
    }

    // The state is held from the check to the mail's end, and no longer: an opt-out that is answered meanwhile waits for that moment. A
    // process that was stopped in between cannot know whether the database still holds it: it hands nothing over.
    private async Task<bool> HandOverAsync(ClaimedContact claimed, IMailSlot slot, CancellationToken stop)
    {
        await using (var work = database.Engine == Engine.Sqlite ? await database.ReadAsync(stop) : await database.WriteAsync(stop))
        {
            var asked = Stopwatch.GetTimestamp();
            if (await new OutboxStore(work).HoldAsync(claimed, clock.GetCurrentInstant()) && Stopwatch.GetElapsedTime(asked) < HoldIsFresh)
            {
                await slot.HandOverAsync(stop);
                return true;
            }
        }
        await ReturnAsync(claimed, stop);
        return false;
    }

    private async Task ReturnAsync(ClaimedContact claimed, CancellationToken stop)
    {
        await using var back = await database.WriteAsync(stop);
        await new OutboxStore(back).ReturnAsync(claimed);
        await back.CommitAsync();
    }

    private async Task FinishAsync(OutboxRow row, string claimedBy, SendResult result, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        await using var work = await database.WriteAsync(stop);
        var outbox = new OutboxStore(work);
        var after = AfterSending.Of(result, Words.Must<Purpose>(row.Purpose), row.Attempts, now);
        if (!await outbox.FinishAsync(row, claimedBy, after, now)) return;
        if (result.IsAddressBad) await outbox.MarkUndeliverableAsync(row.CustomerId, row.Address, now);
        if (after.State is "failed" or "ambiguous") await outbox.AskPeopleAsync(row, $"Not certain to have arrived: {row.Subject}", after.Explanation, now);
        await new ContactNews(work).AfterAsync(row, after, now);
        if (after.State == "sent") await new TimelineStore(work).AppendAsync(row.CustomerId, Touchpoint(row, now), now);
        await work.CommitAsync();
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

    private static Touchpoint Touchpoint(OutboxRow row, Instant now) => new()
    {
        At = now,
        Department = Department.Service,
        Kind = row.Channel == "portal" ? "message" : "mail",
        Channel = row.Channel,
        Direction = Direction.Out,
        Summary = row.Subject,
        Source = "outbox",
        SourceId = row.OutboxId.ToString(),
    };
}
