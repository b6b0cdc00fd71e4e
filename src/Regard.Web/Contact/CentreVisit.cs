using Regard.Customers;

namespace Regard.Contact;

/// <summary>Somebody at the preference centre: signed in to the portal, or by a link to their own address.</summary>
/// <param name="Customer">Whose wishes.</param>
/// <param name="Place">Where they say them.</param>
/// <param name="Path">The address of the page, to which its forms are sent.</param>
public sealed record CentreVisit(CustomerProfile Customer, StatementPlace Place, string Path)
{
    /// <summary>Until when the link works; null = they are signed in.</summary>
    public Instant? LinkEnds { get; init; }
}

/// <summary>What the page of the preference centre shows.</summary>
public sealed record CentreView
{
    public required CentreVisit Visit { get; init; }
    public required Wishes Wishes { get; init; }

    /// <summary>The version of the wishes that the form was filled from: what was told meanwhile is not overwritten unseen.</summary>
    public required long Version { get; init; }

    public required CentreForm Form { get; init; }
    public required IReadOnlyList<LedgerLine> Lines { get; init; }
    public required IReadOnlyList<PreferenceStatement> Statements { get; init; }
    public required Instant Now { get; init; }

    /// <summary>Whether the wishes are what the form would make of them, and not recorded.</summary>
    public bool IsPreview { get; init; }

    /// <summary>What is wrong with the form.</summary>
    public Phrase? Fault { get; init; }

    /// <summary>Whether something was told between the filling of the form and its sending.</summary>
    public bool IsStale { get; init; }

    /// <summary>Whether the browser asks for privacy and nothing that the customer said later is against it.</summary>
    public bool IsOptedOut { get; init; }

    /// <summary>Whether that was recorded.</summary>
    public bool IsOptOutRecorded { get; init; }
}

/// <summary>The page with its status.</summary>
/// <param name="View">What it shows; null = what was said is recorded.</param>
/// <param name="Status">200, or why nothing was changed.</param>
internal sealed record CentreAnswer(CentreView? View, int Status);
