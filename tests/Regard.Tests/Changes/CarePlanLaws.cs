using FsCheck;
using FsCheck.Fluent;

namespace Regard.Changes;

[Trait("req", "C4")]
public sealed class CarePlanLaws
{
    private static readonly Gen<List<PlanCandidate>> Candidates =
        from many in Gen.Choose(0, 40)
        from losses in Gen.Choose(0, 50_000).ListOf(many)
        from means in Gen.Elements(PersonalMeans.None, PersonalMeans.Mail, PersonalMeans.Call).ListOf(many)
        select losses.Zip(means).Select((c, n) => new PlanCandidate(Id(n), c.First, c.Second)).ToList();

    private static readonly Gen<(List<PlanCandidate> Candidates, int Minutes, int More)> Plans =
        from candidates in Candidates
        from minutes in Gen.Choose(0, 300)
        from more in Gen.Choose(0, 60)
        select (candidates, minutes, more);

    [Fact]
    public void a_plan_never_takes_more_minutes_than_there_are() => Holds((candidates, minutes, _) =>
    {
        var plan = CarePlan.Make(candidates, minutes);
        return plan.MinutesUsed <= minutes && plan.MinutesUsed == plan.Personal.Sum(c => c.Minutes);
    });

    [Fact]
    public void more_minutes_never_prevent_less() => Holds((candidates, minutes, more) =>
        CarePlan.Make(candidates, minutes).PreventedMinor <= CarePlan.Make(candidates, minutes + more).PreventedMinor);

    [Fact]
    public void nothing_beats_the_bound_and_the_plan_misses_it_by_less_than_one_contact() => Holds((candidates, minutes, _) =>
    {
        var plan = CarePlan.Make(candidates, minutes);
        return plan.PreventedMinor <= plan.UpperBoundMinor
            && plan.UpperBoundMinor - plan.PreventedMinor <= candidates.Select(c => c.PreventedMinor).DefaultIfEmpty(0).Max();
    });

    [Fact]
    public void the_best_choice_of_all_subsets_is_within_the_bound()
    {
        var small = from candidates in Candidates from minutes in Gen.Choose(0, 60) select (candidates.Take(9).ToList(), minutes);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(small.ToArbitrary(), given => Best(given.Item1, given.minutes) <= CarePlan.Make(given.Item1, given.minutes).UpperBoundMinor));
    }

    [Fact]
    public void the_order_of_the_candidates_does_not_matter() => Holds((candidates, minutes, more) =>
        CarePlan.Make(candidates.OrderBy(c => (c.ExpectedLossMinor * 7919 + more) % 101), minutes).Personal.SequenceEqual(CarePlan.Make(candidates, minutes).Personal));

    [Fact]
    public void who_wants_no_personal_contact_or_has_nothing_at_risk_is_never_chosen() => Holds((candidates, minutes, _) =>
        CarePlan.Make(candidates, minutes).Personal.All(c => c.Means != PersonalMeans.None && c.PreventedMinor > 0));

    [Fact]
    public void without_minutes_nobody_is_contacted_in_person() =>
        CarePlan.Make([new(Id(1), 1_000_000, PersonalMeans.Call)], 0).Personal.ShouldBeEmpty();

    [Fact]
    public void equal_candidates_are_taken_in_the_order_of_their_ids()
    {
        var plan = CarePlan.Make([new(Id(3), 1000, PersonalMeans.Call), new(Id(1), 1000, PersonalMeans.Call), new(Id(2), 1000, PersonalMeans.Call)], 24);
        plan.Personal.Select(c => c.CustomerId).ShouldBe([Id(1), Id(2)]);
    }

    private static long Best(List<PlanCandidate> candidates, int minutes) => Enumerable.Range(0, 1 << candidates.Count)
        .Select(set => candidates.Where((_, n) => (set >> n & 1) == 1).ToList())
        .Where(set => set.Sum(c => c.Minutes) <= minutes)
        .Max(set => set.Sum(c => c.PreventedMinor));

    private static Guid Id(int n) => new($"00000000-0000-7000-8000-{n:D12}");

    private static void Holds(Func<List<PlanCandidate>, int, int, bool> law) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(Plans.ToArbitrary(), given => law(given.Candidates, given.Minutes, given.More)));
}
