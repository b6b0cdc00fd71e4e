using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Regard.Api;
using Regard.Contact;

namespace Regard.Cases;

/// <summary>A case as another system tells it.</summary>
internal sealed record ToldCase
{
    public Guid? CustomerId { get; init; }
    public string? Source { get; init; }

    /// <summary>Names the case in that system; null = every telling is a new case.</summary>
    public string? SourceId { get; init; }

    public string? Subject { get; init; }
    public string? Description { get; init; }

    /// <summary>How the customer came with it: call, mail, visit …</summary>
    public string? Channel { get; init; }

    public Guid? OwnerId { get; init; }
    public Instant? PromisedAt { get; init; }

    public CaseDraft Draft() => new() { Subject = Subject ?? "", Description = Description ?? "", PromisedAt = PromisedAt, OwnerId = OwnerId };

    public Faults Check(IReadOnlyList<CaseProblem> problems)
    {
        var faults = new Faults();
        faults.When(CustomerId is null, "/customer_id", "is required");
        faults.When(string.IsNullOrWhiteSpace(Source) || Source.Length > 100, "/source", "is required: the system that tells it, at most 100 letters");
        faults.When(SourceId?.Length > 200, "/source_id", "has more than 200 letters");
        faults.When(Channel?.Length > 50, "/channel", "has more than 50 letters");
        foreach (var problem in problems) faults.When(true, "/" + problem.Field, problem.Text);
        return faults;
    }
}

/// <summary>An answer to the customer.</summary>
internal sealed record ToldAnswer
{
    public string? Text { get; init; }

    /// <summary>Names this answer, so that telling it twice sends it once; null = every telling is a new answer.</summary>
    public string? AnswerId { get; init; }
}

/// <summary>How a case ends.</summary>
internal sealed record ToldResolution(string? Resolution);

/// <summary>Who answers for a case from now on.</summary>
internal sealed record ToldOwner(Guid? OwnerId);

/// <summary>What the contact gate said to an answer, and the case after it.</summary>
/// <param name="NotBefore">When deferred: not before this.</param>
/// <param name="TaskId">The call that was put on the list, when that is how the customer wants to be answered.</param>
internal sealed record CaseReply(VerdictKind Verdict, Channel? Channel, Instant? NotBefore, IReadOnlyList<string> Reasons, Guid? DecisionId, Guid? TaskId, CaseRow Case);

/// <summary>Which cases somebody wants to see.</summary>
internal sealed record CasesSought
{
    [FromQuery(Name = "owner_id"), Description("Of this owner; of everybody when absent.")]
    public Guid? OwnerId { get; init; }

    [FromQuery(Name = "resolved"), Description("true: those that are resolved; otherwise the open ones.")]
    public bool? IsResolved { get; init; }

    public CaseQuery Query(PageQuery page) => new()
    {
        OwnerId = OwnerId,
        IsResolved = IsResolved == true,
        After = RowPlace.ByInstant(page.Cursor(2)),
    };
}
