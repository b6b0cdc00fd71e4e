namespace Regard.Customers;

/// <summary>Decides whether two profiles may become one, and whether that may be undone.</summary>
public static class Merging
{
    /// <summary>Why these two may not be merged, in a sentence for people; null = they may. Neither has been merged into another.</summary>
    /// <param name="isContactInFlight">Whether a message to one of them is being handed over at this moment.</param>
    /// <param name="survivor">The profile that stays.</param>
    /// <param name="absorbed">The profile that will live on in it.</param>
    public static string? Refusal(CustomerProfile survivor, CustomerProfile absorbed, bool isContactInFlight)
    {
        if (survivor.CustomerId == absorbed.CustomerId) return "These are the same customer already: nothing to merge.";
        if (survivor.Kind != absorbed.Kind) return "One is a person and the other an account: make the person a member of the account instead.";
        if (survivor.ErasedAt is not null || absorbed.ErasedAt is not null) return "The personal data of one of them was erased, so nobody can tell whether they are the same.";
        return isContactInFlight ? "A message to one of them is being sent right now: try again in a minute." : null;
    }

    /// <summary>Why this merge cannot be undone, in a sentence for people; null = it can.</summary>
    /// <param name="holder">The profile in which both live now.</param>
    /// <param name="absorbed">The profile to be brought back.</param>
    /// <param name="isUndone">Whether it was undone before.</param>
    /// <param name="isContactInFlight">Whether a message to them is being handed over at this moment.</param>
    public static string? UndoRefusal(CustomerProfile holder, CustomerProfile absorbed, bool isUndone, bool isContactInFlight)
    {
        if (isUndone) return "This merge was undone already.";
        if (holder.ErasedAt is not null || absorbed.ErasedAt is not null) return "Their personal data was erased since: there is nothing left to take apart.";
        return isContactInFlight ? "A message to them is being sent right now: try again in a minute." : null;
    }
}
