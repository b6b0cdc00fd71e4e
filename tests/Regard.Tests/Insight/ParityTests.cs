using System.Globalization;

namespace Regard.Insight;

/// <summary>"The same" is proven, "different" is proven, and in between it says that it cannot tell.</summary>
[Trait("req", "V3")]
public sealed class ParityTests
{
    [Fact]
    public void three_times_the_wait_of_one_group_is_found_and_nobody_else_is_accused()
    {
        var dice = new Dice(1);
        var cases = Enumerable.Range(0, 900).Select(n => (Group: n % 9 == 0 ? "es" : n % 3 == 1 ? "de" : "en", Wait: Math.Log(4 * Hour(ref dice) * (n % 9 == 0 ? 3 : 1)))).ToArray();
        var each = Parity.OfAll([.. cases.Select(c => (c.Group, c.Wait))], Math.Log(1.5));
        each.Single(p => p.Group == "es").Verdict.ShouldBe(ParityVerdict.Different);
        each.Single(p => p.Group == "es").Told.Text(CultureInfo.InvariantCulture).ShouldStartWith("es: served differently from everybody else, by 1.");
        each.Where(p => p.Group != "es").ShouldAllBe(p => p.Verdict != ParityVerdict.Different || p.Difference < 0);
    }

    [Fact]
    public void many_cases_alike_are_the_same_and_few_cannot_be_told_yet()
    {
        var dice = new Dice(2);
        double[] some = [.. Enumerable.Range(0, 4000).Select(_ => Math.Log(Hour(ref dice)))];
        Parity.Of("newcomers", some[..2000], some[2000..], 0.2).Verdict.ShouldBe(ParityVerdict.Same);
        Parity.Of("newcomers", some[..5], some[2000..2010], 0.2).Verdict.ShouldBe(ParityVerdict.CannotTellYet);
        Parity.Of("nobody", [], some, 0.2).Verdict.ShouldBe(ParityVerdict.CannotTellYet);
        Parity.Of("one", [1], some, 0.2).Verdict.ShouldBe(ParityVerdict.CannotTellYet);
        Parity.Of("all at once", [0, 0, 0], [0, 0, 0, 0], 0.2).Verdict.ShouldBe(ParityVerdict.Same);
    }

    [Fact]
    public void the_interval_lies_within_the_margin_exactly_when_it_is_the_same()
    {
        var dice = new Dice(3);
        foreach (var margin in new[] { 0.1, 0.3, 0.8 })
            for (var n = 10; n < 300; n += 90)
            {
                double[] one = [.. Enumerable.Range(0, n).Select(_ => Hour(ref dice))], other = [.. Enumerable.Range(0, n * 2).Select(_ => Hour(ref dice) * 1.1)];
                var parity = Parity.Of("group", one, other, margin);
                (parity.Verdict == ParityVerdict.Same).ShouldBe(parity.Interval.Low > -margin && parity.Interval.High < margin);
            }
    }

    [Fact]
    public void the_permutation_test_agrees_with_every_deal_counted()
    {
        double[] one = [1, 4, 2, 8], other = [3, 9, 12, 10, 7];
        double all = one.Concat(other).Sum(), observed = Math.Abs(one.Sum() - (all * 4 / 9));
        double[] cards = [.. one, .. other];
        var sums = Enumerable.Range(0, 512).Where(bits => int.PopCount(bits) == 4).Select(bits => cards.Where((_, i) => (bits >> i & 1) == 1).Sum()).ToArray();
        var exact = sums.Count(s => Math.Abs(s - (all * 4 / 9)) >= observed - 1e-9) / (double)sums.Length;
        PermutationTest.PValue(one, other, 100_000).ShouldBe(exact, 0.005);
        PermutationTest.PValue(other, one, 100_000).ShouldBe(exact, 0.005);
        PermutationTest.PValue(one, other).ShouldBe(PermutationTest.PValue(one, other));
    }

    [Theory]
    [InlineData(2.0, 10, 0.0366940)]
    [InlineData(-1.0, 3.5, 0.8093314)]
    [InlineData(1.6448536, 1e7, 0.05)]
    public void students_t(double t, double freedom, double above) => BetaFunctions.StudentAbove(t, freedom).ShouldBe(above, 1e-6);

    // An exponential hour.
    private static double Hour(ref Dice dice) => -Math.Log(1 - ((dice.Next() >> 11) / (double)(1UL << 53)) * 0.9999999);
}
