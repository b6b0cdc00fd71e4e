using Regard.Access;
using Regard.Outreach;
using Regard.Storage;

namespace Regard.Insight;

/// <summary>Follows findings: each act is written with its entry in the history and with the task on somebody's day, in the caller's transaction.</summary>
internal sealed class FindingDesk(UnitOfWork work)
{
    // A week to look for a cause; one that came back is more pressing.
    private static readonly Duration Patience = Duration.FromDays(7), AgainPatience = Duration.FromDays(2);

    private readonly FindingStore _findings = new(work);

    /// <summary>Takes down what a look found. What is known is brought up to date; what is gone or watched is judged by what happened since alone.</summary>
    /// <returns>How many are new.</returns>
    public async Task<int> FoundAsync(IReadOnlyList<FindingDraft> drafts, Instant now)
    {
        var isNew = 0;
        foreach (var draft in drafts)
        {
            var row = new FindingRow
            {
                FindingId = Ids.New(now),
                Kind = draft.Kind,
                Subject = draft.Subject,
                State = FindingState.Open,
                Title = draft.Title,
                Report = Json.Of(draft.Report),
                CostMinor = draft.CostMinor,
                Currency = draft.Currency,
                FoundAt = now,
                SeenAt = now,
                StateAt = now,
            };
            var known = (await _findings.OfKindAsync(draft.Kind)).FirstOrDefault(f => f.Subject == draft.Subject || IsAbout(f.Read(), draft.Report));
            if (known is null && await _findings.AddAsync(row))
            {
                isNew++;
                await _findings.NoteAsync(row.FindingId, new FindingEvent(now, Actor.System("insight").Reference, "found", null));
                await TellAsync(row, now);
                continue;
            }
            if (known is not null && !known.State.IsWatched()) await _findings.PutAsync(known with { Title = row.Title, Report = row.Report, CostMinor = row.CostMinor, Currency = row.Currency, SeenAt = now });
        }
        return isNew;
    }

    // What is found of a product by a batch, by its rate or by a reason is one matter, of one owner; two bad batches are two.
    private static bool IsAbout(FindingReport known, FindingReport found) =>
        ReturnThing.Read(known.Thing) is { ProductId: { } product } one && ReturnThing.Read(found.Thing) is { } other && other.ProductId == product
            && !(one.Dimension == ReturnDimension.Batch && other.Dimension == ReturnDimension.Batch);

    /// <summary>Takes down what watching says.</summary>
    public async Task WatchedAsync(FindingRow row, WatchReport watch, Instant now)
    {
        var state = row.State.After(watch.Verdict);
        var written = row with { State = state, Report = Json.Of(row.Read() with { Watch = watch }), StateAt = state == row.State ? row.StateAt : now };
        if (!await _findings.PutAsync(written) || state == row.State) return;
        await _findings.NoteAsync(row.FindingId, new FindingEvent(now, Actor.System("insight").Reference, Words.Of(state), null));
        await TellAsync(written, now);
    }

    /// <summary>Gives it to somebody. False = it is gone, or somebody else was quicker.</summary>
    public Task<bool> GiveAsync(FindingRow row, StaffMember to, Actor by, Instant now) => MoveAsync(row with { OwnerId = to.StaffId }, row.State.Given(), new FindingEvent(now, by.Reference, "given", $"to {to.Name}"));

    /// <summary>Somebody says that the cause is fixed from a day on. False = that is said already, or somebody else was quicker.</summary>
    public Task<bool> FixAsync(FindingRow row, LocalDate from, FindingEvent said) =>
        MoveAsync(row with { FixedOn = from, Report = Json.Of(row.Read() with { Watch = null }) }, row.State.Fixed(), said with { What = Words.Of(FindingState.CauseFixed) });

    /// <summary>Somebody decides to do nothing about it. False = there is nothing to decide, or somebody else was quicker.</summary>
    public Task<bool> DropAsync(FindingRow row, FindingEvent said) => MoveAsync(row, row.State.Dropped(), said with { What = Words.Of(FindingState.SetAside) });

    private async Task<bool> MoveAsync(FindingRow row, FindingState? to, FindingEvent said)
    {
        if (to is not { } state) return false;
        var written = row with { State = state, StateAt = state == row.State ? row.StateAt : said.At };
        if (!await _findings.PutAsync(written)) return false;
        await _findings.NoteAsync(row.FindingId, said);
        await TellAsync(written, said.At);
        return true;
    }

    // The day of its owner, or of whoever comes first, shows it as long as somebody must do something.
    private Task TellAsync(FindingRow row, Instant now) => row.State.IsWork()
        ? new HouseTaskStore(work).GiveAsync(
            new HouseTask
            {
                TaskId = Ids.New(now),
                Step = row.Step,
                Title = row.State == FindingState.Recurred ? $"It came back: {row.Title}" : $"Find the cause: {row.Title}",
                Href = row.Href,
                AssignedTo = row.OwnerId,
                DueAt = row.State == FindingState.Recurred ? now + AgainPatience : row.FoundAt + Patience,
            }, now)
        : new HouseTaskStore(work).EndAsync(row.Step, now);
}
