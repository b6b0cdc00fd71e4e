namespace Regard.Customers;

/// <summary>By what a customer is recognised.</summary>
public enum IdentityKind
{
    /// <summary>An e-mail address, kept in lower case.</summary>
    Email,

    /// <summary>A telephone number, kept in E.164 form.</summary>
    Phone,

    /// <summary>A loyalty card or key-ring tag, kept as scanned without spaces, in capitals.</summary>
    Card,

    /// <summary>The customer's id in another system, kept as <c>system:id</c>.</summary>
    External,
}
