using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Regard.Contact;

/// <summary>At which step of a contact's way the gate was asked.</summary>
public enum DecisionStage
{
    /// <summary>When somebody asked for the contact.</summary>
    Request,

    /// <summary>When a new statement of the customer met a contact that was waiting.</summary>
    Statement,

    /// <summary>When a worker took it up.</summary>
    Claim,

    /// <summary>In the moment of handing it over.</summary>
    HandOff,
}

/// <summary>
/// One entry of a customer's ledger: an attempt to contact them, permitted or not. Entries of one chain are linked by their hashes, so
/// that none can be changed, left out or slipped in unseen.
/// </summary>
public sealed record LedgerEntry
{
    /// <summary>The hash before the first entry.</summary>
    public const string Beginning = "0000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>Its id.</summary>
    public Guid DecisionId { get; init; }

    /// <summary>The profile whose chain it belongs to; a merge does not move it to another chain.</summary>
    public Guid ChainId { get; init; }

    /// <summary>Its number in the chain, from 1.</summary>
    public long Seq { get; init; }

    /// <summary>When it was decided, to the microsecond.</summary>
    public Instant DecidedAt { get; init; }

    /// <summary>At which step.</summary>
    public DecisionStage Stage { get; init; }

    /// <summary>For what.</summary>
    public Purpose Purpose { get; init; }

    /// <summary>The answer.</summary>
    public VerdictKind Verdict { get; init; }

    /// <summary>By which channel; null when refused.</summary>
    public Channel? Channel { get; init; }

    /// <summary>From when, when deferred.</summary>
    public Instant? NotBefore { get; init; }

    /// <summary>The version of the customer's wishes.</summary>
    public long StateVersion { get; init; }

    /// <summary>The policy's version.</summary>
    public string PolicyVersion { get; init; } = "";

    /// <summary>The hash of the entry before it; <see cref="Beginning"/> for the first.</summary>
    public string PreviousHash { get; init; } = Beginning;

    /// <summary>Its own hash.</summary>
    public string Hash { get; init; } = "";

    /// <summary>SHA-256, lower-case hex, over every field but the hash itself, and over the two documents.</summary>
    /// <param name="request">What was asked and on which facts, as JSON in its canonical form, the customer's own words sealed.</param>
    /// <param name="reasons">The reasons, likewise.</param>
    public string HashOver(string request, string reasons)
    {
        var text = string.Join('\n',
            DecisionId, ChainId, Seq.ToString(CultureInfo.InvariantCulture), Micros(DecidedAt), Words.Of(Stage), Words.Of(Purpose), Words.Of(Verdict),
            Channel is { } channel ? Words.Of(channel) : "", NotBefore is { } notBefore ? Micros(notBefore) : "",
            StateVersion.ToString(CultureInfo.InvariantCulture), PolicyVersion, request, reasons, PreviousHash);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private static string Micros(Instant at) => (at.ToUnixTimeTicks() / 10).ToString(CultureInfo.InvariantCulture);
}
