namespace Regard.Cases;

/// <summary>A customer's problem or question as somebody took it down.</summary>
public sealed record CaseDraft
{
    /// <summary>Longest subject, in characters.</summary>
    public const int SubjectLimit = 200;

    /// <summary>Longest description or answer, in characters.</summary>
    public const int TextLimit = 10_000;

    /// <summary>What it is about, in a few words.</summary>
    public string Subject { get; init; } = "";

    /// <summary>What the customer told, so that they need not tell it again.</summary>
    public string Description { get; init; } = "";

    /// <summary>By when the customer was promised an answer; null = not said.</summary>
    public Instant? PromisedAt { get; init; }

    /// <summary>Who answers for it: exactly one person, at every moment; null = not said.</summary>
    public Guid? OwnerId { get; init; }

    /// <summary>What must be put right before the case can be opened; empty when it can.</summary>
    public IReadOnlyList<CaseProblem> Problems(Instant now)
    {
        var problems = new List<CaseProblem>();
        if (string.IsNullOrWhiteSpace(Subject)) problems.Add(new("subject", "Say in a few words what it is about."));
        else if (Subject.Trim().Length > SubjectLimit) problems.Add(new("subject", $"Shorten it to {SubjectLimit} characters."));
        if (string.IsNullOrWhiteSpace(Description)) problems.Add(new("description", "Write down what the customer told, so that they need not tell it again."));
        else if (Description.Trim().Length > TextLimit) problems.Add(new("description", $"Shorten it to {TextLimit} characters."));
        if (PromisedAt is null) problems.Add(new("promised_at", "Say by when the customer was promised an answer."));
        else if (PromisedAt <= now) problems.Add(new("promised_at", "The promised time must lie ahead."));
        if (OwnerId is null) problems.Add(new("owner_id", "Say who answers for it."));
        return problems;
    }
}

/// <summary>Why a case cannot be opened.</summary>
/// <param name="Field">The field to put right.</param>
/// <param name="Text">What to do.</param>
public sealed record CaseProblem(string Field, string Text);
