namespace Regard.Contact;

/// <summary>Why this is a suitable moment to ask a customer how they want to be treated.</summary>
public enum AskingOccasion
{
    /// <summary>Something they ordered has had the time to arrive.</summary>
    AfterOrder,

    /// <summary>A case of theirs was resolved.</summary>
    AfterCase,

    /// <summary>Several calls were not answered: we ask, and do not call more.</summary>
    AfterCalls,
}

/// <summary>What is known of a customer when it is decided whether to ask them.</summary>
public sealed record AskingFacts
{
    /// <summary>Whether they ever said, in their own words or by their own choice, how they want to be contacted.</summary>
    public bool HasSaid { get; init; }

    /// <summary>When they were last asked, or could not be; null = never.</summary>
    public Instant? AskedAt { get; init; }

    /// <summary>Their last order; null = none.</summary>
    public Instant? LastOrderAt { get; init; }

    /// <summary>When a case of theirs was last resolved; null = none was.</summary>
    public Instant? LastResolvedAt { get; init; }

    /// <summary>Whether a case of theirs is open: whoever waits for an answer is not asked anything else.</summary>
    public bool HasOpenCase { get; init; }

    /// <summary>How many calls they did not answer since the last one that they did.</summary>
    public int UnansweredCalls { get; init; }
}

/// <summary>Whether a customer is asked now how they want to be treated: once, gently, at a suitable moment.</summary>
/// <param name="Occasion">The occasion; null = not now.</param>
/// <param name="Why">For people.</param>
public sealed record Asking(AskingOccasion? Occasion, string Why)
{
    /// <summary>Nobody is asked twice within so many days, whatever became of it.</summary>
    public const int DaysBetween = 365;

    /// <summary>After so many unanswered calls we ask in writing how they want to be reached.</summary>
    public const int CallsBefore = 3;

    /// <summary>The first day after an order or a resolved case on which it is suitable.</summary>
    public const int FirstDay = 3;

    /// <summary>The last one: later it would come out of nowhere.</summary>
    public const int LastDay = 21;

    /// <summary>The ways to ask: they wait until the customer looks. Nobody is called to be asked whether they want calls.</summary>
    public static IReadOnlyList<Channel> Ways { get; } = [Channel.Email, Channel.Portal];

    /// <summary>Decides.</summary>
    public static Asking Of(AskingFacts facts, Instant now)
    {
        if (facts.AskedAt is { } asked && now - asked < Duration.FromDays(DaysBetween)) return new(null, "They were asked within a year.");
        if (facts.HasOpenCase) return new(null, "They wait for an answer of ours.");
        if (facts.UnansweredCalls >= CallsBefore) return new(AskingOccasion.AfterCalls, $"They did not answer {facts.UnansweredCalls} calls.");
        if (facts.HasSaid) return new(null, "They have said how they want to be contacted.");
        if (IsSuitable(facts.LastResolvedAt, now)) return new(AskingOccasion.AfterCase, "A case of theirs was resolved some days ago.");
        return IsSuitable(facts.LastOrderAt, now)
            ? new(AskingOccasion.AfterOrder, "An order of theirs has had the time to arrive.")
            : new(null, "Nothing happened lately that makes it a suitable moment.");
    }

    private static bool IsSuitable(Instant? at, Instant now) => at is { } then && now - then >= Duration.FromDays(FirstDay) && now - then < Duration.FromDays(LastDay + 1);
}
