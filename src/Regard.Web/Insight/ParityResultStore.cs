using Regard.Storage;

namespace Regard.Insight;

/// <summary>What the last comparison said of one group in one measure.</summary>
public sealed record ParityResultRow
{
    internal string MeasureWord { get; init; } = "";
    internal string GroupingWord { get; init; } = "";
    internal string VerdictWord { get; init; } = "";

    public ParityMeasure Measure { get => Words.Must<ParityMeasure>(MeasureWord); init => MeasureWord = Words.Of(value); }
    public ParityGrouping Grouping { get => Words.Must<ParityGrouping>(GroupingWord); init => GroupingWord = Words.Of(value); }
    public string GroupKey { get; init; } = "";

    /// <summary>Cases (or calls) of the group.</summary>
    public long Cases { get; init; }

    /// <summary>Those of everybody else that it was compared with.</summary>
    public long Others { get; init; }

    /// <summary>Hours (geometric mean) or a share, of the group.</summary>
    public double Typical { get; init; }
    public double TypicalOthers { get; init; }

    /// <summary>Of a time: how many times as long. Of a share: so much more of one. With the bounds of its ninety per cent interval.</summary>
    public double Difference { get; init; }
    public double Low { get; init; }
    public double High { get; init; }

    /// <summary>What does not matter, by the business: a share of a time, points of a share.</summary>
    public double Margin { get; init; }
    public double SameP { get; init; }

    /// <summary>Adjusted for all comparisons.</summary>
    public double DifferentP { get; init; }
    public ParityVerdict Verdict { get => Words.Must<ParityVerdict>(VerdictWord); init => VerdictWord = Words.Of(value); }

    /// <summary>Found to be served differently by itself; the others were compared without it.</summary>
    public bool IsApart { get; init; }
}

/// <summary>What the last comparison said.</summary>
internal sealed class ParityResultStore(UnitOfWork work)
{
    private const string Columns =
        "measure as measure_word, grouping_by as grouping_word, group_key, cases, others, typical, typical_others, difference, low, high, margin, same_p, different_p, verdict as verdict_word, is_apart";

    /// <summary>All of it, or what follows a row in the order of measures, groupings and groups.</summary>
    public Task<List<ParityResultRow>> ListAsync((string Measure, string Grouping, string Group)? after, int take) => work.ListAsync<ParityResultRow>(
        $"""
        select {Columns} from parity_result
        {(after is null ? "" : "where measure > @Measure or (measure = @Measure and (grouping_by > @Grouping or (grouping_by = @Grouping and group_key > @Group)))")}
        order by measure, grouping_by, group_key limit @take
        """,
        new { after?.Measure, after?.Grouping, after?.Group, take });

    /// <summary>Puts what was said now in the place of what was said before.</summary>
    public async Task SayAsync(IReadOnlyList<ParityResultRow> rows)
    {
        await work.ExecuteAsync("delete from parity_result");
        await work.ExecuteAsync(
            """
            insert into parity_result (measure, grouping_by, group_key, cases, others, typical, typical_others, difference, low, high, margin, same_p, different_p, verdict, is_apart)
            values (@MeasureWord, @GroupingWord, @GroupKey, @Cases, @Others, @Typical, @TypicalOthers, @Difference, @Low, @High, @Margin, @SameP, @DifferentP, @VerdictWord, @IsApart)
            """,
            rows.Select(row => new
            {
                row.MeasureWord,
                row.GroupingWord,
                row.GroupKey,
                row.Cases,
                row.Others,
                row.Typical,
                row.TypicalOthers,
                row.Difference,
                row.Low,
                row.High,
                row.Margin,
                row.SameP,
                row.DifferentP,
                row.VerdictWord,
                row.IsApart,
            }));
    }
}
