using Regard.Storage;

namespace Regard.Insight;

/// <summary>One customer's loyalty as a page and the API show it.</summary>
public sealed record LoyaltyView
{
    /// <summary>The fit it follows from; null = there is none yet.</summary>
    public LoyaltyModel? Model { get; init; }

    internal LoyaltyMeasure? Measure { get; init; }

    /// <summary>Days with a purchase, rising; empty = they have never bought.</summary>
    internal IReadOnlyList<int> Days { get; init; } = [];

    /// <summary>The day that is looked at.</summary>
    public LocalDate Today { get; init; }

    /// <summary>What went wrong for them, the latest first.</summary>
    public IReadOnlyList<Trouble> Troubles { get; init; } = [];

    /// <summary>Recommendations that were recorded, the latest first.</summary>
    public IReadOnlyList<Recommendation> Recommendations { get; init; } = [];

    internal IReadOnlyList<(Trouble Trouble, int Day)> Forgiven => [.. Troubles.Select(trouble => (Trouble: trouble, Day: trouble.ForgivenOn(Days))).Where(pair => pair.Day is not null).Select(pair => (pair.Trouble, pair.Day!.Value))];

    /// <summary>Measures one customer from their orders, by the fit in use. It does not look at what was stored: it is right at every moment.</summary>
    internal static async Task<LoyaltyView> ReadAsync(UnitOfWork work, Guid customerId, Instant now)
    {
        var model = await new LoyaltyModelStore(work).CurrentAsync();
        var today = model?.Today(now) ?? now.InUtc().Date;
        var buyer = (await new BuyerStore(work).OfAsync([customerId])).FirstOrDefault();
        return new LoyaltyView
        {
            Model = model,
            Today = today,
            Days = buyer?.Days ?? [],
            Measure = model is not null && buyer is not null ? LoyaltyMeasure.Of(model.Read().Judge(), buyer, Math.Max(Buyer.Day(today), buyer.Days[0])) : null,
            Troubles = await new TroubleStore(work).OfAsync(customerId),
            Recommendations = await new TroubleStore(work).RecommendationsAsync(customerId),
        };
    }
}
