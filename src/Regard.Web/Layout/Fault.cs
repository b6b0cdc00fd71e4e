namespace Regard.Layout;

/// <summary>What to tell a person about an answer that is not the wished-for page.</summary>
/// <param name="Why">The reason as far as it is known.</param>
/// <param name="Next">What the person can do now.</param>
public sealed record Fault(int Status, string Title, string Why, string Next)
{
    public static Fault For(int status) => status switch
    {
        400 => new(400, "That form could not be read", "Something in it was missing, or the page had been open for too long.",
            "Go back, load the page again and send it once more."),
        401 => new(401, "Please sign in", "You are not signed in, or your session has ended.", "Sign in and open the page again."),
        403 => new(403, "This is not open to you", "Your role does not include this page or this action.",
            "If your work needs it, ask an administrator to change your role."),
        404 => new(404, "There is no such page", "The address may be mistyped, or what was here has been removed or merged.",
            "Check the address, or look for it from the start page."),
        409 => new(409, "Somebody was faster", "This was changed by someone else while you had it open. Nothing of yours was saved.",
            "Load the page again, look at what changed, and repeat your change."),
        413 => new(413, "That is too large", "The upload is larger than the server accepts.", "Split it, or use the import on the command line."),
        429 => new(429, "Too many requests", "This was tried very often in a short time.", "Wait a minute, then try again."),
        >= 500 => new(status, "That went wrong on our side", "The server met a fault and has written it down. Nothing half-done was saved.",
            "Try again in a minute. If it happens again, tell whoever looks after this system."),
        _ => new(status, "That did not work", "The server could not do what was asked.", "Go back and try again."),
    };
}
