using Regard.Contact;

namespace Regard.Outreach;

/// <summary>A campaign in a list.</summary>
internal sealed record CampaignHead(
    Guid CampaignId, string Title, Purpose Purpose, CampaignState State, IReadOnlyList<Channel> Channels, Instant? Earliest, Instant LatestUseful, long? Customers, Instant CreatedAt, Instant? StartedAt, Instant? EndedAt)
{
    public static CampaignHead Of(CampaignRow row) => new(
        row.CampaignId, row.Title, Words.Must<Purpose>(row.Purpose), Words.Must<CampaignState>(row.State), row.Draft().Channels, row.Earliest, row.LatestUseful, row.Customers, row.CreatedAt, row.StartedAt, row.EndedAt);
}
