namespace Regard.Contact;

/// <summary>What the gate must know of a customer besides their wishes: where they can be reached, and what reached them lately.</summary>
public sealed record ContactHistory
{
    private static readonly PastContact[] Nothing = [];

    private readonly PastContact[]?[] _elsewhere = new PastContact[]?[Channels.All.Count];

    /// <summary>Where they can be reached.</summary>
    public required Reach Reach { get; init; }

    /// <summary>
    /// The contacts that count towards limits: made, and reserved or promised; in any order. Whoever loads them goes back as far as the
    /// longest limit that holds (see <see cref="ContactGate.LookBack"/>).
    /// </summary>
    public IReadOnlyList<PastContact> Contacts { get => Past; init => Past = [.. value]; }

    /// <summary>
    /// The contacts that reached one of the customer's addresses on behalf of another profile that has the same address. They count like
    /// the customer's own when that address is to be used: whoever is known to us twice is not written to twice as often.
    /// </summary>
    public IReadOnlyList<AddressContact> AtAddresses
    {
        get => [.. Channels.All.SelectMany(channel => Elsewhere(channel).Select(contact => new AddressContact(channel, contact)))];
        init
        {
            foreach (var same in value.GroupBy(contact => contact.Channel)) _elsewhere[(int)same.Key] = [.. same.Select(contact => contact.Contact)];
        }
    }

    /// <summary>The country they live in, ISO 3166-1 alpha-2; null = not known: the strictest rule holds.</summary>
    public string? Country { get; init; }

    /// <summary>When they last bought something; null = never, or not known.</summary>
    public Instant? LastPurchaseAt { get; init; }

    internal PastContact[] Past { get; private init; } = [];

    internal PastContact[] Elsewhere(Channel channel) => _elsewhere[(int)channel] ?? Nothing;
}

/// <summary>A contact that was made or is promised.</summary>
/// <param name="At">When.</param>
/// <param name="Purpose">For what.</param>
public readonly record struct PastContact(Instant At, Purpose Purpose);

/// <summary>A contact that reached an address of the customer.</summary>
/// <param name="Channel">The channel whose address it is.</param>
/// <param name="Contact">The contact.</param>
public readonly record struct AddressContact(Channel Channel, PastContact Contact);
