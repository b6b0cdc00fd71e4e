using Regard.Storage;

namespace Regard.Contact;

/// <summary>A customer's ledger: every attempt to contact them, also the refused and the deferred ones, in a chain of hashes.</summary>
internal sealed class LedgerStore(UnitOfWork work)
{
    private const string Columns =
        "decision_id, chain_id, seq, decided_at, stage, purpose, verdict, channel, not_before, state_version, policy_version, previous_hash, hash, words_key, request, reasons";

    private static readonly Bulk<ComposedEntry> Entries = new(
        "contact_decision", "customer_id, decision_id",
        Column<ComposedEntry>.Id("customer_id", row => row.Entry.ChainId),
        Column<ComposedEntry>.Id("decision_id", row => row.Entry.DecisionId),
        Column<ComposedEntry>.Id("chain_id", row => row.Entry.ChainId),
        Column<ComposedEntry>.Whole("seq", row => row.Entry.Seq),
        Column<ComposedEntry>.At("decided_at", row => row.Entry.DecidedAt),
        Column<ComposedEntry>.Text("stage", row => Words.Of(row.Entry.Stage)),
        Column<ComposedEntry>.Text("purpose", row => Words.Of(row.Entry.Purpose)),
        Column<ComposedEntry>.Text("verdict", row => Words.Of(row.Entry.Verdict)),
        Column<ComposedEntry>.Text("channel", row => row.Entry.Channel is { } channel ? Words.Of(channel) : null),
        Column<ComposedEntry>.At("not_before", row => row.Entry.NotBefore),
        Column<ComposedEntry>.Document("request", row => row.Request),
        Column<ComposedEntry>.Document("reasons", row => row.Reasons),
        Column<ComposedEntry>.Whole("state_version", row => row.Entry.StateVersion),
        Column<ComposedEntry>.Text("policy_version", row => row.Entry.PolicyVersion),
        Column<ComposedEntry>.Text("previous_hash", row => row.Entry.PreviousHash),
        Column<ComposedEntry>.Text("hash", row => row.Entry.Hash),
        Column<ComposedEntry>.Text("words_key", row => row.WordsKey));

    /// <summary>The ends of the chains of <c>@customers</c>, for whoever asks other things in the same round trip.</summary>
    public static string Tails(UnitOfWork work) =>
        $"""
        select d.customer_id, d.seq, d.hash from contact_state s join contact_decision d on d.customer_id = s.customer_id and d.chain_id = s.customer_id
          and d.seq = (select max(l.seq) from contact_decision l where l.customer_id = s.customer_id and l.chain_id = s.customer_id) where {work.InIds("s.customer_id", "@customers")}
        """;

    /// <summary>Adds an entry. The caller holds the customer's state locked.</summary>
    public async Task<LedgerEntry> AppendAsync(ContactState state, DecisionStage stage, AskedOf asked, ContactVerdict verdict, Instant now)
    {
        var tail = await work.FirstAsync<LedgerTail>(
            "select customer_id, seq, hash from contact_decision where customer_id = @CustomerId and chain_id = @CustomerId order by seq desc limit 1", new { state.CustomerId });
        var composed = Compose(new LedgerPlace(state, tail, stage), asked, verdict, now);
        await AppendAsync([composed]);
        return composed.Entry;
    }

    /// <summary>Adds entries of several customers, one each. The caller holds their states locked.</summary>
    public Task AppendAsync(IReadOnlyList<ComposedEntry> entries) => Entries.AppendAsync(work, entries);

    /// <summary>The entry that a decision gives at its place.</summary>
    public static ComposedEntry Compose(LedgerPlace place, AskedOf asked, ContactVerdict verdict, Instant now)
    {
        asked = asked with { Facts = asked.Facts.Kept(asked.Request, now) };
        var (request, reasons, wordsKey) = (Json.Of(asked), Json.Of(verdict.Reasons), LedgerWords.NewKey());
        var entry = new LedgerEntry
        {
            DecisionId = Ids.New(now),
            ChainId = place.State.CustomerId,
            Seq = (place.Tail?.Seq ?? 0) + 1,
            DecidedAt = now,
            Stage = place.Stage,
            Purpose = asked.Request.Purpose,
            Verdict = verdict.Kind,
            Channel = verdict.Channel,
            NotBefore = verdict.Until,
            StateVersion = place.State.Version,
            PolicyVersion = asked.Facts.Policy.Version,
            PreviousHash = place.Tail?.Hash ?? LedgerEntry.Beginning,
        };
        return new ComposedEntry(entry with { Hash = entry.HashOver(LedgerWords.Hashed(request, wordsKey), LedgerWords.Hashed(reasons, wordsKey)) }, request, reasons, wordsKey);
    }

    /// <summary>A customer's attempts, the latest first, each with what was asked and why it was answered so.</summary>
    /// <param name="before">The last one of the page before; null = the first page.</param>
    public async Task<IReadOnlyList<LedgerLine>> PageAsync(Guid customerId, Guid? before, int take) =>
        [.. (await work.ListAsync<LedgerRow>(
            $"select {Columns} from contact_decision where customer_id = @customerId {(before is null ? "" : "and decision_id < @before")} order by decision_id desc limit @take",
            new { customerId, before = before ?? default, take })).Select(row => row.Line())];

    /// <summary>One entry; null = there is none.</summary>
    public async Task<LedgerLine?> FindAsync(Guid customerId, Guid decisionId) => (await work.FirstAsync<LedgerRow>(
        $"select {Columns} from contact_decision where customer_id = @customerId and decision_id = @decisionId", new { customerId, decisionId }))?.Line();

    /// <summary>What was asked in one entry; null = there is none.</summary>
    public async Task<AskedOf?> AskedAsync(Guid customerId, Guid decisionId) =>
        await work.FirstAsync<Json?>("select request from contact_decision where customer_id = @customerId and decision_id = @decisionId", new { customerId, decisionId }) is { } json
            ? json.Read<AskedOf>()
            : null;

    /// <summary>Erases the customer's own words from every entry, and with them the key to their seals; the chain holds as before.</summary>
    public async Task EraseWordsAsync(Guid customerId)
    {
        var rows = await work.ListAsync<LedgerRow>($"select {Columns} from contact_decision where customer_id = @customerId and words_key is not null", new { customerId });
        foreach (var row in rows)
            await work.ExecuteAsync(
                "update contact_decision set request = @request, reasons = @reasons, words_key = null where customer_id = @customerId and decision_id = @DecisionId",
                new { customerId, row.DecisionId, request = LedgerWords.Without(row.Request, row.WordsKey!), reasons = LedgerWords.Without(row.Reasons, row.WordsKey!) });
    }

    /// <summary>The ledger's part of <c>regard check</c>: every chain is whole, and every decision can be decided again to the same verdict.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(UnitOfWork work)
    {
        var found = new List<string>();
        var rows = work.StreamAsync<LedgerRow>($"select {Columns} from contact_decision /* all customers: every chain */ order by customer_id, chain_id, seq");
        LedgerRow? before = null;
        await foreach (var row in rows)
        {
            if (before?.ChainId != row.ChainId) before = null;
            if (LedgerProof.Fault(row, before) is { } fault) found.Add($"contact_decision {row.DecisionId}: {fault}");
            before = row;
        }
        return found;
    }
}
