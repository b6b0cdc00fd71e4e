namespace Regard.Webhooks;

public sealed class RetryScheduleTests
{
    [Theory, InlineData(0.0), InlineData(0.5), InlineData(1.0)]
    public void attempts_grow_apart_and_fill_about_three_days(double chance)
    {
        var (at, attempts) = (Duration.Zero, 0);
        while (at < RetrySchedule.Lasts)
        {
            var wait = RetrySchedule.Wait(++attempts, chance);
            wait.ShouldBeGreaterThanOrEqualTo(RetrySchedule.Wait(Math.Max(1, attempts - 1), chance));
            at += wait;
        }
        attempts.ShouldBeInRange(11, 16);
        RetrySchedule.Wait(1, chance).ShouldBeInRange(Duration.FromSeconds(4), Duration.FromSeconds(6));
        RetrySchedule.Wait(1_000_000, chance).ShouldBeLessThanOrEqualTo(Duration.FromHours(15));
    }

    [Fact]
    public void what_the_receiver_asks_for_makes_it_later_never_sooner_and_not_for_ever()
    {
        RetrySchedule.Wait(1, 0.5, Duration.FromMinutes(10)).ShouldBe(Duration.FromMinutes(10));
        RetrySchedule.Wait(6, 0.5, Duration.FromSeconds(1)).ShouldBe(RetrySchedule.Wait(6, 0.5));
        RetrySchedule.Wait(1, 0.5, Duration.FromDays(400)).ShouldBe(Duration.FromHours(12));
    }

    [Fact]
    public void an_endpoint_is_given_up_before_its_oldest_event_is_forgotten() => RetrySchedule.LongestFailure.ShouldBeLessThan(RetrySchedule.Lasts);
}
