namespace Regard.Customers;

/// <summary>An identity as somebody gave it, not yet in its normal form.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">As written by a person or another system. Personal data: never logged.</param>
public sealed record IdentityDraft(IdentityKind Kind, string Value)
{
    /// <summary>An e-mail address.</summary>
    public static IdentityDraft Email(string value) => new(IdentityKind.Email, value);

    /// <summary>A telephone number, international (<c>+49 …</c>) or as dialled inside the customer's country.</summary>
    public static IdentityDraft Phone(string value) => new(IdentityKind.Phone, value);

    /// <summary>A loyalty card.</summary>
    public static IdentityDraft Card(string value) => new(IdentityKind.Card, value);

    /// <summary>The customer's id in another system.</summary>
    public static IdentityDraft External(string system, string id) => new(IdentityKind.External, system + ":" + id);
}
