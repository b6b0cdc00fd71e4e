using Microsoft.AspNetCore.Mvc;
using NodaTime.Text;
using Regard.Api;

namespace Regard.Insight;

/// <summary>Which cases or calls somebody wants to see, as it stands in the address. A word that stands for nothing filters nothing.</summary>
public sealed record ParityCaseQuery
{
    /// <summary>A <see cref="ParityGrouping"/>.</summary>
    [FromQuery(Name = "by")] public string? By { get; init; }

    [FromQuery(Name = "group")] public string? Group { get; init; }

    /// <summary>A <see cref="ParityMeasure"/>; first answers when absent.</summary>
    [FromQuery(Name = "measure")] public string? Measure { get; init; }

    /// <summary>Groups that were set apart and are left out: <c>language:es</c>, separated by commas.</summary>
    [FromQuery(Name = "without")] public string? Without { get; init; }

    [FromQuery(Name = "after")] public string? After { get; init; }

    public ParityMeasure Of => Words.Read<ParityMeasure>(Measure) ?? ParityMeasure.FirstAnswer;

    public ParityGrouping? Grouping => string.IsNullOrWhiteSpace(Group) ? null : Words.Read<ParityGrouping>(By);

    public bool IsOfCalls => Of is ParityMeasure.Wait or ParityMeasure.Abandoned;

    internal ServedQuery At(Instant now) => new(now - ParityWork.Window, now - ParityWork.Grace) { Grouping = Grouping, Group = Group, Without = [.. Apart], After = RowPlace.ByInstant(After?.Split('_')) };

    private IEnumerable<(ParityGrouping Grouping, string Group)> Apart => (Without ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)
        .Select(word => (Grouping: Words.Read<ParityGrouping>(word.Split(':')[0]), Group: word[(word.IndexOf(':', StringComparison.Ordinal) + 1)..])).Where(apart => apart.Grouping is not null).Select(apart => (apart.Grouping!.Value, apart.Group));

    public string Href => "/insight/parity/cases" + Query;

    /// <summary>The query part of the address, "?" included; empty when nothing is asked for.</summary>
    public string Query
    {
        get
        {
            var query = new QueryString();
            foreach (var (name, value) in new[] { ("by", By), ("group", Group), ("measure", Measure), ("without", Without), ("after", After) })
                if (!string.IsNullOrWhiteSpace(value)) query = query.Add(name, value);
            return query.Value ?? "";
        }
    }

    public ParityCaseQuery First => this with { After = null };

    public ParityCaseQuery Beyond(ParityCaseRow row) => this with { After = $"{InstantPattern.ExtendedIso.Format(row.At)}_{row.Id}" };
}

/// <summary>A case or a call with what was measured of it.</summary>
/// <param name="Id">The case's or the touchpoint's.</param>
/// <param name="Hours">Of a time.</param>
/// <param name="Happened">Of what happens or does not.</param>
/// <param name="IsOver">Whether the time has ended; otherwise it is the time so far.</param>
public sealed record ParityCaseRow(Guid CustomerId, Guid Id, string CustomerName, string Subject, Instant At, string Channel, string? Language, string Newness, string Wish, double? Hours, bool? Happened, bool IsOver)
{
    internal static ParityCaseRow Of(ServedCaseRow row, ParityMeasure measure, Instant now) => new(
        row.CustomerId, row.CaseId, row.CustomerName, row.Subject, row.OpenedAt, row.Channel, row.Language, row.Newness, row.Wish,
        measure switch { ParityMeasure.FirstAnswer => row.HoursToAnswer(now), ParityMeasure.Resolution => row.HoursToEnd(now), _ => null },
        measure == ParityMeasure.BrokenPromise ? row.IsPromiseBroken(now) : null, measure == ParityMeasure.Resolution ? row.ResolvedAt is not null : (row.FirstAnsweredAt ?? row.ResolvedAt) is not null);

    internal static ParityCaseRow Of(ServedCallRow row, ParityMeasure measure) => new(
        row.CustomerId, row.TouchpointId, row.CustomerName, "Call", row.At, row.Channel, row.Language, row.Newness, row.Wish,
        measure == ParityMeasure.Wait ? row.WaitedSeconds / 3600 : null, measure == ParityMeasure.Abandoned ? row.IsAbandoned : null, true);
}
