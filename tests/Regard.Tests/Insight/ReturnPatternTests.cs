namespace Regard.Insight;

/// <summary>What explains is found once, and whoever shares sales with it is not accused.</summary>
[Trait("req", "M11")]
public sealed class ReturnPatternTests
{
    private static readonly string[] Carriers = ["dhl", "dpd", "gls", "post"], Countries = ["DE", "GB", "ES"];

    private static readonly LocalDate Monday = new(2026, 1, 5);

    [Fact]
    public void a_bad_batch_accuses_neither_its_product_nor_its_supplier_nor_the_country_that_bought_it()
    {
        var patterns = ReturnPatterns.Of(Shop(kind => kind is { Batch: "B1" } && Is(kind, 0) ? 0.4 : 0.04));
        patterns.Findings.Select(f => f.Thing.ToString()).ShouldBe([$"batch:{Product(0)}:B1"]);
        patterns.Rates.Where(r => r.Because is not null).ShouldAllBe(r => r.Because == patterns.Findings[0].Thing);
        patterns.Rates.Single(r => r.Thing == new ReturnThing(ReturnDimension.Product, Product(0).ToString())).Because.ShouldNotBeNull();
    }

    [Fact]
    public void a_product_that_is_bad_in_every_batch_is_one_finding_and_not_one_for_each_batch() =>
        ReturnPatterns.Of(Shop(kind => Is(kind, 3) ? 0.4 : 0.04)).Findings.Select(f => f.Thing.ToString()).ShouldBe([$"product:{Product(3)}"]);

    [Fact]
    public void a_bad_carrier_is_found_whatever_it_brings() =>
        ReturnPatterns.Of(Shop(kind => kind.Carrier == "dpd" ? 0.16 : 0.04)).Findings.Select(f => f.Thing.ToString()).ShouldBe(["carrier:dpd"]);

    [Fact]
    public void a_supplier_whose_goods_are_all_bad_is_the_finding() =>
        ReturnPatterns.Of(Shop(kind => kind.Supplier == "S1" ? 0.3 : 0.04)).Findings[0].Thing.ToString().ShouldBe("supplier:S1");

    [Fact]
    public void like_is_compared_with_like_and_shoes_are_not_bad_tea() =>
        ReturnPatterns.Of(Shop(kind => int.Parse(kind.ProductId.ToString()[^2..], System.Globalization.NumberStyles.HexNumber, null) < 8 ? 0.3 : 0.03, byCategory: true)).Findings.ShouldBeEmpty();

    [Fact]
    public void shops_in_which_all_is_alike_are_accused_no_more_often_than_was_promised() =>
        Enumerable.Range(1, 20).Count(seed => ReturnPatterns.Of(Shop(_ => 0.05, seed: (ulong)seed)).Findings.Count > 0).ShouldBeLessThan(4);

