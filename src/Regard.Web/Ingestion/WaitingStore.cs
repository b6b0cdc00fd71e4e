using System.Globalization;
using Regard.Storage;

namespace Regard.Ingestion;

/// <summary>The inbox as the job sees it: what waits, and what became of it.</summary>
internal sealed class WaitingStore(UnitOfWork work)
{
    /// <summary>How long the events of a visitor wait until it is known who they are.</summary>
    public static readonly Duration HeldFor = Duration.FromDays(30);

    /// <summary>How long an event is known by its id after it came in: told again until then, it is there once.</summary>
    public static readonly Duration KnownFor = Duration.FromDays(90);

    /// <summary>Makes the leases of the parts, once per database.</summary>
    public async Task PrepareAsync(Instant now)
    {
        for (var part = 0; part < ReceivedEvent.Parts; part++)
            await work.ExecuteAsync("insert into lease (name, holder, until) values (@name, '', @now) on conflict (name) do nothing", new { name = LeaseName(part), now });
    }

    /// <summary>Whether anything of a part is due.</summary>
    public Task<bool> IsDueAsync(int part, Instant now) => work.ScalarAsync<bool>(
        "select exists (select 1 from ingest_event where state = 'received' and part = @part and due_at <= @now)", new { part, now });

    /// <summary>Takes a part for this transaction; false = another worker has it. A worker that dies gives it back by dying.</summary>
    public async Task<bool> LeaseAsync(int part) =>
        await work.ScalarAsync<string>($"select name from lease where name = @name{work.SkipLocked}", new { name = LeaseName(part) }) is not null;

    /// <summary>What is due of a part, in the order of arrival.</summary>
    public Task<List<WaitingEvent>> DueAsync(int part, int count, Instant now) => work.ListAsync<WaitingEvent>(
        """
        select message_id, source, received_at, person, type, sent_at, body, attempts from ingest_event
        where state = 'received' and part = @part and due_at <= @now order by due_at, ordinal limit @count
        """,
        new { part, count, now });

    /// <summary>Writes down what became of events. Of what is done only the id is kept, to know it again.</summary>
    public async Task FinishAsync(IReadOnlyList<EventOutcome> outcomes, Instant now)
    {
        foreach (var sender in outcomes.Where(o => o.State == "done").GroupBy(o => o.Event.Source, StringComparer.Ordinal))
            await work.ExecuteAsync(
                $"update ingest_event set state = 'done', reason = null, body = null, processed_at = @now where state = 'received' and source = @source and {work.InWords("message_id", "@ids")}",
                new { source = sender.Key, ids = new WordList(sender.Select(o => o.Event.MessageId)), now });
        foreach (var outcome in outcomes.Where(o => o.State != "done"))
            await work.ExecuteAsync(
                """
                update ingest_event set state = @State, reason = @Reason, attempts = attempts + 1, due_at = @again, processed_at = @now
                where state = 'received' and message_id = @MessageId and source = @Source
                """,
                new { outcome.State, outcome.Reason, again = EventOutcome.Again(outcome.Event, now), now, outcome.Event.MessageId, outcome.Event.Source });
    }

    /// <summary>Lets the events of visitors go on of whom it is known by now who they are.</summary>
    public Task<int> ReleaseAsync(IReadOnlyCollection<string> persons, Instant now) => work.ExecuteAsync(
        $"update ingest_event set state = 'received', reason = null, due_at = @now where state = 'held' and {work.InWords("person", "@persons")}",
        new { persons = new WordList(persons), now });

    /// <summary>
    /// Lets go those visitors who became known just while their events were being held: two workers may have been at it at the same time.
    /// </summary>
    public async Task ReleaseKnownAsync(Instant heldSince, Instant now)
    {
        var held = await work.ListAsync<string>("select distinct person from ingest_event where state = 'held' and processed_at > @heldSince limit 1000", new { heldSince });
        if (held.Count == 0) return;
        var known = await work.ListAsync<string>($"select value from identity_lookup where kind = 'external' and {work.InWords("value", "@held")}", new { held = new WordList(held) });
        if (known.Count > 0) await ReleaseAsync(known, now);
    }

    /// <summary>
    /// Forgets visitors who never said who they are, and the ids of what was done or discarded long ago; of each at most so many. Answers how
    /// many events are gone.
    /// </summary>
    public async Task<int> ForgetAsync(Instant now, int most) =>
        await work.ExecuteAsync(
            "delete from ingest_event where (message_id, source) in (select message_id, source from ingest_event where state = 'held' and received_at < @before limit @most)",
            new { before = now - HeldFor, most })
        + await work.ExecuteAsync(
            "delete from ingest_event where (message_id, source) in (select message_id, source from ingest_event where state in ('done', 'discarded') and received_at < @before limit @most)",
            new { before = now - KnownFor, most });

    private static string LeaseName(int part) => string.Create(CultureInfo.InvariantCulture, $"ingest:{part}");
}
