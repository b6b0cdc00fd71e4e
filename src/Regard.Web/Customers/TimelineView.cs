using System.Text.Json;
using Regard.Timeline;

namespace Regard.Customers;

/// <summary>A part of a customer's timeline as the page shows it.</summary>
public sealed record TimelineView
{
    /// <summary>How many touchpoints one part shows.</summary>
    public const int Size = 20;

    public required TimelineFilter Filter { get; init; }

    /// <summary>The touchpoint that stands just before this part; null = this is the newest part.</summary>
    public Guid? Before { get; init; }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<TimelineRow> Rows { get; init; } = [];

    /// <summary>Whether older ones follow.</summary>
    public bool HasMore { get; init; }

    public bool IsFiltered => Filter.Department is not null || Filter.Kind is not null || !string.IsNullOrWhiteSpace(Filter.Text);

    /// <summary>The query part of the address of the older part; null when there is none.</summary>
    public string? Older => HasMore ? QueryOf(Rows[^1].TouchpointId) : null;

    /// <summary>The newest part with the same filter.</summary>
    public string Newest => QueryOf(null);

    private string QueryOf(Guid? before)
    {
        var query = new QueryString();
        if (Filter.Department is { } department) query = query.Add("department", Words.Of(department));
        if (Filter.Kind is { } kind) query = query.Add("kind", kind);
        if (!string.IsNullOrWhiteSpace(Filter.Text)) query = query.Add("text", Filter.Text);
        if (before is { } id) query = query.Add("before", id.ToString());
        return query.HasValue ? query.Value! : "?";
    }
}

/// <summary>One line of the timeline.</summary>
public sealed record TimelineRow
{
    public Guid TouchpointId { get; init; }

    public Instant At { get; init; }

    public string Department { get; init; } = "";

    public string Kind { get; init; } = "";

    public string? Channel { get; init; }

    public string Direction { get; init; } = "";

    public string Summary { get; init; } = "";

    /// <summary>The particulars as JSON, of whatever form their source gave them; null = none.</summary>
    public string? Body { get; init; }

    /// <summary>What somebody wrote down about it; null = nothing.</summary>
    public string? Note
    {
        get
        {
            if (Body is null) return null;
            using var particulars = JsonDocument.Parse(Body);
            return particulars.RootElement is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty("note", out var note) && note.ValueKind == JsonValueKind.String
                ? note.GetString()
                : null;
        }
    }

    public string? StaffName { get; init; }
}
