using Regard.Channels;

namespace Regard.Contact;

/// <summary>What becomes of a message after an attempt.</summary>
/// <param name="State">Its new state.</param>
/// <param name="RetryAt">When it is tried again; null = it is finished.</param>
/// <param name="Explanation">For staff and, in the portal, for the customer.</param>
internal sealed record AfterSending(string State, Instant? RetryAt, string Explanation)
{
    /// <summary>The provider's own id of what it took; null = it has none.</summary>
    public string? ProviderRef { get; init; }

    /// <summary>How often a mail that the server did not take is tried.</summary>
    public const int MostAttempts = 6;

    /// <summary>
    /// Nobody is contacted twice because we do not know whether we did once: an attempt whose end is unknown is repeated only when it
    /// answers the customer's own request, under the same Message-ID.
    /// </summary>
    public static AfterSending Of(SendResult result, Purpose purpose, int attempts, Instant now) => result.Outcome switch
    {
        SendOutcome.Accepted => new AfterSending("sent", null, result.Explanation) { ProviderRef = result.ProviderRef },
        SendOutcome.Rejected => new AfterSending("failed", null, result.Explanation),
        SendOutcome.Ambiguous when purpose == Purpose.Service && attempts < MostAttempts => new AfterSending("queued", now + Wait(attempts), result.Explanation),
        SendOutcome.Ambiguous => new AfterSending("ambiguous", null, result.Explanation + " It is not repeated: it may have arrived."),
        _ when attempts < MostAttempts => new AfterSending("queued", now + Wait(attempts), result.Explanation),
        _ => new AfterSending("failed", null, result.Explanation),
    };

    private static Duration Wait(int attempts) => Duration.FromMinutes(1 << Math.Clamp(attempts - 1, 0, 10));
}
