namespace Regard.Insight;

/// <summary>Who waits is found, and nobody is accused because somebody else waits.</summary>
[Trait("req", "V3")]
public sealed class ParityStudyTests
{
    [Fact]
    public void the_group_that_waits_is_set_apart_and_the_others_are_not_better_served_because_of_it()
    {
        var study = ParityStudy.Of(Cases(900, (language, _) => language == "es" ? 3 : 1), ParityMargins.Usual);
        var apart = study.Where(c => c.IsApart).ShouldHaveSingleItem();
        (apart.Grouping, apart.Group).ShouldBe((ParityGrouping.Language, "es"));
        (apart.Typical / apart.TypicalOthers).ShouldBeInRange(2, 4.5);
        study.Where(c => !c.IsApart).ShouldAllBe(c => c.Result.Verdict != ParityVerdict.Different);
        // Of newcomers and regulars one answer is the other's.
        study.Count(c => c.Grouping == ParityGrouping.Newness).ShouldBe(1);
    }

    [Fact]
    public void a_favoured_group_is_a_difference_too()
    {
        var study = ParityStudy.Of(Cases(2000, (_, newness) => newness == "newcomer" ? 1 : 0.4), ParityMargins.Usual);
        study.Where(c => c.Result.Verdict == ParityVerdict.Different).ShouldHaveSingleItem().Grouping.ShouldBe(ParityGrouping.Newness);
    }

    [Fact]
    public void houses_that_serve_all_alike_are_accused_no_more_often_than_was_promised() =>
        Enumerable.Range(1, 20).Count(seed => ParityStudy.Of(Cases(300, (_, _) => 1, (ulong)seed), ParityMargins.Usual).Any(c => c.Result.Verdict == ParityVerdict.Different)).ShouldBeLessThan(4);

    [Fact]
    public void of_a_handful_nobody_is_accused()
    {
        List<Served> served = [.. Cases(400, (_, _) => 1), .. Enumerable.Range(0, 3).Select(_ => new Served(ParityMeasure.FirstAnswer, 5000, [null, "regular", "pl", "email", "said"]))];
        ParityStudy.Of(served, ParityMargins.Usual).Single(c => c.Group == "pl").Result.Verdict.ShouldBe(ParityVerdict.CannotTellYet);
    }

    [Fact]
    public void a_margin_is_what_the_business_sets()
    {
        var cases = Cases(4000, (language, _) => language == "es" ? 1.3 : 1);
        ParityStudy.Of(cases, new ParityMargins(0.05, 0.05)).Single(c => c.Group == "es").Result.Verdict.ShouldBe(ParityVerdict.Different);
        ParityStudy.Of(cases, new ParityMargins(1, 0.05)).Single(c => c.Group == "es").Result.Verdict.ShouldBe(ParityVerdict.Same);
    }

    [Fact]
    public void nothing_served_is_nothing_said() => ParityStudy.Of([], ParityMargins.Usual).ShouldBeEmpty();

    private static List<Served> Cases(int count, Func<string, string, double> factor, ulong seed = 3)
    {
        var dice = new Dice(seed);
        List<Served> cases = [];
        for (var n = 0; n < count; n++)
        {
            var (language, newness) = (n % 9 == 0 ? "es" : n % 3 == 1 ? "de" : "en", dice.Below(4) == 0 ? "newcomer" : "regular");
            var hours = -Math.Log(1 - ((dice.Next() >> 11) / (double)(1UL << 53) * 0.9999999)) * 5 * factor(language, newness);
            cases.Add(new Served(ParityMeasure.FirstAnswer, Math.Max(0.02, hours), [null, newness, language, dice.Below(2) == 0 ? "email" : "phone", dice.Below(3) == 0 ? "said" : "silent"]));
        }
        return cases;
    }
}
