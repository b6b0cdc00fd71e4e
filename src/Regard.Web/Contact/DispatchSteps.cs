using System.Diagnostics;
using Regard.Channels;
using Regard.Storage;
using Regard.Texts;
using Regard.Timeline;

namespace Regard.Contact;

/// <summary>
/// What a process's workers do with messages in the database: claim them, hand them over while the wishes are held, write what became of
/// them. Each message is decided and compared by itself; those that are at the same step in the same moment share a transaction, and one
/// that stands in their way is done alone (docs/decisions/0022-several-in-one-transaction.md).
/// </summary>
internal sealed class DispatchSteps
{
    /// <summary>How many messages share a transaction at most: an opt-out of one of their customers waits for it.</summary>
    public const int Most = 32;

    private const int Groups = 2;
    private static readonly TimeSpan HoldIsFresh = TimeSpan.FromSeconds(1);

    private readonly Database _database;
    private readonly IClock _clock;
    private readonly string _worker;
    private readonly Together<(ClaimedContact Claimed, IMailSlot Slot), HandedOver> _handOvers;
    private readonly Together<SentContact, bool> _ends;

    public DispatchSteps(Database database, IClock clock, string worker)
    {
        (_database, _clock, _worker) = (database, clock, worker);
        _handOvers = new(Most, Groups, HandOverAsync);
        _ends = new(Most, Groups, FinishAsync);
    }

    /// <summary>Takes messages, of each customer one, all in one transaction. Answers those that may be sent.</summary>
    public async Task<IReadOnlyList<ClaimedContact>> ClaimAsync(IReadOnlyList<OutboxRow> due, CancellationToken stop)
    {
        await using var work = await _database.WriteAsync(stop);
        var claimed = await new ClaimStore(work).ClaimAsync(due, _worker, _clock.GetCurrentInstant());
        await work.CommitAsync();
        return claimed;
    }

    /// <summary>Writes a message's end if the wishes stand as they did. Answers false when they do not: it is given back then.</summary>
    /// <exception cref="MailFailure">The end did not come through whole.</exception>
    public async Task<bool> HandOverAsync(ClaimedContact claimed, IMailSlot slot)
    {
        var handed = await _handOvers.DoAsync((claimed, slot));
        if (handed.Failure is { } failure) throw failure;
        if (!handed.IsBegun) await ReturnAsync(claimed);
        return handed.IsBegun;
    }

    /// <summary>Gives a message back that was not handed over.</summary>
    public async Task ReturnAsync(ClaimedContact claimed)
    {
        await using var back = await _database.WriteAsync(CancellationToken.None);
        await new ClaimStore(back).ReturnAsync(claimed);
        await back.CommitAsync();
    }

    /// <summary>Writes what became of a message.</summary>
    public Task FinishAsync(SentContact sent) => _ends.DoAsync(sent);

    // The states are held from the check to the mails' ends, and no longer: an opt-out that is answered meanwhile waits for that moment. A
    // process that was stopped in between cannot know whether the database still holds them: it hands nothing over.
    private async Task<IReadOnlyList<HandedOver>> HandOverAsync(IReadOnlyList<(ClaimedContact Claimed, IMailSlot Slot)> opened)
    {
        List<Task<HandedOver>> ends = [];
        try
        {
            await using var work = _database.Engine == Engine.Sqlite ? await _database.ReadAsync(CancellationToken.None) : await _database.WriteAsync(CancellationToken.None);
            var asked = Stopwatch.GetTimestamp();
            var mayBe = await new ClaimStore(work).HoldAsync([.. opened.Select(one => one.Claimed)], _clock.GetCurrentInstant());
            foreach (var (one, may) in opened.Zip(mayBe))
                ends.Add(may && Stopwatch.GetElapsedTime(asked) < HoldIsFresh ? EndAsync(one.Slot) : Task.FromResult(new HandedOver(false, null)));
            await Task.WhenAll(ends);
        }
        catch (Exception) when (ends.Count > 0)
        {
            // What broke after the ends were begun is the letting go of the states: it changes nothing that was handed over.
        }
        return await Task.WhenAll(ends);
    }

    private static async Task<HandedOver> EndAsync(IMailSlot slot)
    {
        try
        {
            await slot.HandOverAsync(CancellationToken.None);
            return new HandedOver(true, null);
        }
        catch (Exception failure)
        {
            return new HandedOver(true, failure);
        }
    }

    private async Task<IReadOnlyList<bool>> FinishAsync(IReadOnlyList<SentContact> sent)
    {
        var now = _clock.GetCurrentInstant();
        await using var work = await _database.WriteAsync(CancellationToken.None);
        await new ContactStateStore(work).LockAsync([.. sent.Select(one => one.Row.CustomerId).Distinct()]);
        List<FinishedContact> finished = [];
        foreach (var one in sent) finished.Add(await EndedAsync(work, one, now));
        var isOurs = await new OutboxStore(work).FinishAsync(finished, now);
        var ours = finished.Where((_, n) => isOurs[n]).ToList();
        foreach (var one in ours) await FollowAsync(work, one, now);
        await new TimelineStore(work).AppendAsync([.. ours.Where(one => one.After.State == "sent").Select(one => (one.Row.CustomerId, SentMessage.Touchpoint(one.Row, now)))], now);
        await work.CommitAsync();
        return isOurs;
    }

    private static async Task<FinishedContact> EndedAsync(UnitOfWork work, SentContact one, Instant now)
    {
        var result = one.Result.Outcome == SendOutcome.Ambiguous && await new OutboxStore(work).WasTakenAsync(one.Row)
            ? new SendResult(SendOutcome.Accepted, "No answer came, and the provider says that it has the message.")
            : one.Result;
        return new FinishedContact(one.Row, one.Worker, result, AfterSending.Of(result, Words.Must<Purpose>(one.Row.Purpose), one.Row.Attempts, now));
    }

    // What follows from the end of a message for its address, for the customer's wishes, for people and for other systems.
    private static async Task FollowAsync(UnitOfWork work, FinishedContact finished, Instant now)
    {
        var (row, _, result, after) = finished;
        var outbox = new OutboxStore(work);
        await outbox.NoteAddressAsync(row, result, now);
        // Only they can have told the provider to stop: that binds like a stop that they send to us.
        if (result.IsStopped && row.AddressKey is { } number) await new TextWishes(work).StopAsync(new TextSaid(row.CustomerId, now, $"provider:{row.OutboxId}"), number, null);
        if (after.State is "failed" or "ambiguous") await outbox.AskPeopleAsync(row, $"Not certain to have arrived: {row.Subject}", after.Explanation, now);
        await new ContactNews(work).AfterAsync(row, after, now);
    }

    /// <param name="IsBegun">Whether the mail's end was begun.</param>
    /// <param name="Failure">What went wrong with it.</param>
    private readonly record struct HandedOver(bool IsBegun, Exception? Failure);
}
