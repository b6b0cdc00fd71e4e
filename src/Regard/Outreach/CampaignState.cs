namespace Regard.Outreach;

/// <summary>How far a campaign is.</summary>
public enum CampaignState
{
    /// <summary>It is being written.</summary>
    Draft,

    /// <summary>Customers are being asked for, one after the other.</summary>
    Starting,

    /// <summary>Everybody was asked for; some wait for their hours.</summary>
    Started,

    /// <summary>It is to end: what waits is being cancelled.</summary>
    Stopping,

    /// <summary>It ended before its time.</summary>
    Stopped,
}

/// <summary>What became of a campaign for one customer.</summary>
public enum CampaignOutcome
{
    /// <summary>A message is about to be sent, or a call is somebody's task.</summary>
    Waiting,

    /// <summary>It waits for a moment that the customer permits.</summary>
    Deferred,

    /// <summary>It was sent, or the call was made.</summary>
    Sent,

    /// <summary>The gate held it back when it was asked for.</summary>
    HeldBack,

    /// <summary>It waited, and a wish said meanwhile ended it.</summary>
    Withdrawn,

    /// <summary>No permitted moment came before it was useless.</summary>
    Expired,

    /// <summary>It could not be handed over, or nobody knows whether it arrived.</summary>
    Failed,

    /// <summary>The campaign was stopped before it was sent.</summary>
    Stopped,

    /// <summary>Nothing is known of the customer on which the message could rest.</summary>
    LeftOut,
}

/// <summary>What follows from an outcome.</summary>
public static class CampaignOutcomes
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<CampaignOutcome> All { get; } = Enum.GetValues<CampaignOutcome>();

    /// <summary>The name, for people.</summary>
    public static string InWords(this CampaignOutcome outcome) => outcome switch
    {
        CampaignOutcome.Waiting => "Waiting",
        CampaignOutcome.Deferred => "Later, as they wish",
        CampaignOutcome.Sent => "Sent",
        CampaignOutcome.HeldBack => "Held back",
        CampaignOutcome.Withdrawn => "Ended by their wish",
        CampaignOutcome.Expired => "Not possible in time",
        CampaignOutcome.Failed => "Not certain to have arrived",
        CampaignOutcome.Stopped => "Stopped by us",
        _ => "Left out: nothing to rest it on",
    };
}
