using Regard.Cases;
using Regard.Contact;
using Regard.Webhooks;

namespace Regard.Outreach;

/// <summary>What is due for somebody today.</summary>
public sealed record TodayView
{
    public required IReadOnlyList<DueTask> Tasks { get; init; }
    public required IReadOnlyList<CaseRow> Cases { get; init; }

    /// <summary>Tasks that nobody did while they were of use, until somebody has seen that.</summary>
    public required IReadOnlyList<TaskRow> Late { get; init; }

    /// <summary>Work that is about no customer.</summary>
    public required IReadOnlyList<HouseTask> House { get; init; }

    /// <summary>Calls that come later than today.</summary>
    public required int Later { get; init; }

    /// <summary>Whether the whole team's work is shown.</summary>
    public bool IsTeam { get; init; }

    /// <summary>Whether this person may look at the whole team's work.</summary>
    public bool MaySeeTeam { get; init; }

    /// <summary>Staff by id, to say whose work it is.</summary>
    public required IReadOnlyDictionary<Guid, string> Staff { get; init; }

    /// <summary>Systems that are told nothing any more, because they did not answer; empty for whoever cannot change that.</summary>
    public IReadOnlyList<WebhookEndpointRow> SwitchedOff { get; init; } = [];

    public required Instant Now { get; init; }
}

/// <summary>A task with what the gate says to it at this moment.</summary>
/// <param name="Task">The task.</param>
/// <param name="MayNow">Whether the customer may be reached like this now.</param>
/// <param name="Until">When the moment is not right: from when it is; null = no moment is right, or it is now.</param>
/// <param name="Why">The gate's reasons, with the customer's own words; empty for internal work.</param>
/// <param name="Wishes">How the customer wants to be contacted.</param>
/// <param name="Number">The number to call, only while the customer may be called; null otherwise.</param>
public sealed record DueTask(TaskRow Task, bool MayNow, Instant? Until, string Why, Wishes Wishes, string? Number);
