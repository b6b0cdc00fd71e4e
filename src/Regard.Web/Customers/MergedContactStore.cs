using Regard.Storage;

namespace Regard.Customers;

/// <summary>What a merge and its undoing mean for contacts that wait, and for wishes told in between.</summary>
internal sealed class MergedContactStore(UnitOfWork work)
{
    /// <summary>How the note on what a merge holds begins.</summary>
    public const string HeldNote = "The same step is with the profile this one was merged into";

    /// <summary>One contact per step and customer: what stayed behind because the survivor has the same step waiting must not go out too.</summary>
    public async Task HoldAsync(Guid absorbed, Guid mergeId)
    {
        var note = Note(mergeId);
        await work.ExecuteAsync("update outbox set state = 'cancelled', explanation = @note || coalesce(explanation, '') where customer_id = @absorbed and state = 'queued'", new { absorbed, note });
        await work.ExecuteAsync("update care_task set state = 'cancelled', outcome_note = @note || coalesce(outcome_note, '') where customer_id = @absorbed and state = 'open'", new { absorbed, note });
    }

    /// <summary>Lets wait again what that merge held.</summary>
    public async Task ReleaseAsync(Guid back, Guid mergeId)
    {
        var note = Note(mergeId);
        var (size, like) = (note.Length, note + "%");
        await work.ExecuteAsync("update outbox set state = 'queued', explanation = nullif(substr(explanation, @size + 1), '') where customer_id = @back and explanation like @like", new { back, size, like });
        await work.ExecuteAsync("update care_task set state = 'open', outcome_note = nullif(substr(outcome_note, @size + 1), '') where customer_id = @back and outcome_note like @like", new { back, size, like });
    }

    /// <summary>Gives the profile that comes back what another said, or what was said as the other, while both were one: as inferred, so that it can only tighten.</summary>
    public Task<int> ShareAsync(Guid holder, Guid owner, Guid back, Instant since, Instant now)
    {
        const string Source = "unmerge";
        return work.ExecuteAsync(
            $"""
            insert into preference_statement (customer_id, statement_id, said_at, place, words, basis, wish, recorded_by, recorded_at, source, source_id)
            select @back, statement_id, said_at, place, words, 'inferred', wish, recorded_by, {(work.Engine == Engine.Postgres ? "cast(@now as timestamptz)" : "@now")}, '{Source}', source || ':' || source_id
            from preference_statement where customer_id = @holder and coalesce(origin_id, customer_id) = @owner and recorded_at >= @since on conflict do nothing
            """,
            new { holder, owner, back, since, now });
    }

    private static string Note(Guid mergeId) => $"{HeldNote} ({mergeId}). ";
}
