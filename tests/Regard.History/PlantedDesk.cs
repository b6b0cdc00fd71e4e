using Regard.Contact;
using Regard.Storage;

namespace Regard.History;

/// <summary>The faults that a client's side of the protocol could have. They live here, composed of the product's parts; the product has no way to do this.</summary>
internal static class PlantedDesk
{
    /// <summary><see cref="Plant.CheckThenInsert"/>: decides on facts that nobody keeps from changing, then queues.</summary>
    public static async Task AskAsync(Database database, UnitOfWork work, ContactRequest request, ContactDraft draft, Instant now)
    {
        var (facts, verdict) = await DecideAsync(database, request, now, null);
        await PlantedDispatch.HesitateAsync(CancellationToken.None);
        var state = await new ContactStateStore(work).LockAsync(request.CustomerId, now);
        var entry = await new LedgerStore(work).AppendAsync(state, DecisionStage.Request, new AskedOf(request, facts), verdict, now);
        if (verdict.Channel is not { } channel) return;
        var step = new QueuedStep
        {
            Id = Ids.New(now),
            Request = request,
            DecisionId = entry.DecisionId,
            Channel = channel,
            Address = verdict.Address!,
            NotBefore = verdict.Until ?? now,
            Draft = draft,
        };
        await new StepStore(work).QueueAsync(step, now);
    }

    /// <summary><see cref="Plant.OptOutWithoutLock"/>: writes the statement and answers; the wishes are computed right after.</summary>
    public static async Task<bool> SayAsync(Database database, UnitOfWork work, PreferenceStatement statement, IClock clock)
    {
        await work.ExecuteAsync(
            """
            insert into preference_statement (customer_id, statement_id, said_at, place, words, basis, wish, recorded_by, recorded_at, source, source_id)
            values (@CustomerId, @StatementId, @SaidAt, 'portal', null, 'volunteered', @wish, @RecordedBy, @RecordedAt, @Source, @SourceId)
            """,
            new
            {
                statement.CustomerId,
                statement.StatementId,
                statement.SaidAt,
                wish = Json.Of(statement.Wish),
                statement.RecordedBy,
                statement.RecordedAt,
                statement.Source,
                statement.SourceId,
            });
        await work.CommitAsync();
        _ = Task.Run(async () =>
        {
            await PlantedDispatch.HesitateAsync(CancellationToken.None);
            await using var later = await database.WriteAsync(CancellationToken.None);
            await new PreferenceStore(later).RefreshAsync(statement.CustomerId, clock.GetCurrentInstant());
            await later.CommitAsync();
        });
        return true;
    }

    /// <summary>A decision on facts that may change before anything is written.</summary>
    public static async Task<(DecisionFacts Facts, ContactVerdict Verdict)> DecideAsync(Database database, ContactRequest request, Instant now, Guid? again)
    {
        await using var look = await database.ReadAsync(CancellationToken.None);
        var wishes = (await new ContactStateStore(look).ReadAsync(request.CustomerId)).Wishes;
        var facts = await new HistoryStore(look).ReadAsync(request.CustomerId, wishes, now, again);
        return (facts, facts.Ask(request, now));
    }
}
