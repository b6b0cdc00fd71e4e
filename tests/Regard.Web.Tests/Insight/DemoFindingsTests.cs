using System.Globalization;
using Regard.Demo;
using Regard.Kit;
using Regard.Outreach;

namespace Regard.Insight;

/// <summary>What is planted in the demo shop is found, and nothing else is accused.</summary>
[Trait("pace", "long")]
public sealed class DemoFindingsTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "M11")]
    public async Task the_planted_batch_is_found_with_its_reason_and_its_day_and_nothing_else_is_accused(string engine)
    {
        await using var data = await Computing.DemoAsync(engine);
        var run = await data.Database.RunAsync(ReturnsWork.Kind, Computing.Now);
        run.State.ShouldBe(InsightState.Finished, run.Explanation);

        var found = (await data.FindingsAsync(ReturnsWork.Kind)).ShouldHaveSingleItem();
        found.Subject.ShouldEndWith(":" + DemoCatalogue.DefectiveBatch);
        found.State.ShouldBe(FindingState.Open);
        var told = found.Read().Sentence.Text(CultureInfo.InvariantCulture);
        told.ShouldStartWith($"Enamel Kettle 1.5 l {DemoCatalogue.KettleSku}, batch {DemoCatalogue.DefectiveBatch}: ");
        told.ShouldContain("“handle came loose”");
        told.ShouldMatch(@"; since \d+ (June|July) 2026\.$");
        found.CostMinor.ShouldNotBeNull().ShouldBeGreaterThan(10_000);

        await using var work = await data.ReadAsync();
        var task = (await new HouseTaskStore(work).OpenAsync(null, 10)).ShouldHaveSingleItem();
        task.Href.ShouldBe(found.Href);
        (await new SaleNewsCount(work).CountAsync()).ShouldBe(0);
        (await ReturnCountStore.CheckAsync(work)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "V3")]
    public async Task the_planted_unfair_queue_is_found_and_nothing_else_is_accused(string engine)
    {
        await using var data = await Computing.DemoAsync(engine);
        var run = await data.Database.RunAsync(ParityWork.Kind, Computing.Now);
        run.State.ShouldBe(InsightState.Finished, run.Explanation);

        var found = (await data.FindingsAsync(ParityWork.Kind)).ShouldHaveSingleItem();
        found.Subject.ShouldBe("language:es");
        found.Title.ShouldBe("Customers who write Spanish are served differently");
        var wait = found.Read().Differences.Single(d => d.Measure == ParityMeasure.FirstAnswer);
        wait.Difference.ShouldBeInRange(2, 4);
        await using var work = await data.ReadAsync();
        var rows = await new ParityResultStore(work).ListAsync(null, 1000);
        rows.Where(r => r.Verdict == ParityVerdict.Different).ShouldAllBe(r => r.GroupKey == "es" && r.IsApart);
        // Every number leads to so many rows.
        foreach (var row in rows.Where(r => r.Measure == ParityMeasure.FirstAnswer))
        {
            var behind = new ParityCaseQuery { By = Words.Of(row.Grouping), Group = row.GroupKey, Without = row.IsApart ? null : "language:es" };
            (await new ServedStore(work).CasesAsync(behind.At(Computing.Now), 10_000)).Count.ShouldBe((int)row.Cases, row.GroupKey);
        }
        rows.Select(r => r.Grouping).Distinct().Order().ShouldBe([ParityGrouping.Newness, ParityGrouping.Language, ParityGrouping.Channel, ParityGrouping.Wish]);
        (await new HouseTaskStore(work).OpenAsync(null, 10)).ShouldHaveSingleItem().Href.ShouldBe(found.Href);
    }
}
