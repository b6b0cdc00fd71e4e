using System.Net;
using Regard.Kit;

namespace Regard.Access;

public class LimitsTests
{
    [Fact]
    public async Task one_address_that_hammers_the_sign_in_is_told_to_wait_and_others_work_on()
    {
        await using var server = await TestServer.StartAsync("sqlite");
        List<HttpStatusCode> answers = [];
        for (var i = 0; i < 70; i++)
        {
            using var answer = await server.Client.GetAsync("/me/link/guess");
            answers.Add(answer.StatusCode);
        }
        answers.Count(status => status == HttpStatusCode.Gone).ShouldBeInRange(60, 69);
        answers[^1].ShouldBe(HttpStatusCode.TooManyRequests);
        (await server.Client.GetAsync("/health")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task a_body_that_is_larger_than_any_form_is_refused()
    {
        await using var server = await TestServer.StartAsync("sqlite");
        using var administrator = await server.SignInAsync(Role.Administrator);
        using var answer = await administrator.PostFormAsync("/settings/keys", ("name", new string('x', (int)Limits.BodyBytes)), ("scopes", "orders_write"));
        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }
}
