using Regard.Imports;
using Regard.Kit;

namespace Regard.Insight;

/// <summary>A real shop's year: what stands out is found from the import to the page, and two absurd orders rule nothing.</summary>
[Trait("req", "M11"), Trait("pace", "long")]
public sealed class OnlineRetailReturnsTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task eighty_thousand_paper_birds_and_seventy_thousand_jars_are_two_mistakes_and_no_finding(string engine)
    {
        var path = SharedData.File("onlineretail/online_retail.csv.gz");
        await using var data = await TestDatabase.MakeAsync(engine);
        (await data.ImportFileAsync(path, "online-retail")).State.ShouldBe(ImportState.Finished);
        var run = await data.Database.RunAsync(ReturnsWork.Kind, SystemClock.Instance.GetCurrentInstant());
        run.State.ShouldBe(InsightState.Finished, run.Explanation);
        await using var work = await data.ReadAsync();
        (await ReturnCountStore.CheckAsync(work)).ShouldBeEmpty();
        var rates = await new ReturnRateStore(work).PageAsync(new ReturnRateQuery { By = "product", Sort = "sold" }, 10_000);
        rates.Count.ShouldBeGreaterThan(3000);
        foreach (var outlier in new[] { "23843", "23166" })
            rates.Where(rate => rate.Name.EndsWith(' ' + outlier, StringComparison.Ordinal)).ShouldAllBe(rate => !rate.StandsOut && rate.ExcessMinor < 100_000);
        var found = await data.FindingsAsync(ReturnsWork.Kind);
        found.ShouldNotBeEmpty();
        found.ShouldAllBe(finding => !finding.Title.Contains("23843") && !finding.Title.Contains("23166"));
        found.Sum(finding => finding.CostMinor ?? 0).ShouldBeLessThan(10_000_000);
    }
}