    [Fact]
    public void sales_whose_returns_are_still_on_their_way_are_not_taken_for_good()
    {
        var delay = ReturnDelay.Of([0, 50, 30, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        var today = Monday.PlusWeeks(10);
        delay.Seen(today, today).ShouldBe(0);
        delay.Seen(today.PlusWeeks(-3), today).ShouldBe(0.65, 1e-9);
        delay.IsRipe(today.PlusWeeks(-5), today).ShouldBeTrue();
        delay.IsRipe(today.PlusWeeks(-3), today).ShouldBeFalse();
        ReturnDelay.Of([3, 2]).Seen(today.PlusWeeks(-5), today).ShouldBe(1);
    }

    [Fact]
    public void watching_says_that_it_is_gone_only_when_enough_was_sold_and_that_it_is_back_when_it_is()
    {
        var chart = RiskCusum.For(2.5, 0.04, 20_000);
        WatchWeek[] Weeks(int count, int returned, double seen = 1) => [.. Enumerable.Range(0, count).Select(n => new WatchWeek(Monday.PlusWeeks(n), 25, returned, seen))];
        ReturnWatch.Of([], 0.04, chart).Verdict.ShouldBe(WatchVerdict.NothingYet);
        ReturnWatch.Of(Weeks(1, 1), 0.04, chart).Verdict.ShouldBe(WatchVerdict.Watching);
        ReturnWatch.Of(Weeks(12, 1), 0.04, chart).Verdict.ShouldBe(WatchVerdict.Back);
        var alarm = ReturnWatch.Of(Weeks(12, 6), 0.04, chart);
        (alarm.Verdict, alarm.Since).ShouldBe((WatchVerdict.Alarm, Monday));
        ReturnWatch.Of(Weeks(12, 0, seen: 0), 0.04, chart).Verdict.ShouldBe(WatchVerdict.NothingYet);
    }

    [Fact]
    public void only_people_say_that_a_cause_is_fixed_and_only_what_happens_says_whether_it_is()
    {
        foreach (var state in Enum.GetValues<FindingState>())
        {
            state.After(WatchVerdict.NothingYet).ShouldBe(state);
            state.After(WatchVerdict.Back).ShouldBe(state is FindingState.CauseFixed or FindingState.Watched ? FindingState.Gone : state);
            state.After(WatchVerdict.Alarm).ShouldBe(state.IsWatched() ? FindingState.Recurred : state);
            if (state.Fixed() is { } said) said.ShouldBe(FindingState.CauseFixed);
        }
        FindingState.Gone.Fixed().ShouldBeNull();
        FindingState.Gone.Given().ShouldBeNull();
        FindingState.Recurred.Given().ShouldBe(FindingState.Recurred);
    }

    [Fact]
    public void a_reason_told_of_one_product_far_more_often_than_of_others_is_a_signal_and_the_rest_is_not()
    {
        var dice = new Dice(5);
        var counts = Enumerable.Range(0, 40).SelectMany(p => Enumerable.Range(0, 6).Select(r => new ReasonCount(new SoldKind(Product(p)), $"reason {r}", 1 + dice.Below(6))))
            .Append(new ReasonCount(new SoldKind(Product(7)), "lid leaks", 30)).Append(new ReasonCount(new SoldKind(Product(8)), "lid leaks", 1)).ToList();
        var (_, others) = ReasonSignals.Of(counts, []);
        var signal = others.ShouldHaveSingleItem();
        (signal.Thing.ProductId, signal.Reason).ShouldBe((Product(7), "lid leaks"));
        var finding = new ReturnThing(ReturnDimension.Product, Product(7).ToString());
        var (ofFindings, none) = ReasonSignals.Of(counts, [finding]);
        none.ShouldBeEmpty();
        ofFindings[finding].Reason.ShouldBe("lid leaks");
    }

    [Theory]
    [InlineData("batch:00000000-0000-7000-8000-000000000001:K-2607", true)]
    [InlineData("carrier:dhl", true)]
    [InlineData("product:abc", false)]
    [InlineData("colour:red", false)]
    [InlineData("carrier:", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void what_names_no_thing_is_no_thing(string? text, bool isThing) => (ReturnThing.Read(text)?.ToString()).ShouldBe(isThing ? text : null);

    // Twenty-four products of twelve suppliers in three batches, four carriers, three countries; sixty lines of each batch.
    private static List<SoldCell> Shop(Func<SoldKind, double> rate, bool byCategory = false, ulong seed = 9)
    {
        var dice = new Dice(seed);
        List<SoldCell> cells = [];
        for (var product = 0; product < 24; product++)
            for (var batch = 0; batch < 3; batch++)
                for (var carrier = 0; carrier < 4; carrier++)
                    for (var country = 0; country < 3; country++)
                    {
                        var kind = new SoldKind(Product(product), $"B{batch}", $"S{product % 12}", product < 8 ? "L" : "S", Carriers[carrier], Countries[country])
                        {
                            Category = byCategory ? product < 8 ? "Shoes" : "Tea" : null,
                        };
                        var sold = 5 + (country == 0 ? 4 : 0);
                        var chance = rate(kind);
                        cells.Add(new SoldCell(kind, sold, Enumerable.Range(0, sold).Count(_ => (dice.Next() >> 11) < chance * (1UL << 53)), 0));
                    }
        return cells;
    }

    private static bool Is(SoldKind kind, int product) => kind.ProductId == Product(product);

    private static Guid Product(int n) => new($"00000000-0000-7000-8000-{n:x12}");
}
