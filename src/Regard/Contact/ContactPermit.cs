namespace Regard.Contact;

/// <summary>
/// The permission to make one contact. Every channel's send takes one, and only the gate makes them, from a verdict that permits: a contact
/// without a decision does not compile.
/// </summary>
public sealed class ContactPermit
{
    internal ContactPermit(ContactRequest request, Channel channel, string address, Guid decisionId, Instant expiresAt)
    {
        (CustomerId, Purpose, Step) = (request.CustomerId, request.Purpose, request.Step);
        (Channel, Address, DecisionId, ExpiresAt) = (channel, address, decisionId, expiresAt);
    }

    /// <summary>The customer.</summary>
    public Guid CustomerId { get; }

    /// <summary>For what.</summary>
    public Purpose Purpose { get; }

    /// <summary>The step that may be done.</summary>
    public string Step { get; }

    /// <summary>By which channel.</summary>
    public Channel Channel { get; }

    /// <summary>To which address. Personal data: never logged.</summary>
    public string Address { get; }

    /// <summary>The entry of the ledger with the decision.</summary>
    public Guid DecisionId { get; }

    /// <summary>From this moment it permits nothing any more.</summary>
    public Instant ExpiresAt { get; }
}
