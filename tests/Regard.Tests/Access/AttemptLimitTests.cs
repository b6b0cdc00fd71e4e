namespace Regard.Access;

public class AttemptLimitTests
{
    private static readonly Instant At = Instant.FromUtc(2026, 3, 1, 12, 0);
    private static readonly AttemptLimit Limit = new(3, Duration.FromSeconds(2), Duration.FromMinutes(1));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 2)]
    [InlineData(4, 4)]
    [InlineData(5, 8)]
    [InlineData(8, 60)]
    [InlineData(1_000_000, 60)]
    public void each_try_beyond_the_free_ones_waits_twice_as_long_up_to_the_longest(int attempts, int seconds)
    {
        var expected = seconds == 0 ? (Instant?)null : At + Duration.FromSeconds(seconds);
        Limit.NotBefore(attempts, At, At).ShouldBe(expected);
    }

    [Fact]
    public void at_the_end_of_the_wait_the_try_is_free() => Limit.NotBefore(3, At, At + Duration.FromSeconds(2)).ShouldBeNull();

    [Fact]
    public void a_day_of_rest_forgets_everything() => Limit.NotBefore(1_000_000, At, At + AttemptLimit.Memory).ShouldBeNull();
}
