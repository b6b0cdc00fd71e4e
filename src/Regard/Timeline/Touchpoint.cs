namespace Regard.Timeline;

/// <summary>One meeting of a customer and the company, of whatever department, as it is kept: never changed, never told twice.</summary>
public sealed record Touchpoint
{
    /// <summary>Id by time; null in a new one: it is then made of the moment, the source and the source's id.</summary>
    public Guid? TouchpointId { get; init; }

    /// <summary>When it happened.</summary>
    public required Instant At { get; init; }

    /// <summary>Which part of the company.</summary>
    public required Department Department { get; init; }

    /// <summary>What it was, as a word: <c>call</c>, <c>mail</c>, <c>visit</c>, <c>order</c>, <c>page</c>, <c>survey_answer</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>By which channel; null = it had none.</summary>
    public string? Channel { get; init; }

    /// <summary>Who turned to whom.</summary>
    public Direction Direction { get; init; } = Direction.None;

    /// <summary>One line for the timeline. Personal data: never logged.</summary>
    public required string Summary { get; init; }

    /// <summary>The particulars as a JSON object; null = there are none.</summary>
    public string? Body { get; init; }

    /// <summary>The system that tells.</summary>
    public required string Source { get; init; }

    /// <summary>Its id there: the same source and id for the same customer is the same touchpoint.</summary>
    public required string SourceId { get; init; }

    /// <summary>The member of staff who was there; null = nobody.</summary>
    public Guid? StaffId { get; init; }

    /// <summary>When it was recorded; set by the record.</summary>
    public Instant RecordedAt { get; init; }
}
