namespace Regard.Contact;

/// <summary>Why a customer is contacted. A yes to one purpose is never a yes to another.</summary>
public enum Purpose
{
    /// <summary>Answers the customer's own request, order or case, and names it.</summary>
    Service,

    /// <summary>Check-ins, notices of change, follow-ups.</summary>
    Care,

    /// <summary>Offers something for sale.</summary>
    Marketing,

    /// <summary>Asks for an opinion.</summary>
    Research,

    /// <summary>The law requires it (a recall, a breach), and the request names on which ground.</summary>
    Legal,
}

/// <summary>What follows from a purpose, for everybody alike.</summary>
public static class Purposes
{
    /// <summary>All purposes, in their order.</summary>
    public static IReadOnlyList<Purpose> All { get; } = Enum.GetValues<Purpose>();

    /// <summary>Whether silence means no: only the customer's own yes opens this purpose.</summary>
    public static bool NeedsOwnYes(this Purpose purpose) => purpose is Purpose.Marketing or Purpose.Research;

    /// <summary>
    /// Whether the business begins it. A pause and an overall limit hold for these; an answer to the customer's own request, and what the
    /// law requires, are neither paused nor counted unless the customer names that purpose.
    /// </summary>
    public static bool IsOurInitiative(this Purpose purpose) => purpose is Purpose.Care or Purpose.Marketing or Purpose.Research;

    /// <summary>The name in a sentence to the customer.</summary>
    public static string InWords(this Purpose purpose) => purpose switch
    {
        Purpose.Service => "answers about your own orders and questions",
        Purpose.Care => "check-ins and notices of change",
        Purpose.Marketing => "offers and news",
        Purpose.Research => "surveys and questions",
        _ => "notices required by law",
    };
}
