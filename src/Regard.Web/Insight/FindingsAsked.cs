using System.Globalization;
using System.Runtime.Serialization;
using Microsoft.AspNetCore.Mvc;
using NodaTime.Text;
using Regard.Api;

namespace Regard.Insight;

/// <summary>How the list of findings is looked at, as it stands in the address. A word that stands for nothing filters nothing.</summary>
public sealed record FindingsAsked
{
    /// <summary>"returns" or "parity".</summary>
    [FromQuery(Name = "kind")] public string? Kind { get; init; }

    /// <summary>"work", "watched", "gone" or "aside"; all when absent.</summary>
    [FromQuery(Name = "show")] public string? Show { get; init; }

    [FromQuery(Name = "after")] public string? After { get; init; }

    internal FindingQuery Query => new()
    {
        Kind = Kind is ReturnsWork.Kind or ParityWork.Kind ? Kind : null,
        States = Show switch
        {
            "work" => [FindingState.Open, FindingState.Assigned, FindingState.Recurred],
            "watched" => [FindingState.CauseFixed, FindingState.Watched],
            "gone" => [FindingState.Gone],
            "aside" => [FindingState.SetAside],
            _ => [],
        },
        After = RowPlace.ByInstant(After?.Split('_')),
    };

    public string Href => "/insight/findings" + Words;

    /// <summary>The query part of the address, "?" included; empty when nothing is asked for.</summary>
    public string Words
    {
        get
        {
            var query = new QueryString();
            foreach (var (name, value) in new[] { ("kind", Kind), ("show", Show), ("after", After) })
                if (!string.IsNullOrWhiteSpace(value)) query = query.Add(name, value);
            return query.Value ?? "";
        }
    }

    public FindingsAsked First => this with { After = null };

    public FindingsAsked Beyond(FindingRow row) => this with { After = $"{InstantPattern.ExtendedIso.Format(row.FoundAt)}_{row.FindingId}" };
}

/// <summary>What somebody does about a finding, as it was sent.</summary>
public sealed record FindingForm
{
    /// <summary>take, fixed, aside or note.</summary>
    public string? Press { get; init; }
    public string? Words { get; init; }

    [DataMember(Name = "fixed_on")]
    public string? FixedOn { get; init; }
}

/// <summary>A finding as the API and files show it.</summary>
/// <param name="Text">In a sentence.</param>
internal sealed record FindingAnswer(Guid FindingId, string Kind, string Subject, FindingState State, string Title, string Text, Instant FoundAt, Instant SeenAt)
{
    public Guid? OwnerId { get; init; }
    public long? CostMinor { get; init; }
    public string? Currency { get; init; }
    public LocalDate? FixedOn { get; init; }

    public static FindingAnswer Of(FindingRow row) => new(row.FindingId, row.Kind, row.Subject, row.State, row.Title, row.Read().Sentence.Text(CultureInfo.InvariantCulture), row.FoundAt, row.SeenAt)
    {
        OwnerId = row.OwnerId,
        CostMinor = row.CostMinor,
        Currency = row.Currency,
        FixedOn = row.FixedOn,
    };
}
