using System.Globalization;
using Regard.Contact;
using Regard.Storage;

namespace Regard.Outreach;

/// <summary>What starting a campaign would come to, if it were started now.</summary>
internal sealed class CampaignPreview
{
    private readonly CampaignRow _campaign;
    private readonly AudienceLook _look;

    private CampaignPreview(CampaignRow campaign, AudienceLook look, long leftOut)
    {
        (_campaign, _look, LeftOut) = (campaign, look, leftOut);
        Groups =
        [
            .. look.Totals().GroupBy(one => Alike(one.Key.Group)).Select(same => new CampaignGroup(same.Key, same.Sum(one => one.Value), same.Min(one => one.Key.Until), same.Max(one => one.Key.Until)))
                .OrderByDescending(group => group.Of.Kind).ThenByDescending(group => group.Customers),
        ];
    }

    /// <summary>Customers by what the gate would answer. Nobody is counted twice.</summary>
    public IReadOnlyList<CampaignGroup> Groups { get; }

    /// <summary>Customers of whom something is not known that the message names.</summary>
    public long LeftOut { get; }

    /// <summary>Everybody it is meant for.</summary>
    public long Customers => Groups.Sum(group => group.Customers) + LeftOut;

    /// <param name="work">A snapshot.</param>
    public static async Task<CampaignPreview> TakeAsync(UnitOfWork work, CampaignRow campaign, Instant now)
    {
        var (whom, reached) = (campaign.Whom(), campaign.Reached());
        var look = await AudienceLook.TakeAsync(work, campaign.Request(Guid.Empty), reached, now);
        var leftOut = reached is { NeedsProduct: false, NeedsOrder: false } ? 0 : (await new AudienceStore(work).CountAsync(whom)).Total - look.Audience.Customers;
        return new CampaignPreview(campaign, look, leftOut);
    }

    /// <summary>The customers behind a number, in the order of their ids.</summary>
    /// <param name="word">The group's; null = all.</param>
    public async Task<List<AudienceName>> NamesAsync(UnitOfWork work, string? word, AudiencePlace place)
    {
        var names = word == CampaignGroup.LeftOutWord ? [] : await _look.NamesAsync(work, group => word is null || CampaignGroup.WordOf(Alike(group)) == word, place);
        if (LeftOut == 0 || (word is not null && word != CampaignGroup.LeftOutWord)) return names;
        var lacking = _campaign.Reached() with { IsLacking = true };
        var store = new AudienceStore(work);
        var classes = (await store.CountAsync(lacking)).Classes;
        names.AddRange(await store.NamesAsync(lacking, [new AudienceChoice([.. classes.Select(one => one.Key)], null, Duration.Zero)], [], place));
        return [.. names.OrderBy(name => name.CustomerId).Take(place.Take)];
    }

    // Why somebody may be contacted now is of no number.
    private static AudienceGroup Alike(AudienceGroup group) => group.Kind == VerdictKind.Permitted ? group with { Code = ReasonCode.Welcome } : group;
}

/// <summary>Customers of whom the gate would answer alike.</summary>
/// <param name="FirstAt">When deferred: the first moment at which one of them may be contacted.</param>
/// <param name="LastAt">The last one.</param>
public sealed record CampaignGroup(AudienceGroup Of, long Customers, Instant? FirstAt, Instant? LastAt)
{
    public const string LeftOutWord = "left_out";

    /// <summary>Its name in addresses.</summary>
    public string Word => WordOf(Of);

    public static string WordOf(AudienceGroup group) => group.Kind switch
    {
        VerdictKind.Permitted => $"permitted.{Words.Of(group.Channel!.Value)}",
        VerdictKind.Deferred => string.Create(CultureInfo.InvariantCulture, $"deferred.{Words.Of(group.Channel!.Value)}.{Words.Of(group.Code)}"),
        _ => $"refused.{Words.Of(group.Code)}",
    };
}
