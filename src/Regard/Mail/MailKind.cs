namespace Regard.Mail;

/// <summary>What came in. Only a person's own words, and an unsubscription, are wishes; everything else is a fact about delivery, or nothing.</summary>
public enum MailKind
{
    /// <summary>A person wrote it.</summary>
    Person,

    /// <summary>A mail of ours was not delivered, or not yet (RFC 3464, and whatever mail servers write in its place).</summary>
    Bounce,

    /// <summary>A mailbox provider reports what one of its users said of a mail of ours (RFC 5965).</summary>
    Complaint,

    /// <summary>A machine answers in a person's place: an absence, a receipt of the ticket system (RFC 3834).</summary>
    AutoReply,

    /// <summary>The unsubscribe address of a mail of ours was written to, or the word alone was said.</summary>
    Unsubscribe,

    /// <summary>A mail of ours arrived, or was displayed (RFC 3464, RFC 8098).</summary>
    Receipt,

    /// <summary>A filter asks the sender to prove that it is a person. It is not answered: a machine must not say so.</summary>
    Challenge,

    /// <summary>Any other mail of a machine: newsletters, lists, notices.</summary>
    Machine,
}
