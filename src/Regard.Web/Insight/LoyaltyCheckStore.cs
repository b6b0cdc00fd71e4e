using Regard.Storage;

namespace Regard.Insight;

/// <summary>What <c>regard check</c> asks about loyalty: scores are computed again from the orders, by the model and for the day they were computed.</summary>
internal static class LoyaltyCheckStore
{
    private const int Page = 1000, Most = 1000;
    private const double Tolerance = 1e-9;

    /// <summary>Scores that do not follow from what is recorded. Who has news since is not looked at: the next run does.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(UnitOfWork work)
    {
        var (found, models, after) = (new List<string>(), new Dictionary<Guid, LoyaltyModel?>(), Guid.Empty);
        while (found.Count < Most && await new LoyaltyScoreStore(work).PageAsync(after, Page) is { Count: > 0 } scores)
        {
            var sums = (await SumsAsync(work, scores)).ToDictionary(row => row.CustomerId);
            var settled = scores.Where(score => sums.TryGetValue(score.CustomerId, out var sum) && sum.Orders == score.SeenOrders && sum.Version == score.SeenVersion).ToList();
            var buyers = (await new BuyerStore(work).OfAsync([.. settled.Select(score => score.CustomerId)])).ToDictionary(buyer => buyer.CustomerId);
            foreach (var score in settled)
            {
                if (!models.TryGetValue(score.ModelId, out var model)) models[score.ModelId] = model = await new LoyaltyModelStore(work).FindAsync(score.ModelId);
                if (Difference(score, buyers.GetValueOrDefault(score.CustomerId), model) is { } difference) found.Add($"loyalty_score of {score.CustomerId}: {difference}");
            }
            after = scores[^1].CustomerId;
        }
        return found;
    }

    private static Task<List<NewsRow>> SumsAsync(UnitOfWork work, List<StoredScore> scores) => work.ListAsync<NewsRow>(
        $"""
        select customer_id, cast(sum(orders) as bigint) as orders, cast(sum(version) as bigint) as version from order_rollup
        where {work.InIds("customer_id", "@ids")} group by customer_id
        """,
        new { ids = new IdList(scores.Select(score => score.CustomerId)) });

    private static string? Difference(StoredScore score, Buyer? buyer, LoyaltyModel? model)
    {
        if (model is null) return "its model is not there";
        if (buyer is null) return "there is no purchase";
        var measure = LoyaltyMeasure.Of(model.Read().Judge(), buyer, Buyer.Day(model.Today(score.ComputedAt)));
        var isSame = Buyer.At(measure.FirstDay) == score.FirstAt && Buyer.At(measure.LastDay) == score.LastAt && measure.Summary.Repeats + 1 == score.Purchases
            && measure.Spent.Currency == score.Currency && measure.Spent.KeptMinor == score.SpendMinor && measure.UnusualAt == score.UnusualAt
            && Math.Abs(measure.ValueMinor - score.ValueMinor) <= 1 && Math.Abs(measure.YearMinor - score.YearMinor) <= 1
            && IsClose(measure.Story.ChanceAlive, score.ChanceAlive) && IsClose(measure.Story.ChanceOfSilence, score.ChanceOfSilence) && IsClose(measure.Story.Expected, score.Expected);
        return isSame ? null : $"{score.Purchases} purchases, {score.ValueMinor} expected kept; {measure.Summary.Repeats + 1} and {measure.ValueMinor} computed";
    }

    private static bool IsClose(double one, double other) => Math.Abs(one - other) <= Tolerance * (1 + Math.Abs(one));
}
