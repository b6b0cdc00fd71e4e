using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Regard.Access;
using Regard.Contact;
using Regard.Customers;
using Regard.Demo;
using Regard.Storage;

namespace Regard.History;

/// <summary>Somebody who says wishes, asks for contacts, merges profiles and parts them, over and over, at the few pairs that are busy at that time.</summary>
internal sealed class Client(Worker worker, Database database, HistoryLog log, Seeded dice)
{
    private static readonly ConcurrentDictionary<int, Guid> Merges = new();

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var profile = Profile();
            var share = dice.Share();
            var purpose = dice.Chance(0.4) ? Purpose.Care : Purpose.Service;
            if (share < 0.1) await SayAsync(profile, purpose, dice.Chance(0.7));
            else if (share < 0.4) await AskAtOnceAsync(profile, Purpose.Care);
            else if (share < 0.97) await ChangeTheirMindAsync(profile, purpose);
            else if (Merges.TryRemove(profile >> 1, out var mergeId)) await UndoAsync(profile, mergeId);
            else await MergeAsync(profile);
        }
    }

    // The hardest moment: contacts are asked for at once, and the no comes while they are on their way.
    private async Task ChangeTheirMindAsync(int profile, Purpose purpose)
    {
        await SayAsync(profile, purpose, yes: true);
        await AskAtOnceAsync(profile, purpose);
        await Task.Delay(dice.Between(0, worker.Order.LongestYes));
        await SayAsync(profile, purpose, yes: false);
    }

    private Task AskAtOnceAsync(int profile, Purpose purpose) => Task.WhenAll(Enumerable.Range(0, dice.Between(worker.Order.AskedAtOnce, 6)).Select(_ => AskAsync(profile, purpose)));

    // The busy pairs move on; some of them are busier than others.
    private int Profile()
    {
        var first = (int)(Stopwatch.GetElapsedTime(worker.Order.Start).TotalSeconds * worker.Order.PairsASecond);
        var busy = worker.Order.BusyPairs - 1;
        var pair = (first + Math.Min(dice.Between(0, busy), dice.Between(0, busy))) % worker.Order.Pairs;
        return pair * 2 + dice.Between(0, 1);
    }

    private Task SayAsync(int profile, Purpose purpose, bool yes)
    {
        var record = new HistoryRecord { Act = Act.Say, Profile = profile, Purpose = purpose, Yes = yes, At = worker.Clock.Microseconds() };
        return LoggedAsync(record, (work, operation) =>
        {
            var said = FastClock.Of(record.At);
            var statement = new PreferenceStatement
            {
                StatementId = Ids.New(said),
                CustomerId = Profiles.IdOf(profile),
                SaidAt = said,
                Place = StatementPlace.Portal,
                Basis = StatementBasis.Volunteered,
                Wish = new Wish { Purposes = [new PurposeWish(purpose, yes ? [Channel.Email] : [])] },
                RecordedBy = "system:history",
                RecordedAt = said,
                Source = "history",
                SourceId = operation.ToString(CultureInfo.InvariantCulture),
            };
            return worker.Order.Plant == Plant.OptOutWithoutLock ? PlantedDesk.SayAsync(database, work, statement, worker.Clock) : RecordAsync(work, statement);
        });
    }

    private Task AskAsync(int profile, Purpose purpose) => LoggedAsync(new HistoryRecord { Act = Act.Ask, Profile = profile, Purpose = purpose }, async (work, operation) =>
    {
        var now = worker.Clock.GetCurrentInstant();
        var request = new ContactRequest
        {
            CustomerId = Profiles.IdOf(profile),
            Purpose = purpose,
            About = "order:1",
            Step = operation.ToString(CultureInfo.InvariantCulture),
            Channels = [Channel.Email],
            LatestUseful = now + Duration.FromDays(20),
        };
        var draft = new ContactDraft { Subject = "A change", Text = "Something changes." };
        if (worker.Order.Plant == Plant.CheckThenInsert) await PlantedDesk.AskAsync(database, work, request, draft, now);
        else await new ContactDesk(work).RequestAsync(request, draft, now);
        return true;
    });

    private Task MergeAsync(int profile) => LoggedAsync(new HistoryRecord { Act = Act.Merge, Profile = profile }, async (work, _) =>
    {
        var outcome = await new MergeStore(work).MergeAsync(Profiles.IdOf(profile), Profiles.IdOf(profile ^ 1), "one person", Actor.System("history"), worker.Clock.GetCurrentInstant());
        if (outcome?.MergeId is not { } mergeId) return false;
        Merges[profile >> 1] = mergeId;
        return true;
    });

    private Task UndoAsync(int profile, Guid mergeId) => LoggedAsync(new HistoryRecord { Act = Act.Undo, Profile = profile }, async (work, _) =>
    {
        var outcome = await new MergeStore(work).UndoAsync(mergeId, Actor.System("history"), worker.Clock.GetCurrentInstant());
        if (outcome?.Refusal is not null && dice.Chance(0.7)) Merges[profile >> 1] = mergeId;
        return outcome?.MergeId is not null;
    });

    // What broke before the commit was asked for certainly did not happen; what broke in it may have.
    private async Task LoggedAsync(HistoryRecord record, Func<UnitOfWork, long, Task<bool>> effect)
    {
        record = record with { Operation = worker.NextOperation() };
        log.Write(record);
        var phase = Phase.Fail;
        try
        {
            await using var work = await database.WriteAsync(CancellationToken.None);
            if (await effect(work, record.Operation))
            {
                phase = Phase.Unknown;
                if (work.Transaction is not null) await work.CommitAsync();
                phase = Phase.Ok;
            }
        }
        catch (Exception failure)
        {
            worker.Met(failure);
        }
        log.Write(record with { Phase = phase });
    }

    private static async Task<bool> RecordAsync(UnitOfWork work, PreferenceStatement statement) => await new PreferenceStore(work).RecordAsync(statement, statement.SaidAt) is not null;
}
