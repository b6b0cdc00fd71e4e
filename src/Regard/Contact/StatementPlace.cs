namespace Regard.Contact;

/// <summary>Where a customer said it.</summary>
public enum StatementPlace
{
    /// <summary>On the telephone, to a person.</summary>
    Call,

    /// <summary>On a recorder.</summary>
    Voicemail,

    /// <summary>In a mail.</summary>
    Mail,

    /// <summary>In the portal, signed in.</summary>
    Portal,

    /// <summary>By a link in a mail, for example one-click unsubscribe.</summary>
    Link,

    /// <summary>Through another system that has a key.</summary>
    Api,

    /// <summary>In a file. It can only tighten.</summary>
    Import,

    /// <summary>On a page of ours, for example an order form.</summary>
    Page,

    /// <summary>In a shop, to a person.</summary>
    Store,

    /// <summary>In a text message.</summary>
    Text,
}

/// <summary>How a statement came about.</summary>
public enum StatementBasis
{
    /// <summary>The customer answered a question of ours.</summary>
    Asked,

    /// <summary>The customer said it unasked.</summary>
    Volunteered,

    /// <summary>We concluded it from what they did. It can only tighten, until the customer confirms or corrects it.</summary>
    Inferred,

    /// <summary>It came in bulk from elsewhere. It can only tighten, until the customer confirms or corrects it.</summary>
    Imported,
}
