namespace Regard.Ingestion;

[Trait("req", "L7")]
public sealed class EventClockTests
{
    private static readonly Instant Received = Instant.FromUtc(2026, 3, 1, 12, 0, 0);

    [Theory]
    [InlineData(-60, -50, -10)] // a clock 50 s slow: claimed 10 s before sending
    [InlineData(3590, 3600, -10)] // a clock an hour fast
    [InlineData(-86400, 0, -86400)] // sent late, clock right
    [InlineData(10, 0, 0)] // happened after it was sent: taken as received
    public void an_event_happened_as_long_before_receipt_as_it_was_claimed_before_sending(int claimed, int sent, int expected) =>
        EventClock.HappenedAt(Received.Plus(Duration.FromSeconds(claimed)), Received.Plus(Duration.FromSeconds(sent)), Received)
            .ShouldBe(Received.Plus(Duration.FromSeconds(expected)));

    [Fact]
    public void without_sending_time_the_claim_is_believed_but_never_the_future()
    {
        EventClock.HappenedAt(Received - Duration.FromHours(1), null, Received).ShouldBe(Received - Duration.FromHours(1));
        EventClock.HappenedAt(Received + Duration.FromHours(1), null, Received).ShouldBe(Received);
        EventClock.HappenedAt(null, Received, Received).ShouldBe(Received);
    }
}
