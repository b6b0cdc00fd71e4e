namespace Regard.Demo;

public sealed class DemoShopTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 22, 9, 0);
    private static readonly DemoShop Shop = DemoShop.Draw(DemoShop.DefaultSeed, Now);

    [Fact]
    public void the_same_seed_and_day_give_the_same_shop()
    {
        var again = DemoShop.Draw(DemoShop.DefaultSeed, Now);
        again.Orders.Select(o => (o.Number, o.At, o.Person.Email, o.Lines.Sum(l => l.AmountMinor)))
            .ShouldBe(Shop.Orders.Select(o => (o.Number, o.At, o.Person.Email, o.Lines.Sum(l => l.AmountMinor))));
        again.Touches.Count.ShouldBe(Shop.Touches.Count);
        DemoShop.Draw(1, Now).Orders.Count.ShouldNotBe(Shop.Orders.Count);
    }

    [Fact]
    public void it_has_two_thousand_customers_two_years_and_about_sixty_products()
    {
        Shop.People.Count.ShouldBe(2000);
        Shop.People.Select(p => p.Email).Distinct().Count().ShouldBe(2000);
        Shop.People.Select(p => p.Language).Distinct().Count().ShouldBeGreaterThanOrEqualTo(4);
        Shop.People.Select(p => p.TimeZone).Distinct().Count().ShouldBeGreaterThanOrEqualTo(8);
        DemoCatalogue.Products.Count.ShouldBe(60);
        DemoCatalogue.Products.Select(p => p.Sku).Distinct().Count().ShouldBe(60);
        (Shop.Orders[^1].At - Shop.Orders[0].At).TotalDays.ShouldBeInRange(715, 731);
        Shop.Orders.Count.ShouldBeInRange(8_000, 25_000);
    }

    [Fact, Trait("req", "M1")]
    public void whoever_has_a_story_says_how_they_like_to_be_addressed() =>
        Shop.People.Take(DemoStories.All.Count).ShouldAllBe(person => !string.IsNullOrEmpty(person.AddressAs));

    [Fact]
    public void the_defective_batch_comes_back_far_more_often_than_other_goods()
    {
        var kettles = Shop.Orders.SelectMany(o => o.Lines.Select((line, n) => (line, isBack: o.ReturnedLine == n))).Where(l => l.line.Sku == DemoCatalogue.KettleSku).ToList();
        var bad = kettles.Where(k => k.line.Batch == DemoCatalogue.DefectiveBatch).ToList();
        var good = kettles.Where(k => k.line.Batch != DemoCatalogue.DefectiveBatch).ToList();
        bad.Count.ShouldBeGreaterThan(30);
        (bad.Count(k => k.isBack) / (double)bad.Count).ShouldBeGreaterThan(0.2);
        (good.Count(k => k.isBack) / (double)good.Count).ShouldBeLessThan(0.1);
    }

    [Fact]
    public void silent_leavers_were_steady_and_have_been_silent_for_three_months()
    {
        foreach (var leaver in Shop.People.Where(p => p.Truth == DemoTruth.SilentLeaver))
        {
            var own = Shop.Orders.Where(o => o.Person == leaver).ToList();
            own.Count.ShouldBeGreaterThan(9);
            (Now - own[^1].At).TotalDays.ShouldBeGreaterThan(95);
        }
    }

    [Fact]
    public void who_writes_spanish_waits_longer_for_a_first_answer()
    {
        double Hours(Func<DemoCase, bool> which) => Shop.Cases.Where(c => c.AnsweredAt is not null && which(c)).Average(c => (c.AnsweredAt!.Value - c.OpenedAt).TotalHours);
        Hours(c => c.Person.Language == "es").ShouldBeGreaterThan(1.8 * Hours(c => c.Person.Language != "es"));
    }

    [Fact]
    public void the_gamed_agent_has_tens_within_two_minutes_from_one_device()
    {
        var answers = Shop.Touches.Where(t => t.Kind == "survey_answer").ToList();
        var gamed = answers.Where(a => (string)a.Body!["device"] == DemoCare.GamedDevice).ToList();
        gamed.Count.ShouldBeGreaterThan(30);
        gamed.ShouldAllBe(a => (string)a.Body!["about"] == DemoCare.GamedAgent && (int)a.Body!["score"] == 10 && (long)a.Body!["seconds_after_call"] < 120);
        answers.Except(gamed).ShouldAllBe(a => (long)a.Body!["seconds_after_call"] >= 120);
    }
}
