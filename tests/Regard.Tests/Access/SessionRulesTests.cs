namespace Regard.Access;

public class SessionRulesTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 3, 1, 8, 0);

    [Fact]
    public void a_session_dies_at_the_very_end_of_its_idle_time() =>
        (SessionRules.IsAlive(Start, Start, Start + SessionRules.Idle - Duration.Epsilon), SessionRules.IsAlive(Start, Start, Start + SessionRules.Idle)).ShouldBe((true, false));

    [Fact]
    public void a_busy_session_dies_after_twelve_hours()
    {
        var last = Start + SessionRules.Longest - Duration.FromMinutes(1);
        SessionRules.IsAlive(Start, last, last).ShouldBeTrue();
        SessionRules.IsAlive(Start, last, Start + SessionRules.Longest).ShouldBeFalse();
    }

    [Fact]
    public void a_use_is_written_down_once_a_minute()
    {
        SessionRules.IsWorthNoting(Start, Start + Duration.FromSeconds(59)).ShouldBeFalse();
        SessionRules.IsWorthNoting(Start, Start + Duration.FromSeconds(60)).ShouldBeTrue();
    }
}
