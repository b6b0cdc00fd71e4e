namespace Regard.Contact;

/// <summary>One thing that a customer said about being contacted: a fact that is kept for ever. A correction is a new statement.</summary>
public sealed record PreferenceStatement
{
    /// <summary>Longest <see cref="Words"/> that are kept, in characters.</summary>
    public const int LongestWords = 2000;

    /// <summary>Its id. The same statement told twice has the same source and source id and is kept once.</summary>
    public required Guid StatementId { get; init; }

    /// <summary>Whose wish it is.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>The profile it was said to, when a merge has moved it since; null = it was never moved.</summary>
    public Guid? OriginId { get; init; }

    /// <summary>When the customer said it. Of two statements about the same thing the later one counts.</summary>
    public required Instant SaidAt { get; init; }

    /// <summary>Where the customer said it.</summary>
    public required StatementPlace Place { get; init; }

    /// <summary>The words used, as the customer said them; null = a choice on a form, without words.</summary>
    public string? Words { get; init; }

    /// <summary>How it came about; what came in a file counts as <see cref="StatementBasis.Imported"/> whatever the file says.</summary>
    public required StatementBasis Basis { get; init; }

    /// <summary>What it means.</summary>
    public required Wish Wish { get; init; }

    /// <summary>The version of the text that the customer agreed to, for a consent; null = there was none.</summary>
    public string? Wording { get; init; }

    /// <summary>Who wrote it down, as <see cref="Access.Actor.Reference"/>.</summary>
    public required string RecordedBy { get; init; }

    /// <summary>When it was written down.</summary>
    public required Instant RecordedAt { get; init; }

    /// <summary>The system, page or file it came through.</summary>
    public required string Source { get; init; }

    /// <summary>Its own id there.</summary>
    public required string SourceId { get; init; }

    /// <summary>Whether it is the customer's own word. Only such a statement can permit anything or take an earlier one back.</summary>
    public bool IsOwnWord => Place != StatementPlace.Import && Basis is (StatementBasis.Asked or StatementBasis.Volunteered);

    /// <summary>How the statement is quoted in a reason.</summary>
    public Utterance Quote() => new(StatementId, SaidAt, Place, Place == StatementPlace.Import ? StatementBasis.Imported : Basis, Words);
}

/// <summary>A statement as it is quoted: enough to say who said what, when and where.</summary>
/// <param name="StatementId">The statement.</param>
/// <param name="SaidAt">When it was said.</param>
/// <param name="Place">Where it was said.</param>
/// <param name="Basis">How it came about.</param>
/// <param name="Words">The words used; null = a choice on a form.</param>
public sealed record Utterance(Guid StatementId, Instant SaidAt, StatementPlace Place, StatementBasis Basis, string? Words)
{
    /// <summary>Whether it can be shown to be the customer's own act: signed in to the portal, or by a link that only their own address got.</summary>
    public bool IsOwnAct => Place is StatementPlace.Portal or StatementPlace.Link && !AwaitsConfirmation;

    /// <summary>Whether the customer has not said it in person: shown as such until they confirm.</summary>
    public bool AwaitsConfirmation => Basis is StatementBasis.Inferred or StatementBasis.Imported;
}
