using Regard.Contact;
using Regard.Storage;

namespace Regard.Outreach;

/// <summary>A row of <c>campaign</c>.</summary>
public sealed record CampaignRow
{
    public Guid CampaignId { get; init; }
    public string Title { get; init; } = "";
    public string Purpose { get; init; } = "";
    public string? LegalGround { get; init; }
    public string Channels { get; init; } = "";
    public Instant? Earliest { get; init; }
    public Instant LatestUseful { get; init; }
    internal Json Segment { get; init; }
    internal Json Messages { get; init; }
    public string State { get; init; } = "";
    public Guid? CursorId { get; init; }
    public bool IsHandedOut { get; init; }
    public long? Customers { get; init; }
    public Instant CreatedAt { get; init; }
    public string CreatedBy { get; init; } = "";
    public Instant? StartedAt { get; init; }
    public string? StartedBy { get; init; }
    public Instant? EndedAt { get; init; }
    public long Version { get; init; }

    public CampaignDraft Draft() => new()
    {
        Title = Title,
        Purpose = Words.Must<Purpose>(Purpose),
        LegalGround = LegalGround,
        Channels = [.. Channels.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Words.Must<Channel>)],
        Earliest = Earliest,
        LatestUseful = LatestUseful,
        Messages = Messages.Read<Dictionary<string, CampaignMessage>>(),
    };

    /// <summary>Whom it is meant for, whether or not something is known of them to rest it on.</summary>
    public AudienceSegment Whom() => Segment.Read<AudienceSegment>();

    /// <summary>Those of them of whom the message has something to say.</summary>
    public AudienceSegment Reached()
    {
        var fields = Draft().Fields;
        return Whom() with { NeedsProduct = fields.Contains(CampaignField.Product), NeedsOrder = fields.Contains(CampaignField.LastOrder) || fields.Contains(CampaignField.CustomerSince) };
    }

    /// <summary>What is asked of the gate, for each customer alike.</summary>
    public ContactRequest Request(Guid customerId)
    {
        var draft = Draft();
        return new ContactRequest
        {
            CustomerId = customerId,
            Purpose = draft.Purpose!.Value,
            About = Key(CampaignId),
            Step = Key(CampaignId),
            Channels = draft.Channels,
            Earliest = Earliest,
            LatestUseful = LatestUseful,
            LegalGround = LegalGround,
        };
    }

    /// <summary>What its contacts are about, and the one step that each of them is.</summary>
    public static string Key(Guid campaignId) => $"campaign:{campaignId}";
}
