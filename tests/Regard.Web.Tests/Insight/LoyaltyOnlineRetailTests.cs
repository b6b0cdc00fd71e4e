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
        var run = await data.RunAsync(InsightKit.Now);
        Console.WriteLine(run.Explanation);
        var model = await data.ModelAsync();
        var report = model.Read();
        Console.WriteLine(string.Join("\n", report.Tried.Select(t => $"{t.Name} {t.Trouble} err {t.Error} abs {t.AbsoluteError} bias {t.Bias} auc {t.AliveAuc} reg {t.RegularAuc} {t.ExpectedAuc} {t.ForPurchases} {t.ForSilence}")));
        Console.WriteLine(string.Join("\n", report.Fits.Select(f => f.Name + " " + string.Join(",", f.Model.Parameters) + " " + f.LogLikelihood + " " + f.Trouble)));
        Console.WriteLine(string.Join("\n", report.Explanation) + " rule " + report.RuleDays + " " + model.WindowFrom + " " + model.WindowUntil + " live " + report.IsLive);
        Console.WriteLine(string.Join("\n", report.Spend));
        var scores = await data.ScoresAsync();
        Console.WriteLine(scores.Count + " listed " + scores.Count(s => s.UnusualAt <= model.WindowUntil.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant()));
        await using var read = await data.ReadAsync();
        var names = (await read.ListAsync<Named>("select customer_id, name from customer")).ToDictionary(x => x.CustomerId, x => x.Name);
        Console.WriteLine(string.Join("\n", scores.OrderByDescending(s => s.ValueMinor).Take(8).Select(s => $"{names[s.CustomerId]} {s}")));
        Console.WriteLine(string.Join("\n", scores.Where(s => names[s.CustomerId].Contains("12346") || names[s.CustomerId].Contains("16446")).Select(s => $"{names[s.CustomerId]} {s}")));
    }

    private sealed record Named
    {
        public Guid CustomerId { get; init; }
        public string Name { get; init; } = "";
    }
}
