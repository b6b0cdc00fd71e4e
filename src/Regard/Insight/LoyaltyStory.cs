namespace Regard.Insight;

/// <summary>One customer's loyalty as it is measured, and told in a sentence.</summary>
public sealed record LoyaltyStory
{
    /// <summary>A silence that would come to fewer than this share of customers who still buy as this one did is unusual.</summary>
    public const double Unusual = 0.05;

    /// <summary>
    /// Who leaves without a word is more than unusually silent: of customers who go on buying as before, at most this share is listed by
    /// mistake at any moment.
    /// </summary>
    public const double Leaving = 0.01;

    /// <summary>The coming time that is looked at, in days.</summary>
    public const double Year = 365;

    /// <summary>What it follows from.</summary>
    public required BuyingSummary Customer { get; init; }

    /// <summary>Their usual time between purchases; null when they bought once.</summary>
    public required double? Gap { get; init; }

    /// <summary>Time since the last purchase.</summary>
    public required double Silence { get; init; }

    /// <summary>See <see cref="BuyingModel.ChanceOfSilence"/>. Small = unusual for them.</summary>
    public required double ChanceOfSilence { get; init; }

    /// <summary>The model's chance that they have not left.</summary>
    public required double ChanceAlive { get; init; }

    /// <summary>Purchases expected in the coming time.</summary>
    public required double Expected { get; init; }

    /// <summary>Whether the silence is unusual for them.</summary>
    public bool IsUnusuallySilent => Customer.Repeats > 0 && ChanceOfSilence < Unusual;

    /// <summary>Whether the judge takes them for gone rather than not.</summary>
    public required bool IsGone { get; init; }

    /// <summary>Whether they leave without a word: the silence is unusual enough for them, and they count as gone.</summary>
    public bool IsLeaving => Customer.Repeats > 0 && ChanceOfSilence < Leaving && IsGone;

    /// <summary>The sentence; times in days.</summary>
    public required Sentence Told { get; init; }

    /// <summary>Measures and tells.</summary>
    /// <param name="model">Fitted with days as the unit of time.</param>
    /// <param name="customer">In days.</param>
    /// <param name="horizon">The coming time, in days.</param>
    public static LoyaltyStory Of(BuyingModel model, BuyingSummary customer, double horizon) => Of(LoyaltyJudge.Of(model), customer, horizon);

    /// <summary>Measures and tells by whom this shop judges.</summary>
    /// <param name="judge">Who foretells and who judges silence.</param>
    /// <param name="customer">In days.</param>
    /// <param name="horizon">The coming time, in days.</param>
    public static LoyaltyStory Of(LoyaltyJudge judge, BuyingSummary customer, double horizon)
    {
        var story = new LoyaltyStory
        {
            Customer = customer,
            Gap = customer.Repeats > 0 ? customer.Recency / customer.Repeats : null,
            Silence = customer.Age - customer.Recency,
            ChanceOfSilence = judge.Rhythm.ChanceOfSilence(customer),
            ChanceAlive = judge.ChanceAlive(customer),
            IsGone = judge.IsGone(customer),
            Expected = judge.Expected(customer, horizon),
            Told = new Sentence(""),
        };
        return story with { Told = story.Tell(horizon) };
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
