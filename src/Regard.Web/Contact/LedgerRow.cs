using Regard.Storage;

namespace Regard.Contact;

/// <summary>A row of <c>contact_decision</c>.</summary>
internal sealed record LedgerRow
{
    public Guid DecisionId { get; init; }
    public Guid ChainId { get; init; }
    public long Seq { get; init; }
    public Instant DecidedAt { get; init; }
    public string Stage { get; init; } = "";
    public string Purpose { get; init; } = "";
    public string Verdict { get; init; } = "";
    public string? Channel { get; init; }
    public Instant? NotBefore { get; init; }
    public long StateVersion { get; init; }
    public string PolicyVersion { get; init; } = "";
    public string PreviousHash { get; init; } = "";
    public string Hash { get; init; } = "";
    public string? WordsKey { get; init; }
    public Json Request { get; init; }
    public Json Reasons { get; init; }

    public LedgerEntry Entry() => new()
    {
        DecisionId = DecisionId,
        ChainId = ChainId,
        Seq = Seq,
        DecidedAt = DecidedAt,
        Stage = Words.Must<DecisionStage>(Stage),
        Purpose = Words.Must<Purpose>(Purpose),
        Verdict = Words.Must<VerdictKind>(Verdict),
        Channel = Channel is null ? null : Words.Must<Channel>(Channel),
        NotBefore = NotBefore,
        StateVersion = StateVersion,
        PolicyVersion = PolicyVersion,
        PreviousHash = PreviousHash,
        Hash = Hash,
    };

    public LedgerLine Line() => new(Entry(), Request.Read<AskedOf>().Request, Reasons.Read<List<Reason>>());
}

/// <summary>The end of a customer's chain.</summary>
internal sealed record LedgerTail
{
    public Guid CustomerId { get; init; }
    public long Seq { get; init; }
    public string Hash { get; init; } = "";
}

/// <summary>Where an entry is put.</summary>
/// <param name="State">The customer's state, which the caller holds locked.</param>
/// <param name="Tail">The end of their chain; null = this is its first entry.</param>
/// <param name="Stage">What the decision was made for.</param>
internal sealed record LedgerPlace(ContactState State, LedgerTail? Tail, DecisionStage Stage);

/// <summary>An entry with its documents and the key to the customer's own words in them, ready to be written.</summary>
internal sealed record ComposedEntry(LedgerEntry Entry, Json Request, Json Reasons, string WordsKey);

/// <summary>One attempt as people read it.</summary>
public sealed record LedgerLine(LedgerEntry Entry, ContactRequest Request, IReadOnlyList<Reason> Reasons);

/// <summary>Whether an entry is what was written, stands where it was written, and was decided rightly.</summary>
internal static class LedgerProof
{
    /// <summary>What is wrong with an entry; null = nothing.</summary>
    /// <param name="before">The entry before it in the chain; null = it is the first.</param>
    public static string? Fault(LedgerRow row, LedgerRow? before)
    {
        var entry = row.Entry();
        if (entry.Seq != (before?.Seq ?? 0) + 1) return $"entry {entry.Seq} follows {before?.Seq ?? 0} in its chain";
        if (entry.PreviousHash != (before?.Hash ?? LedgerEntry.Beginning)) return "it is not linked to the entry before it";
        if (entry.Hash != entry.HashOver(LedgerWords.Hashed(row.Request, row.WordsKey), LedgerWords.Hashed(row.Reasons, row.WordsKey))) return "it was changed after it was written";
        if (ContactPolicy.Of(entry.PolicyVersion) is not { } policy) return $"its policy {entry.PolicyVersion} is not known";
        var asked = row.Request.Read<AskedOf>();
        var again = (asked.Facts with { Policy = policy }).Ask(asked.Request, entry.DecidedAt);
        return again.Kind == entry.Verdict && again.Channel == entry.Channel ? null : $"decided again it is {Words.Of(again.Kind)}, not {Words.Of(entry.Verdict)}";
    }
}
