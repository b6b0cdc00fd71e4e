namespace Regard.Access;

/// <summary>What somebody who could not be signed in is told.</summary>
internal static class Refusals
{
    /// <summary>Sets the answer's status and headers, and says what happened and what to do.</summary>
    public static string Answer(HttpContext http, SignInOutcome outcome, string wrong)
    {
        (http.Response.StatusCode, var text) = outcome switch
        {
            SignInOutcome.TooMany => (StatusCodes.Status429TooManyRequests, "There were too many tries. Wait a few minutes, then try again."),
            SignInOutcome.Busy => (StatusCodes.Status503ServiceUnavailable, "Many people are signing in at this moment. Try again in a few seconds."),
            _ => (StatusCodes.Status422UnprocessableEntity, wrong),
        };
        if (outcome is SignInOutcome.TooMany) http.Response.Headers.RetryAfter = "60";
        if (outcome is SignInOutcome.Busy) http.Response.Headers.RetryAfter = "5";
        return text;
    }
}
