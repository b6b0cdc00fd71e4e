using System.ComponentModel;

namespace Regard.Contact;

/// <summary>A statement as the API takes it.</summary>
internal sealed record StatementDraft
{
    [Description("Required. What it means. A member that is absent says nothing about its matter; what is given replaces what was said about that matter before, or only takes away when it is inferred or imported.")]
    public Wish? Wish { get; init; }

    [Description("The words used, as the customer said them; at most 2000 characters.")]
    public string? Words { get; init; }

    [Description("Where it was said; api unless said otherwise.")]
    public StatementPlace? Place { get; init; }

    [Description("How it came about; volunteered unless said otherwise. Inferred and imported only tighten.")]
    public StatementBasis? Basis { get; init; }

    [Description("When it was said; absent = now.")]
    public Instant? SaidAt { get; init; }

    [Description("Your system. The same source and source_id told twice is one statement.")]
    public string? Source { get; init; }

    [Description("The statement's id there.")]
    public string? SourceId { get; init; }
}

/// <summary>What was said, and what it means now.</summary>
/// <param name="InWords">What it means, in sentences.</param>
internal sealed record PreferencesAnswer(IReadOnlyList<string> InWords, Wishes Wishes, IReadOnlyList<PreferenceStatement> Statements)
{
    public static PreferencesAnswer Of(Wishes wishes, IReadOnlyList<PreferenceStatement> statements, ContactPolicy policy, Instant now) =>
        new([.. WishSummary.Of(wishes, policy).Select(Sentence), .. WishSummary.Terms(wishes, now)], wishes, statements);

    private static string Sentence(WishSummary summary)
    {
        var purpose = summary.Purpose.InWords();
        return $"{char.ToUpperInvariant(purpose[0])}{purpose[1..]}: {summary.Line()}.";
    }
}

/// <summary>A message or task that a contact became, and how it stands.</summary>
internal sealed record ContactRow
{
    public Guid CustomerId { get; init; }
    public Guid ContactId { get; init; }

    [Description("message or task.")]
    public string Kind { get; init; } = "";

    [Description("A message: queued, in_flight, sent, failed, ambiguous (nobody knows whether it arrived; it is not repeated), cancelled, expired. A task: open, done, cancelled, expired.")]
    public string State { get; init; } = "";

    [Description("What came of a task: reached, not_reached, call_back, declined, wish_recorded, no_longer_needed.")]
    public string? Outcome { get; init; }
    public string Purpose { get; init; } = "";
    public string Channel { get; init; } = "";
    public string About { get; init; } = "";
    public string Step { get; init; } = "";

    [Description("When it is due; it is decided again then.")]
    public Instant NotBefore { get; init; }
    public Instant LatestUseful { get; init; }
    public int Attempts { get; init; }
    public Instant? FinishedAt { get; init; }

    [Description("What became of it, in a sentence; it may quote the customer.")]
    public string? Explanation { get; init; }
    public Instant CreatedAt { get; init; }

    [System.Text.Json.Serialization.JsonIgnore]
    public Guid? DecisionId { get; init; }
}

/// <summary>What became of a contact, with the decision that holds.</summary>
/// <param name="Decision">The latest entry of the ledger about it.</param>
/// <param name="Why">Its reasons in sentences, with the customer's own words.</param>
internal sealed record ContactShown(ContactRow Contact, LedgerLine? Decision, IReadOnlyList<string> Why);
