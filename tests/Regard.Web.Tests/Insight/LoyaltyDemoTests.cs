using Regard.Kit;

namespace Regard.Insight;

public sealed class LoyaltyDemoTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task x(string engine)
    {
        await using var data = await InsightKit.DemoAsync(engine);
        var run = await data.RunAsync(InsightKit.Now);
        Console.WriteLine(run);
        Console.WriteLine(string.Join("\n", (await data.ModelAsync()).Read().Tried.Select(t => $"{t.Name} {t.Trouble} err {t.Error} abs {t.AbsoluteError} bias {t.Bias} auc {t.AliveAuc} reg {t.RegularAuc} {t.ExpectedAuc} {t.ForPurchases} {t.ForSilence}"))); var rep=(await data.ModelAsync()).Read(); Console.WriteLine(string.Join("\n", rep.Fits.Select(f => f.Name + " " + f.LogLikelihood + " " + f.Trouble))); Console.WriteLine(rep.Rhythm + " " + rep.Silence + " rule " + rep.RuleDays + string.Join("|", rep.Explanation)); Console.WriteLine((await data.ModelAsync()).Read().BackIfActive + " " + (await data.ModelAsync()).Read().BackIfSilent);
        var scores = await data.ScoresAsync();
        Console.WriteLine(scores.Count);
        await using var read = await data.ReadAsync();
        var keys = (await read.ListAsync<(Guid, string)>("select customer_id, value from identity where value like '%LK-%'")).ToDictionary(x => x.Item1, x => x.Item2);
        var leaving = scores.Where(s => s.UnusualAt <= InsightKit.Now).ToList();
        Console.WriteLine(string.Join(" ", leaving.Select(s => keys.GetValueOrDefault(s.CustomerId)).Order()));
        foreach (var th in new[] { 0.05, 0.02, 0.01, 0.001 }) { var l = scores.Where(s => s.Purchases > 1 && s.ChanceOfSilence < th).Select(s => int.Parse(keys[s.CustomerId][^5..])).ToList(); Console.WriteLine($"{th}: {l.Count(n => n is > 60 and <= 100)} of 40, others {l.Count(n => n is <= 60 or > 100)} of {scores.Count(s => s.Purchases > 1)}"); }
    }
}
