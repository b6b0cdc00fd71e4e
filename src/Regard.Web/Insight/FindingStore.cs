using Regard.Storage;

namespace Regard.Insight;

/// <summary>Something that stood out, as it is followed.</summary>
public sealed record FindingRow
{
    public Guid FindingId { get; init; }

    /// <summary>returns or parity.</summary>
    public string Kind { get; init; } = "";

    /// <summary>By what it is known again: <c>batch:…</c>, <c>language:es</c>.</summary>
    public string Subject { get; init; } = "";
    public FindingState State { get => Words.Must<FindingState>(StateWord); init => StateWord = Words.Of(value); }
    public Guid? OwnerId { get; init; }
    public string Title { get; init; } = "";
    internal Json Report { get; init; }

    internal string StateWord { get; init; } = "";

    /// <summary>What it costs beyond the usual; null = that cannot be said in money.</summary>
    public long? CostMinor { get; init; }
    public string? Currency { get; init; }
    public Instant FoundAt { get; init; }

    /// <summary>The last look that found it.</summary>
    public Instant SeenAt { get; init; }

    /// <summary>From when on it is watched whether the fix holds.</summary>
    public LocalDate? FixedOn { get; init; }
    public Instant StateAt { get; init; }
    public long Version { get; init; }

    internal FindingReport Read() => Report.Read<FindingReport>();

    internal string Step => $"finding:{FindingId}";

    internal string Href => $"/insight/findings/{FindingId}";
}

/// <summary>One entry of a finding's history.</summary>
/// <param name="What">The state it came to, or <c>note</c>, <c>found</c>, <c>given</c>.</param>
public sealed record FindingEvent(Instant At, string ByWhom, string What, string? Words);

/// <summary>Which findings somebody wants to see.</summary>
internal sealed record FindingQuery
{
    public string? Kind { get; init; }
    public IReadOnlyList<FindingState> States { get; init; } = [];
    public (Instant At, Guid Id)? After { get; init; }
}

/// <summary>Findings and their history.</summary>
internal sealed class FindingStore(UnitOfWork work)
{
    private const string Columns = "finding_id, kind, subject, state as state_word, owner_id, title, report, cost_minor, currency, found_at, seen_at, fixed_on, state_at, version";

    public Task<FindingRow?> FindAsync(Guid id) => work.FirstAsync<FindingRow>($"select {Columns} from finding where finding_id = @id", new { id });

    /// <summary>All findings of a kind, whatever their state.</summary>
    public Task<List<FindingRow>> OfKindAsync(string kind) => work.ListAsync<FindingRow>($"select {Columns} from finding where kind = @kind order by found_at, finding_id", new { kind });

    /// <summary>The newest first.</summary>
    public Task<List<FindingRow>> PageAsync(FindingQuery query, int take) => work.ListAsync<FindingRow>(
        $"""
        select {Columns} from finding where 1 = 1 {(query.Kind is null ? "" : "and kind = @Kind")} {(query.States.Count == 0 ? "" : $"and {work.InWords("state", "@states")}")}
        {(query.After is null ? "" : "and (found_at < @at or (found_at = @at and finding_id < @id))")} order by found_at desc, finding_id desc limit @take
        """,
        new { query.Kind, states = new WordList(query.States.Select(Words.Of)), at = query.After?.At ?? default, id = query.After?.Id ?? default, take });

    /// <summary>Writes a new finding; false = it is known.</summary>
    public async Task<bool> AddAsync(FindingRow row) => await work.ExecuteAsync(
        """
        insert into finding (finding_id, kind, subject, state, title, report, cost_minor, currency, found_at, seen_at, state_at)
        values (@FindingId, @Kind, @Subject, @state, @Title, @Report, @CostMinor, @Currency, @FoundAt, @SeenAt, @StateAt) on conflict (kind, subject) do nothing
        """,
        new { row.FindingId, row.Kind, row.Subject, state = row.StateWord, row.Title, row.Report, row.CostMinor, row.Currency, row.FoundAt, row.SeenAt, row.StateAt }) == 1;

    /// <summary>Writes a finding as it is now. False = somebody else was quicker.</summary>
    public async Task<bool> PutAsync(FindingRow row) => await work.ExecuteAsync(
        """
        update finding set state = @state, owner_id = @OwnerId, title = @Title, report = @Report, cost_minor = @CostMinor, currency = @Currency, seen_at = @SeenAt,
          fixed_on = @FixedOn, state_at = @StateAt, version = version + 1
        where finding_id = @FindingId and version = @Version
        """,
        new { row.FindingId, state = row.StateWord, row.OwnerId, row.Title, row.Report, row.CostMinor, row.Currency, row.SeenAt, row.FixedOn, row.StateAt, row.Version }) == 1;

    public Task NoteAsync(Guid id, FindingEvent entry) => work.ExecuteAsync(
        "insert into finding_event (finding_id, event_id, at, by_whom, what, words) values (@id, @eventId, @At, @ByWhom, @What, @Words)",
        new { id, eventId = Ids.New(entry.At), entry.At, entry.ByWhom, entry.What, entry.Words });

    /// <summary>A finding's history, the newest first.</summary>
    public async Task<IReadOnlyList<FindingEvent>> HistoryAsync(Guid id) =>
        [.. (await work.ListAsync<EventRow>("select at, by_whom, what, words from finding_event where finding_id = @id order by event_id desc", new { id })).Select(row => new FindingEvent(row.At, row.ByWhom, row.What, row.Words))];

    private sealed record EventRow
    {
        public Instant At { get; init; }
        public string ByWhom { get; init; } = "";
        public string What { get; init; } = "";
        public string? Words { get; init; }
    }
}
