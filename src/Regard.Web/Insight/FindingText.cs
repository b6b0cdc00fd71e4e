using Regard.Layout;

namespace Regard.Insight;

/// <summary>States of findings in words and colours.</summary>
internal static class FindingText
{
    public static string Of(FindingState state) => state switch
    {
        FindingState.Open => "open",
        FindingState.Assigned => "somebody looks for the cause",
        FindingState.CauseFixed => "said to be fixed",
        FindingState.Watched => "watched",
        FindingState.Gone => "gone",
        FindingState.Recurred => "came back",
        _ => "set aside",
    };

    public static Tone ToneOf(FindingState state) => state switch
    {
        FindingState.Open or FindingState.Recurred => Tone.Danger,
        FindingState.Assigned => Tone.Warning,
        FindingState.CauseFixed or FindingState.Watched => Tone.Info,
        FindingState.Gone => Tone.Good,
        _ => Tone.Neutral,
    };

    /// <summary>An entry of the history.</summary>
    public static string Of(FindingEvent entry) => entry.What switch
    {
        "found" => "Found",
        "given" => "Given",
        "note" => "Note",
        _ => Words.Read<FindingState>(entry.What) is { } state ? char.ToUpperInvariant(Of(state)[0]) + Of(state)[1..] : entry.What,
    };

    /// <summary>What watching says, in a sentence.</summary>
    public static string Of(FindingRow row, WatchReport watch) => (row.Kind, watch.Verdict) switch
    {
        (_, WatchVerdict.NothingYet) => "Nothing that could tell has happened since.",
        (ReturnsWork.Kind, WatchVerdict.Back) => $"Of {watch.Seen:#,0} lines sold since, {watch.Bad:#,0} came back: as usual. That it were as bad as half of before is excluded, at one error in twenty.",
        (ReturnsWork.Kind, WatchVerdict.Alarm) => $"Of {watch.Seen:#,0} lines sold since, {watch.Bad:#,0} came back: more than usual again.",
        (ReturnsWork.Kind, _) => $"Of {watch.Seen:#,0} lines sold since, {watch.Bad:#,0} came back: it cannot be told yet.",
        (_, WatchVerdict.Back) => $"Over {watch.Seen:#,0} cases since, they are served the same, within the margin.",
        (_, WatchVerdict.Alarm) => $"Over {watch.Seen:#,0} cases since, they are served differently again.",
        _ => $"Over {watch.Seen:#,0} cases since, it cannot be told yet.",
    };
}
