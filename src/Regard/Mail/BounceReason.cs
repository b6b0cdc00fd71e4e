namespace Regard.Mail;

/// <summary>Why a mail did not arrive.</summary>
public enum BounceReason
{
    /// <summary>The report does not say.</summary>
    Unknown,

    /// <summary>There is no such mailbox.</summary>
    NoMailbox,

    /// <summary>There is no such domain, or it takes no mail.</summary>
    NoHost,

    /// <summary>The mailbox was closed or put to sleep.</summary>
    Disabled,

    /// <summary>The person moved to another address.</summary>
    Moved,

    /// <summary>The mailbox is full.</summary>
    Full,

    /// <summary>The server did not answer in time, or asked to try later until the time was over.</summary>
    Expired,

    /// <summary>The server is overloaded, broken or badly set up; also a loop.</summary>
    System,

    /// <summary>Too many mails in a short time, also by grey lists.</summary>
    Rate,

    /// <summary>The mail is too large.</summary>
    TooLarge,

    /// <summary>The content was taken for spam, a virus or against a rule.</summary>
    Content,

    /// <summary>The sender, its server or its signature was refused.</summary>
    Sender,

    /// <summary>A rule of the receiver refused it without saying which.</summary>
    Policy,
}
