namespace Regard.Outreach;

/// <summary>What came of a task that reaches a customer.</summary>
public enum TaskOutcome
{
    /// <summary>Spoken to.</summary>
    Reached,

    /// <summary>Nobody answered.</summary>
    NotReached,

    /// <summary>The customer asked to be called at another time.</summary>
    CallBack,

    /// <summary>The customer did not want to talk about it.</summary>
    Declined,

    /// <summary>The customer said how they want to be contacted; that is recorded with their words.</summary>
    WishRecorded,

    /// <summary>It has settled itself.</summary>
    NoLongerNeeded,
}

/// <summary>What becomes of a task after an outcome.</summary>
/// <param name="IsDone">Whether it is finished.</param>
/// <param name="DueAt">When it is due again; null when it is finished.</param>
/// <param name="Explanation">Why, for the person who did it.</param>
public sealed record AfterOutcome(bool IsDone, Instant? DueAt, string Explanation)
{
    /// <summary>How often somebody who does not answer is called in all. Silence is never a reason to call more.</summary>
    public const int MostAttempts = 2;

    /// <summary>Decides.</summary>
    /// <param name="outcome">What came of it.</param>
    /// <param name="attempts">How often the customer was not reached before.</param>
    /// <param name="wantedAt">When the customer wants to be called; only for <see cref="TaskOutcome.CallBack"/>.</param>
    /// <param name="latestUseful">After this moment the task is of no use.</param>
    /// <param name="now">When it was done.</param>
    public static AfterOutcome Of(TaskOutcome outcome, int attempts, Instant? wantedAt, Instant latestUseful, Instant now)
    {
        switch (outcome)
        {
            case TaskOutcome.CallBack when wantedAt is { } at && at > now:
                return new(false, at, "The customer named the time.");
            case TaskOutcome.NotReached when attempts + 1 >= MostAttempts:
                return new(true, null, "Not reached twice: no more calls. The written notice tells them.");
            case TaskOutcome.NotReached:
                var next = NextWorkingDay(now);
                return next < latestUseful
                    ? new(false, next, "Once more on the next working day, then no more.")
                    : new(true, null, "Another call would come too late. The written notice tells them.");
            default:
                return new(true, null, "Done.");
        }
    }

    private static Instant NextWorkingDay(Instant now)
    {
        var day = now.Plus(Duration.FromDays(1));
        while (day.InUtc().DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday) day = day.Plus(Duration.FromDays(1));
        return day;
    }
}
