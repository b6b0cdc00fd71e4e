using Regard.Imports;
using Regard.Kit;

namespace Regard.Insight;

/// <summary>A real shop's year: 4,372 customers of a gift seller, many of them wholesalers.</summary>
public sealed class LoyaltyOnlineRetailTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("pace", "long"), Trait("req", "L2"), Trait("req", "L3")]
    public async Task where_a_fit_is_degenerate_it_is_said_and_a_simpler_model_is_used(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        (await data.ImportFileAsync(SharedData.File("onlineretail/online_retail.csv.gz"), "online-retail")).State.ShouldBe(ImportState.Finished);
        (await data.RunAsync(InsightKit.Now)).State.ShouldBe(InsightState.Finished);
        var model = await data.ModelAsync();
        var report = model.Read();
        // BG/NBD, MBG/NBD and Pareto/NBD find nobody who leaves; with a rhythm the same data show it.
        report.Tried.Where(way => way.Trouble == FitTrouble.NobodyLeaves).Select(way => way.Name).ShouldBe(["BG/NBD", "MBG/NBD", "Pareto/NBD"]);
        report.Explanation.Count(sentence => sentence.Contains("was left out: by these purchases nobody ever leaves", StringComparison.Ordinal)).ShouldBe(3);
        report.Fits.Single(fit => fit.Model.Kind == model.Read().Rhythm.Kind).Trouble.ShouldBe(FitTrouble.None);
        report.Tried.Single(way => way.ForPurchases).Error.ShouldBe(report.Tried.Min(way => way.Error));
        report.Tried.Single(way => way.ForSilence).RegularAuc.ShouldBe(report.Tried.Max(way => way.RegularAuc));
        // The records end in 2011: nobody is silent because of that.
        (report.IsLive, model.WindowUntil).ShouldBe((false, new LocalDate(2011, 12, 10)));
        var scores = await data.ScoresAsync();
        scores.Count.ShouldBe(4334);
        scores.Count(score => score.UnusualAt <= Instant.FromUtc(2011, 12, 10, 0, 0)).ShouldBeInRange(30, 120);
        await OutliersRuleNothingAsync(data, scores);
        await using var read = await data.ReadAsync();
        (await LoyaltyCheckStore.FindAsync(read)).ShouldBeEmpty();
    }

    // 74,215 and 80,995 pieces were ordered and taken back within minutes: they are no purchases, and nobody's value rests on them.
    private static async Task OutliersRuleNothingAsync(TestDatabase data, List<StoredScore> scores)
    {
        await using var read = await data.ReadAsync();
        var names = (await read.ListAsync<Named>("select customer_id, name from customer")).ToDictionary(row => row.CustomerId, row => row.Name);
        scores.ShouldNotContain(score => names[score.CustomerId].Contains("12346"));
        scores.Single(score => names[score.CustomerId].Contains("16446")).SpendMinor.ShouldBe(290);
        scores.MaxBy(score => score.ValueMinor)!.Purchases.ShouldBeGreaterThan(40);
    }

    private sealed record Named
    {
        public Guid CustomerId { get; init; }
        public string Name { get; init; } = "";
    }
}
