namespace Regard.Insight;

/// <summary>How far a finding is.</summary>
public enum FindingState
{
    /// <summary>Found, and nobody's yet.</summary>
    Open,

    /// <summary>Somebody looks for the cause.</summary>
    Assigned,

    /// <summary>The cause is said to be fixed; nothing that tells has happened since.</summary>
    CauseFixed,

    /// <summary>It is watched whether the fix holds.</summary>
    Watched,

    /// <summary>Since the fix all is as usual.</summary>
    Gone,

    /// <summary>It came back after it was said to be fixed.</summary>
    Recurred,

    /// <summary>Somebody decided, with a reason, to do nothing about it.</summary>
    SetAside,
}

/// <summary>What moves a finding from one state to another. Only people say that a cause is fixed; only what happens since says whether that is so.</summary>
public static class FindingRules
{
    /// <summary>Whether it waits for somebody to do something.</summary>
    public static bool IsWork(this FindingState state) => state is FindingState.Open or FindingState.Assigned or FindingState.Recurred;

    /// <summary>Whether what happens since the fix is looked at.</summary>
    public static bool IsWatched(this FindingState state) => state is FindingState.CauseFixed or FindingState.Watched or FindingState.Gone;

    /// <summary>The state after watching.</summary>
    public static FindingState After(this FindingState state, WatchVerdict verdict) => (state, verdict) switch
    {
        (FindingState.CauseFixed or FindingState.Watched or FindingState.Gone, WatchVerdict.Alarm) => FindingState.Recurred,
        (FindingState.CauseFixed or FindingState.Watched, WatchVerdict.Back) => FindingState.Gone,
        (FindingState.CauseFixed, WatchVerdict.Watching) => FindingState.Watched,
        _ => state,
    };

    /// <summary>The state when somebody is given it; null = it cannot be given to anybody.</summary>
    public static FindingState? Given(this FindingState state) => state switch
    {
        FindingState.Open or FindingState.Assigned or FindingState.SetAside => FindingState.Assigned,
        FindingState.Recurred => FindingState.Recurred,
        FindingState.CauseFixed or FindingState.Watched => state,
        _ => null,
    };

    /// <summary>The state when somebody says that the cause is fixed; null = that is said already.</summary>
    public static FindingState? Fixed(this FindingState state) => state.IsWork() || state == FindingState.SetAside ? FindingState.CauseFixed : null;

    /// <summary>The state when somebody decides to do nothing; null = there is nothing to decide.</summary>
    public static FindingState? Dropped(this FindingState state) => state.IsWork() || state.IsWatched() && state != FindingState.Gone ? FindingState.SetAside : null;
}
