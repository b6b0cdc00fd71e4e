using FsCheck;
using FsCheck.Fluent;

namespace Regard.Contact;

/// <summary>What holds whatever a customer said, in whatever order.</summary>
public sealed class GateLaws
{
    private static readonly Guid Other = Ids.Of(Instant.FromUtc(2026, 1, 1, 0, 0), "test", "other");
    private static readonly Gen<List<int>> Seeds = from seeds in Gen.ListOf(Gen.Choose(0, 1_000_000)) select seeds.Take(6).ToList();

    [Fact, Trait("req", "P5")]
    public void F17_adding_a_refusal_never_permits_more() => Holds((seeds, extra) =>
    {
        var said = seeds.Select(seed => Statement(seed, null)).ToList();
        var refusal = GateKit.Said(Refusal(extra), At(extra));
        return GateKit.Permitted(Wishes.Of([.. said, refusal])).IsSubsetOf(GateKit.Permitted(Wishes.Of(said)));
    });

    [Fact, Trait("req", "P5")]
    public void F7_what_is_imported_or_inferred_never_permits_more() => Holds((seeds, extra) =>
    {
        var said = seeds.Select(seed => Statement(seed, null)).ToList();
        var bulk = GateKit.Said(AnyWish(extra), At(extra), extra % 2 == 0 ? StatementBasis.Imported : StatementBasis.Inferred);
        return GateKit.Permitted(Wishes.Of([.. said, bulk])).IsSubsetOf(GateKit.Permitted(Wishes.Of(said)));
    });

    [Fact, Trait("req", "P5")]
    public void F6_merging_never_permits_more_than_either() => Holds((seeds, extra) =>
    {
        var mine = seeds.Where((_, n) => n % 2 == 0).Select(seed => Statement(seed, null)).ToList();
        var theirs = seeds.Where((_, n) => n % 2 == 1).Select(seed => Statement(seed, Other)).ToList();
        var both = GateKit.Permitted(Wishes.Of([.. mine, .. theirs], [new ProfileMerge(Other, GateKit.Noon)]));
        return both.IsSubsetOf(GateKit.Permitted(Wishes.Of(mine))) && both.IsSubsetOf(GateKit.Permitted(Wishes.Of(theirs.Select(s => s with { OriginId = null }))));
    });

    // A merge waits for what is under way at both profiles, so its moment can lie before the last words that were said to the absorbed one.
    [Fact, Trait("req", "P5")]
    public void F6_a_no_to_the_absorbed_profile_is_lifted_only_by_what_is_said_after_it_whatever_the_moment_of_the_merge() => Holds((seeds, extra) =>
    {
        var no = GateKit.Said(new Wish { Purposes = [new PurposeWish(Purpose.Care, [])] }, At(extra), origin: Other);
        var earlier = seeds.Where(seed => At(seed) < no.SaidAt).Select(seed => Statement(seed, null)).ToList();
        var wishes = Wishes.Of([.. earlier, no], [new ProfileMerge(Other, At(seeds.Sum() + extra))]);
        return !GateKit.Permitted(wishes).Any(way => way.Item1 == Purpose.Care);
    });

    [Fact, Trait("req", "P6")]
    public void the_order_of_arrival_does_not_matter() => Holds((seeds, extra) =>
    {
        var said = seeds.Select(seed => Statement(seed, seed % 3 == 0 ? Other : null)).ToList();
        var shuffled = said.OrderBy(statement => (statement.SaidAt.ToUnixTimeTicks() / 7 + extra) % 101).ToList();
        return GateKit.Permitted(Wishes.Of(said)).SetEquals(GateKit.Permitted(Wishes.Of(shuffled)));
    });

    [Fact, Trait("req", "P5")]
    public void F16_the_same_facts_give_the_same_verdict() => Holds((seeds, extra) =>
    {
        var (one, again) = (Wishes.Of(seeds.Select(seed => Statement(seed, null))), Wishes.Of(seeds.Select(seed => Statement(seed, null))));
        var request = GateKit.Request((Purpose)(extra % 5));
        var (first, second) = (GateKit.Ask(one, request), GateKit.Ask(again, request));
        return (first.Kind, first.Channel, first.Until) == (second.Kind, second.Channel, second.Until) && first.Reasons.SequenceEqual(second.Reasons) && first.Reasons.Count > 0;
    });

    private static void Holds(Func<List<int>, int, bool> law) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(Arb.From(Seeds), Arb.From(Gen.Choose(0, 1_000_000)), law));

    private static Instant At(int seed) => GateKit.Noon - Duration.FromMinutes(1 + seed % 10_000);

    private static PreferenceStatement Statement(int seed, Guid? origin) =>
        GateKit.Said(AnyWish(seed), At(seed), (seed % 7) switch { 0 => StatementBasis.Inferred, 1 => StatementBasis.Imported, _ => StatementBasis.Volunteered }, origin: origin)
            with
        { Place = (seed / 19 % 3) switch { 0 => StatementPlace.Call, 1 => StatementPlace.Portal, _ => StatementPlace.Link } };

    private static Wish AnyWish(int seed) => (seed / 11 % 8) switch
    {
        0 => Refusal(seed),
        1 or 2 => new Wish { Purposes = [new PurposeWish((Purpose)(seed / 77 % 5), Some(seed / 13))] },
        3 => new Wish { OnlyChannels = Some(seed / 17) },
        4 => new Wish { Hours = [new HoursWish(null, [new ContactWindow([IsoDayOfWeek.Monday, IsoDayOfWeek.Sunday], new LocalTime(seed % 24, 0), new LocalTime(seed / 24 % 24, 30))])] },
        7 => new Wish { OnHolidays = seed % 2 == 0 },
        5 => new Wish { Limits = [new ContactLimit(seed % 2 == 0 ? null : (Purpose)(seed / 77 % 5), seed / 5 % 3, 30)] },
        _ => new Wish { PauseUntil = GateKit.Noon + Duration.FromDays(seed % 5 - 2) },
    };

    private static Wish Refusal(int seed) => (seed / 3 % 4) switch
    {
        3 => new Wish { OnHolidays = false },
        0 => new Wish { Never = true },
        1 => new Wish { NoChannels = Some(seed / 7) },
        _ => new Wish { Purposes = [new PurposeWish((Purpose)(seed / 9 % 5), [])] },
    };

    private static List<Channel> Some(int seed) => [.. Channels.All.Where(channel => (seed >> (int)channel & 1) == 1)];
}
