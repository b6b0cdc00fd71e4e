using Regard.Contact;
using Regard.Layout;

namespace Regard.Outreach;

/// <summary>The words of the pages about campaigns.</summary>
internal static class CampaignText
{
    public static string State(string state) => state switch
    {
        "draft" => "Draft",
        "starting" => "Being sent",
        "started" => "Everybody was asked for",
        "stopping" => "Being stopped",
        _ => "Stopped",
    };

    public static Tone StateTone(string state) => state switch { "draft" => Tone.Warning, "starting" => Tone.Info, "started" => Tone.Good, _ => Tone.Neutral };

    public static Tone OutcomeTone(CampaignOutcome outcome) => outcome switch
    {
        CampaignOutcome.Sent => Tone.Good,
        CampaignOutcome.Waiting or CampaignOutcome.Deferred => Tone.Info,
        CampaignOutcome.HeldBack or CampaignOutcome.Withdrawn or CampaignOutcome.Stopped or CampaignOutcome.LeftOut => Tone.Neutral,
        _ => Tone.Warning,
    };

    /// <summary>What would happen to a group of customers.</summary>
    public static string Group(AudienceGroup group, Purpose purpose) => group.Kind switch
    {
        VerdictKind.Permitted => $"Now, by {group.Channel!.Value.InWords()}",
        VerdictKind.Deferred => $"Later, by {group.Channel!.Value.InWords()}",
        _ => "Not at all",
    };

    /// <summary>Why, as a sentence about customers.</summary>
    public static string Why(ReasonCode code, Purpose purpose, Channel? channel) => code switch
    {
        // Each of them has a number of their own.
        ReasonCode.TheirLimitReached => "They were contacted as often as they want at most.",
        ReasonCode.PolicyLimitReached => "They were contacted as often as our rules permit at most.",
        _ => new Reason { Code = code, Purpose = purpose, Channel = channel }.ToStaff(),
    };

    /// <summary>The same for a reason that is kept as a word.</summary>
    public static string Why(string code, string purpose) =>
        Words.Read<ReasonCode>(code) is { } known ? Why(known, Words.Must<Purpose>(purpose), null) : "We do not know what the message names of them.";

    /// <summary>Whom a campaign is meant for, in one sentence.</summary>
    public static string Whom(AudienceSegment segment)
    {
        var parts = new List<string>();
        if (segment.Countries.Count > 0) parts.Add($"live in {string.Join(", ", segment.Countries)}");
        if (segment.Languages.Count > 0) parts.Add($"are written to in {string.Join(", ", segment.Languages)}");
        if (segment.Product is not null) parts.Add($"bought {segment.Product}{Since(segment.BoughtSince)}");
        if (segment.Category is not null) parts.Add($"bought something of {segment.Category}{Since(segment.BoughtSince)}");
        if (segment.OrderedSince is { } ordered) parts.Add($"ordered since {WhenText.For(ordered)}");
        if (segment.SilentSince is { } silent) parts.Add($"ordered before, and not since {WhenText.For(silent)}");
        return parts.Count == 0 ? "Everybody" : "Customers who " + string.Join(" and ", parts);
    }

    private static string Since(LocalDate? since) => since is { } day ? $" since {WhenText.For(day.With(DateAdjusters.StartOfMonth))}" : "";
}
