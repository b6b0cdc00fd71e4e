using Regard.Customers;
using Regard.Storage;

namespace Regard.Contact;

/// <summary>What became of a statement.</summary>
/// <param name="StatementId">The statement, or its first copy when it was told before.</param>
/// <param name="CustomerId">The profile that keeps it: the survivor when the one it was told to was merged.</param>
/// <param name="IsNew">False = it was told before, and nothing changed.</param>
/// <param name="Wishes">How the customer wants to be contacted now.</param>
/// <param name="HeldBack">How many waiting contacts it stopped.</param>
/// <param name="Rerouted">How many waiting calls it turned into messages.</param>
internal sealed record RecordedStatement(Guid StatementId, Guid CustomerId, bool IsNew, Wishes Wishes, int HeldBack, int Rerouted);

/// <summary>What customers said about being contacted. A statement binds from the commit of the transaction that records it.</summary>
internal sealed class PreferenceStore(UnitOfWork work)
{
    private const string Columns =
        "customer_id, origin_id, statement_id, said_at, place, words as spoken, basis, wish, recorded_by, recorded_at, source, source_id, wording";

    private readonly ContactStateStore _states = new(work);

    /// <summary>
    /// Keeps a statement, computes the wishes anew and stops every waiting contact that they do not permit any more: all in this
    /// transaction. The same (source, source id) told again changes nothing. Null = there is no such customer.
    /// </summary>
    public async Task<RecordedStatement?> RecordAsync(PreferenceStatement statement, Instant now)
    {
        if (await new CustomerStore(work).CurrentAsync(statement.CustomerId) is not { } customerId) return null;
        var state = await _states.LockAsync(customerId, now);
        var merges = await MergesAsync(customerId);
        // What waited for a merge, or was told where the clock is behind, is recorded after it: should the two be parted, it binds both.
        var at = merges.Select(merge => merge.At).Append(now).Max();
        var kept = statement with { CustomerId = customerId, OriginId = null, RecordedAt = at, Words = Clean(statement.Words), Basis = statement.Quote().Basis };
        if (await InsertAsync(kept) == 0)
            return new RecordedStatement(await FirstCopyAsync(kept), customerId, false, state.Wishes, 0, 0);
        work.Remember(JournalReplay.Of(kept));
        state = await _states.WriteAsync(state, Wishes.Of(await StatementsAsync(customerId), merges), now);
        await new ContactNews(work).SaidAsync(kept, state.Version, now);
        if (kept is { IsOwnWord: true, Wish.Language: { } told } && state.Wishes.Language == told && ProfileFaults.IsLanguage(told)) await new ProfileStore(work).SpeakAsync(customerId, told, now);
        var (stopped, rerouted) = await new WaitingStore(work).MeetAsync(state, now);
        return new RecordedStatement(kept.StatementId, customerId, true, state.Wishes, stopped, rerouted);
    }

    /// <summary>
    /// Computes a customer's wishes anew after a merge or its undoing, in the transaction that moved the rows and holds both profiles.
    /// What waits is decided again when it is claimed, or when somebody takes it up.
    /// </summary>
    public async Task<Wishes> RefreshAsync(Guid customerId, Instant now)
    {
        var wishes = Wishes.Of(await StatementsAsync(customerId), await MergesAsync(customerId));
        if (Json.Of(wishes) == Json.Of(Wishes.Unsaid) && (await _states.ReadAsync(customerId)).Version == 0) return wishes;
        var state = await _states.WriteAsync(await _states.LockAsync(customerId, now), wishes, now);
        await new WaitingStore(work).MeetPrintedAsync(state, now);
        return state.Wishes;
    }

    /// <summary>Whether a statement of the customer was told before.</summary>
    public async Task<bool> KnowsAsync(Guid customerId, string source, string sourceId) => await work.ScalarAsync<long>(
        "select count(*) from preference_statement where customer_id = @customerId and source = @source and source_id = @sourceId", new { customerId, source, sourceId }) > 0;

    /// <summary>Whether anything of the customer came from a source.</summary>
    public async Task<bool> KnowsAsync(Guid customerId, string source) => await work.ScalarAsync<long>(
        "select count(*) from preference_statement where customer_id = @customerId and source = @source", new { customerId, source }) > 0;

    /// <summary>How a customer wants to be contacted now.</summary>
    public async Task<Wishes> WishesAsync(Guid customerId) => (await _states.ReadAsync(customerId)).Wishes;

    /// <summary>Everything the customer said, the latest first.</summary>
    public async Task<IReadOnlyList<PreferenceStatement>> StatementsAsync(Guid customerId) =>
        [.. (await work.ListAsync<StatementRow>(
            $"select {Columns} from preference_statement where customer_id = @customerId order by said_at desc, statement_id desc", new { customerId })).Select(row => row.Read())];

    private async Task<IReadOnlyList<ProfileMerge>> MergesAsync(Guid customerId) =>
        [.. (await work.ListAsync<MergeRow>("select absorbed_id, merged_at from customer_merge where customer_id = @customerId and undone_at is null", new { customerId }))
            .Select(merge => new ProfileMerge(merge.AbsorbedId, merge.MergedAt))];

    private Task<int> InsertAsync(PreferenceStatement statement) => work.ExecuteAsync(
        """
        insert into preference_statement (customer_id, statement_id, said_at, place, words, basis, wish, recorded_by, recorded_at, source, source_id, wording)
        values (@CustomerId, @StatementId, @SaidAt, @place, @Words, @basis, @wish, @RecordedBy, @RecordedAt, @Source, @SourceId, @Wording) on conflict do nothing
        """,
        new
        {
            statement.CustomerId,
            statement.StatementId,
            statement.SaidAt,
            place = Words.Of(statement.Place),
            statement.Words,
            basis = Words.Of(statement.Basis),
            wish = Json.Of(statement.Wish),
            statement.RecordedBy,
            statement.RecordedAt,
            statement.Source,
            statement.SourceId,
            statement.Wording,
        });

    private async Task<Guid> FirstCopyAsync(PreferenceStatement statement) => await work.FirstAsync<Guid?>(
        "select statement_id from preference_statement where customer_id = @CustomerId and source = @Source and source_id = @SourceId",
        new { statement.CustomerId, statement.Source, statement.SourceId }) ?? statement.StatementId;

    // Control characters mean nothing in a sentence, and PostgreSQL keeps no NUL.
    private static string? Clean(string? words)
    {
        var plain = words is null ? "" : new string([.. words.Where(c => !char.IsControl(c) || c == '\n')]).Trim();
        return plain.Length == 0 ? null : plain.Length <= PreferenceStatement.LongestWords ? plain : plain[..PreferenceStatement.LongestWords];
    }

    private sealed record MergeRow
    {
        public Guid AbsorbedId { get; init; }

        public Instant MergedAt { get; init; }
    }
}
