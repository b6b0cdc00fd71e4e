namespace Regard.Insight;

/// <summary>What is measured of one customer on one day. It follows from their purchases, the model and the day alone.</summary>
internal sealed record LoyaltyMeasure
{
    public required BuyingSummary Summary { get; init; }
    public required int FirstDay { get; init; }
    public required int LastDay { get; init; }
    public required Spent Spent { get; init; }
    public required LoyaltyStory Story { get; init; }

    /// <summary>What they are expected to spend in the coming year, minor units.</summary>
    public required long ValueMinor { get; init; }

    /// <summary>What a year of theirs is worth while they buy as they did, minor units.</summary>
    public required long YearMinor { get; init; }

    /// <summary>From when on they leave without a word if they stay silent; null = never, or they bought once.</summary>
    public required Instant? UnusualAt { get; init; }

    public static LoyaltyMeasure Of(LoyaltyJudge judge, Buyer buyer, int today)
    {
        var summary = buyer.Summary(today);
        var last = buyer.Days[summary.Repeats];
        var story = LoyaltyStory.Of(judge, summary, LoyaltyStory.Year);
        var amount = judge.ExpectedSpend(buyer.Main.Currency, buyer.Main.Spending);
        return new LoyaltyMeasure
        {
            Summary = summary,
            FirstDay = buyer.Days[0],
            LastDay = last,
            Spent = buyer.Main,
            Story = story,
            ValueMinor = Minor(story.Expected * amount),
            YearMinor = Minor(judge.YearValue(summary, buyer.Main.Currency, buyer.Main.Spending)),
            UnusualAt = judge.LeavesAfter(summary) is { } days ? Buyer.At(last + days) : null,
        };
    }

    private static long Minor(double amount) => (long)Math.Round(Math.Clamp(amount, 0, 1e15));
}
