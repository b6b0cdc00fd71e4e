namespace Regard.Contact;

/// <summary>What the gate must know of a customer besides their wishes: where they can be reached, and what reached them lately.</summary>
public sealed record ContactHistory
{
    /// <summary>Where they can be reached.</summary>
    public required Reach Reach { get; init; }

    /// <summary>
    /// The contacts that count towards limits: made, and reserved or promised; in any order. Whoever loads them goes back as far as the
    /// longest limit that holds (see <see cref="ContactGate.LookBack"/>).
    /// </summary>
    public IReadOnlyList<PastContact> Contacts { get => Past; init => Past = [.. value]; }

    internal PastContact[] Past { get; private init; } = [];
}

/// <summary>A contact that was made or is promised.</summary>
/// <param name="At">When.</param>
/// <param name="Purpose">For what.</param>
public readonly record struct PastContact(Instant At, Purpose Purpose);
