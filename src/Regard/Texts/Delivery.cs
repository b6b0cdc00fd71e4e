namespace Regard.Texts;

/// <summary>What is known of a text or a call by a machine after the provider took it, each state surer than the one before.</summary>
public enum Delivery
{
    /// <summary>The provider has it, and works on it.</summary>
    Accepted,

    /// <summary>The provider has handed it on, and does not know more.</summary>
    Sent,

    /// <summary>It did not arrive: nobody was reached.</summary>
    NotDelivered,

    /// <summary>It arrived, or the call was answered.</summary>
    Delivered,
}

/// <summary>Reads what providers say of a message, and puts it together.</summary>
public static class Deliveries
{
    /// <summary>What a provider's word means; null = it says nothing that we know.</summary>
    public static Delivery? Read(string? status) => status switch
    {
        "accepted" or "scheduled" or "queued" or "sending" or "initiated" or "ringing" or "in-progress" => Delivery.Accepted,
        "sent" => Delivery.Sent,
        "undelivered" or "failed" or "busy" or "no-answer" or "canceled" => Delivery.NotDelivered,
        "delivered" or "read" or "completed" => Delivery.Delivered,
        _ => null,
    };

    /// <summary>What holds when something more was told: the surer of both, so that neither a repeat nor a late report takes anything back.</summary>
    public static Delivery And(this Delivery told, Delivery? known) => known is { } before && before > told ? before : told;

    /// <summary>The state for people.</summary>
    public static string InWords(this Delivery delivery, bool isCall) => (delivery, isCall) switch
    {
        (Delivery.Accepted, _) => "The provider has it.",
        (Delivery.Sent, _) => "On its way.",
        (Delivery.NotDelivered, true) => "Nobody answered.",
        (Delivery.NotDelivered, _) => "It did not arrive.",
        (_, true) => "Answered.",
        _ => "It arrived.",
    };
}
