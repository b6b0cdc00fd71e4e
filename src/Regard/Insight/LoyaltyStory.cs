namespace Regard.Insight;

/// <summary>One customer's loyalty as it is measured, and told in a sentence.</summary>
public sealed record LoyaltyStory
{
    /// <summary>A silence that would come to fewer than this share of customers who still buy as this one did is unusual.</summary>
    public const double Unusual = 0.05;

    /// <summary>What it follows from.</summary>
    public required BuyingSummary Customer { get; init; }

    /// <summary>Their usual time between purchases; null when they bought once.</summary>
    public required double? Gap { get; init; }

    /// <summary>Time since the last purchase.</summary>
    public required double Silence { get; init; }

    /// <summary>
    /// If they still bought at their own rhythm, the chance of a silence at least this long: ((α+t_x)/(α+T))^(r+kx) · Q, the rate learned from
    /// their own purchases and, where these are few, from everybody's. Small = unusual for them. It supposes nothing about leaving.
    /// </summary>
    public required double ChanceOfSilence { get; init; }

    /// <summary>The model's chance that they have not left.</summary>
    public required double ChanceAlive { get; init; }

    /// <summary>Purchases expected in the coming time.</summary>
    public required double Expected { get; init; }

    /// <summary>Whether the silence is unusual for them.</summary>
    public bool IsUnusuallySilent => Customer.Repeats > 0 && ChanceOfSilence < Unusual;

    /// <summary>The sentence; times in days.</summary>
    public required Sentence Told { get; init; }

    /// <summary>Measures and tells.</summary>
    /// <param name="model">Fitted with days as the unit of time.</param>
    /// <param name="customer">In days.</param>
    /// <param name="horizon">The coming time, in days.</param>
    public static LoyaltyStory Of(BuyingModel model, BuyingSummary customer, double horizon)
    {
        var story = new LoyaltyStory
        {
            Customer = customer,
            Gap = customer.Repeats > 0 ? customer.Recency / customer.Repeats : null,
            Silence = customer.Age - customer.Recency,
            ChanceOfSilence = Silent(model, customer),
            ChanceAlive = model.ChanceAlive(customer),
            Expected = model.ExpectedPurchases(customer, horizon),
            Told = new Sentence(""),
        };
        return story with { Told = story.Tell(horizon) };
    }

    private static double Silent(BuyingModel model, BuyingSummary customer)
    {
        double m = model.Parameters[0] + (model.Regularity * (double)customer.Repeats), alpha = model.Parameters[1];
        double u = (customer.Age - customer.Recency) / (alpha + customer.Age), sum = 0, term = 1;
        for (var j = 0; j < model.Regularity; j++)
        {
            sum += term;
            term *= (m + j) / (j + 1) * u;
        }
        return Math.Min(1, Math.Exp((m * Math.Log((alpha + customer.Recency) / (alpha + customer.Age))) + Math.Log(sum)));
    }

    private Sentence Tell(double horizon)
    {
        Figure silence = new("silence", Silence, FigureKind.Count), chance = new("chance", ChanceAlive, FigureKind.Percent), expected = new("expected", Expected, FigureKind.Amount), days = new("days", horizon, FigureKind.Count);
        if (Gap is not { } gap)
            return new Sentence("Bought once, {silence} days ago; of such customers {chance} buy again some day, and {expected} purchases are expected in the next {days} days.", silence, chance, expected, days);
        Figure rhythm = new("gap", gap, FigureKind.Count), rare = new("rare", ChanceOfSilence, FigureKind.Percent);
        return IsUnusuallySilent
            ? new Sentence("Bought about every {gap} days and has been silent for {silence}: so long a silence comes to {rare} of customers who go on buying like this. The chance that they have not left is {chance}; {expected} purchases are expected in the next {days} days.", rhythm, silence, rare, chance, expected, days)
            : new Sentence("Buys about every {gap} days and was last here {silence} days ago, which is nothing unusual for them; {expected} purchases are expected in the next {days} days.", rhythm, silence, expected, days);
    }
}
