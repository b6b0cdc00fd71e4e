namespace Regard.Contact;

/// <summary>When somebody is asked how they want to be treated.</summary>
public sealed class AskingTests
{
    private static readonly AskingFacts Ordered = new() { LastOrderAt = GateKit.Noon - Duration.FromDays(5) };

    [Fact, Trait("req", "P7")]
    public void whoever_ordered_some_days_ago_is_asked_once()
    {
        Asking.Of(Ordered, GateKit.Noon).Occasion.ShouldBe(AskingOccasion.AfterOrder);
        Asking.Of(Ordered with { AskedAt = GateKit.Noon - Duration.FromDays(364) }, GateKit.Noon).Occasion.ShouldBeNull();
        Asking.Of(Ordered with { AskedAt = GateKit.Noon - Duration.FromDays(365) }, GateKit.Noon).Occasion.ShouldBe(AskingOccasion.AfterOrder);
        Asking.Of(Ordered with { HasSaid = true }, GateKit.Noon).Occasion.ShouldBeNull();
        Asking.Of(Ordered with { HasOpenCase = true }, GateKit.Noon).Occasion.ShouldBeNull();
        Asking.Of(new AskingFacts(), GateKit.Noon).Occasion.ShouldBeNull();
    }

    [Theory, InlineData(2, false), InlineData(3, true), InlineData(21, true), InlineData(22, false)]
    public void the_moment_is_neither_too_early_nor_out_of_nowhere(int days, bool isMoment)
    {
        Asking.Of(new AskingFacts { LastOrderAt = GateKit.Noon - Duration.FromDays(days) }, GateKit.Noon).Occasion.ShouldBe(isMoment ? AskingOccasion.AfterOrder : null);
        Asking.Of(new AskingFacts { LastResolvedAt = GateKit.Noon - Duration.FromDays(days) }, GateKit.Noon).Occasion.ShouldBe(isMoment ? AskingOccasion.AfterCase : null);
    }

    [Fact, Trait("req", "P7")]
    public void F15_three_unanswered_calls_lead_to_asking_in_writing_and_are_no_wish()
    {
        Asking.Of(new AskingFacts { HasSaid = true, UnansweredCalls = 2 }, GateKit.Noon).Occasion.ShouldBeNull();
        Asking.Of(new AskingFacts { HasSaid = true, UnansweredCalls = 3 }, GateKit.Noon).Occasion.ShouldBe(AskingOccasion.AfterCalls);
        Asking.Ways.ShouldAllBe(channel => !channel.Interrupts());
    }
}
