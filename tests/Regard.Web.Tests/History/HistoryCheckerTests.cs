using Regard.Contact;

namespace Regard.History;

/// <summary>The checker itself, with histories made by hand: it finds what is certainly wrong, and claims nothing else.</summary>
[Trait("req", "P5")]
public sealed class HistoryCheckerTests
{
    private readonly List<HistoryRecord> _lines = [];
    private long _operations;

    [Fact]
    public void a_hand_over_before_a_no_or_after_the_next_yes_is_right()
    {
        HandOver(0);
        Say(0, yes: false);
        Say(0, yes: true);
        HandOver(0);
        Violations().ShouldBeEmpty();
    }

    [Fact]
    public void a_hand_over_after_an_acknowledged_no_is_found()
    {
        Say(0, yes: false);
        HandOver(0);
        Violations().ShouldHaveSingleItem().ShouldContain("after a no was acknowledged");
    }

    [Fact]
    public void a_mail_whose_end_never_arrived_was_not_handed_over()
    {
        Say(0, yes: false);
        HandOver(0, isReceived: false);
        Violations().ShouldBeEmpty();
    }

    [Theory, InlineData(Phase.Invoke), InlineData(Phase.Fail), InlineData(Phase.Unknown)]
    public void a_no_that_is_not_acknowledged_yet_is_not_claimed_to_hold(Phase phase)
    {
        Say(0, yes: false, phase);
        HandOver(0);
        Violations().ShouldBeEmpty();
    }

    [Theory, InlineData(Phase.Invoke, true), InlineData(Phase.Unknown, true), InlineData(Phase.Fail, false)]
    public void a_yes_that_may_have_been_heard_may_open_and_one_that_failed_does_not(Phase phase, bool isOpen)
    {
        Say(0, yes: false);
        Say(0, yes: true, phase);
        HandOver(0);
        Violations().Count.ShouldBe(isOpen ? 0 : 1);
    }

    [Fact]
    public void a_yes_that_was_said_before_the_no_opens_nothing_however_late_it_arrives()
    {
        Say(0, yes: false);
        Say(0, yes: true, said: 0);
        HandOver(0);
        Violations().ShouldHaveSingleItem();
    }

    [Fact]
    public void a_no_for_one_purpose_or_profile_says_nothing_of_another()
    {
        Say(0, yes: false);
        HandOver(0, Purpose.Service);
        HandOver(1);
        Violations().ShouldBeEmpty();
    }

    [Fact]
    public void a_no_of_a_merged_profile_holds_for_both_until_they_are_parted()
    {
        Say(1, yes: false);
        Do(Act.Merge, 0);
        HandOver(0);
        Violations().ShouldHaveSingleItem().ShouldContain("merged profile");
        Do(Act.Undo, 0);
        HandOver(0);
        Violations().Count.ShouldBe(1);
    }

    [Fact]
    public void a_no_that_was_said_while_two_were_one_holds_for_both_after_they_are_parted()
    {
        Do(Act.Merge, 0);
        Say(1, yes: false);
        Do(Act.Undo, 0);
        HandOver(0);
        Violations().ShouldHaveSingleItem().ShouldContain("after a no was acknowledged");
    }

    [Fact]
    public void a_merge_that_was_undone_before_it_was_answered_makes_nobody_one()
    {
        var merge = new HistoryRecord { Act = Act.Merge, Profile = 0, Operation = 77 };
        _lines.Add(merge with { Time = _lines.Count });
        Do(Act.Undo, 0);
        _lines.Add(merge with { Time = _lines.Count, Phase = Phase.Ok });
        Say(1, yes: false);
        HandOver(0);
        Violations().ShouldBeEmpty();
    }

    [Fact]
    public void a_no_that_came_while_two_were_being_parted_is_claimed_to_hold_only_for_who_said_it()
    {
        Do(Act.Merge, 0);
        var said = new HistoryRecord { Act = Act.Say, Profile = 1, Purpose = Purpose.Care, At = 100, Operation = 77 };
        _lines.Add(said with { Time = _lines.Count });
        Do(Act.Undo, 0);
        _lines.Add(said with { Time = _lines.Count, Phase = Phase.Ok });
        HandOver(0);
        Violations().ShouldBeEmpty();
        HandOver(1);
        Violations().ShouldHaveSingleItem();
    }

    [Fact]
    public void a_second_hand_over_of_a_step_is_found_but_an_answer_may_be_repeated_under_its_message_id()
    {
        HandOver(0, step: 7, message: 1);
        HandOver(0, step: 7, isTaken: false);
        HandOver(0, Purpose.Service, step: 8, message: 1);
        HandOver(0, Purpose.Service, step: 8, message: 1);
        Violations().ShouldBeEmpty();
        HandOver(0, Purpose.Service, step: 8, message: 2);
        HandOver(0, step: 7, message: 1);
        Violations().Count.ShouldBe(2);
    }

    [Fact]
    public void one_more_than_the_limit_in_its_days_is_found_and_a_lease_is_no_proof()
    {
        var month = (long)Duration.FromDays(30).TotalSeconds * 1_000_000;
        for (var n = 0; n < 4; n++) HandOver(0, at: n);
        HandOver(0, at: month + 4);
        HandOver(0, at: month - 1_000_000);
        Violations().ShouldBeEmpty();
        for (var n = 0; n < 4; n++) HandOver(2, at: n);
        HandOver(2, at: month / 2);
        Violations().ShouldHaveSingleItem().ShouldContain("one more than 4 in 30 days");
    }

    private IReadOnlyList<string> Violations() => HistoryChecker.Check(_lines).Violations;

    private void Say(int profile, bool yes, Phase phase = Phase.Ok, long? said = null) =>
        Add(new HistoryRecord { Act = Act.Say, Profile = profile, Purpose = Purpose.Care, Yes = yes, At = said ?? _lines.Count + 1 }, phase);

    private void Do(Act act, int profile) => Add(new HistoryRecord { Act = act, Profile = profile }, Phase.Ok);

    private void HandOver(int profile, Purpose purpose = Purpose.Care, long? step = null, long message = 1, long? at = null, bool isTaken = true, bool isReceived = true)
    {
        Add(new HistoryRecord { Act = Act.HandOver, Profile = profile, Purpose = purpose, Step = step ?? 1000 + _operations, Message = message, At = at ?? _operations * 1_000_000_000_000 }, Phase.Invoke);
        if (isReceived) _lines.Add(new HistoryRecord { Act = Act.Received, Operation = _operations, Time = _lines.Count, Yes = isTaken });
    }

    private void Add(HistoryRecord record, Phase last)
    {
        _operations++;
        _lines.Add(record with { Operation = _operations, Time = _lines.Count });
        if (last != Phase.Invoke) _lines.Add(record with { Operation = _operations, Time = _lines.Count, Phase = last });
    }
}
