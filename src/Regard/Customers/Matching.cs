namespace Regard.Customers;

/// <summary>An identity of a draft that somebody is already known by.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="CustomerId">Who is known by it.</param>
public sealed record HeldIdentity(IdentityKind Kind, Guid CustomerId);

/// <summary>Decides which known customer a draft is about.</summary>
public static class Matching
{
    /// <summary>
    /// The customer known by the strongest identity: another system's id, then a card, then an e-mail address, then a phone number (which
    /// families and offices share); of equals the one named first. Null = nobody is known by any.
    /// </summary>
    public static Guid? Choose(IReadOnlyList<HeldIdentity> held) => held.Count == 0 ? null : held.MinBy(h => Weakness(h.Kind))!.CustomerId;

    private static int Weakness(IdentityKind kind) => kind switch
    {
        IdentityKind.External => 0,
        IdentityKind.Card => 1,
        IdentityKind.Email => 2,
        IdentityKind.Phone => 3,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
