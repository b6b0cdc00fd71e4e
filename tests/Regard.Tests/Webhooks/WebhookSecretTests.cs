namespace Regard.Webhooks;

public sealed class WebhookSecretTests
{
    [Fact]
    public void a_signature_is_the_one_of_the_published_library() =>
        WebhookSecret.Read("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").Sign("msg_p5jXN8AQM9LWM0D4loKWxJek", Instant.FromUnixTimeSeconds(1_614_265_330), "{\"test\": 2432232314}")
            .ShouldBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");

    [Fact]
    public void a_new_secret_is_read_as_it_was_written_and_no_two_are_alike()
    {
        var (one, other) = (WebhookSecret.New(), WebhookSecret.New());
        one.Write().ShouldStartWith("whsec_");
        Convert.FromBase64String(one.Write()["whsec_".Length..]).Length.ShouldBe(32);
        var at = Instant.FromUnixTimeSeconds(1);
        WebhookSecret.Read(one.Write()).Sign("a", at, "b").ShouldBe(one.Sign("a", at, "b"));
        one.Sign("a", at, "b").ShouldNotBe(other.Sign("a", at, "b"));
    }

    [Theory, InlineData(""), InlineData("whsec_%"), InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    public void what_is_no_secret_is_refused(string text) => Should.Throw<FormatException>(() => WebhookSecret.Read(text));
}
