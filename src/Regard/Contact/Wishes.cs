namespace Regard.Contact;

/// <summary>
/// How a customer wants to be contacted now: computed from all their statements by <see cref="WishFold"/>, kept with them, and asked by
/// the gate. Where it is silent the policy's defaults hold.
/// </summary>
public sealed record Wishes
{
    private CompiledWishes? _compiled;

    /// <summary>Nothing said yet.</summary>
    public static Wishes Unsaid { get; } = new();

    /// <summary>What was said for each purpose; a purpose that is absent was not spoken of.</summary>
    public IReadOnlyList<PurposeState> Purposes { get; init; } = [];

    /// <summary>The welcome hours of each channel; a channel that is absent has none of its own.</summary>
    public IReadOnlyList<HoursState> Hours { get; init; } = [];

    /// <summary>The limits that hold, all of them.</summary>
    public IReadOnlyList<LimitState> Limits { get; init; } = [];

    /// <summary>The pause; null = none was asked for. It may be over.</summary>
    public PauseState? Pause { get; init; }

    /// <summary>What they said about public holidays; null = nothing: nobody is interrupted on them.</summary>
    public HolidayState? Holidays { get; init; }

    /// <summary>The language they want to be spoken to in, BCP 47; null = not said.</summary>
    public string? Language { get; init; }

    /// <summary>The person they want to deal with; null = anybody.</summary>
    public string? Person { get; init; }

    /// <summary>The computed wishes of a customer, whatever the order in which the statements arrived.</summary>
    /// <param name="statements">All of them, those of merged profiles with their <see cref="PreferenceStatement.OriginId"/>.</param>
    /// <param name="merges">When each profile was merged in, which counts as no earlier than what was said to it; one whose moment is missing here counts as merged last.</param>
    public static Wishes Of(IEnumerable<PreferenceStatement> statements, IReadOnlyList<ProfileMerge>? merges = null) =>
        WishFold.Of([.. statements], merges ?? []).ToWishes();

    /// <summary>What was said for a purpose; null = it was not spoken of.</summary>
    public PurposeState? For(Purpose purpose) => Purposes.FirstOrDefault(state => state.Purpose == purpose);

    internal CompiledWishes Compiled => _compiled ??= CompiledWishes.Of(this);

    /// <inheritdoc/>
    public bool Equals(Wishes? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}

/// <summary>What holds for one purpose.</summary>
public sealed record PurposeState
{
    /// <summary>The purpose.</summary>
    public required Purpose Purpose { get; init; }

    /// <summary>The channels the customer named themselves, the best first; empty = not at all; null = they named none, defaults hold.</summary>
    public IReadOnlyList<Channel>? Channels { get; init; }

    /// <summary>The statement that named them.</summary>
    public Utterance? Said { get; init; }

    /// <summary>Channels that are unwelcome, each with the statement that says so. They are in no <see cref="Channels"/>.</summary>
    public IReadOnlyList<RefusedChannel> Refused { get; init; } = [];

    /// <summary>
    /// Those of <see cref="Channels"/> that the customer named by an act of their own which can be shown: signed in, or by a link to their
    /// own address. Marketing needs that; for other purposes it changes nothing.
    /// </summary>
    public IReadOnlyList<Channel> Proven { get; init; } = [];

    /// <summary>
    /// Whether the policy's default must permit it as well, because one of the profiles merged here had said nothing of it.
    /// </summary>
    public bool IsWithinDefault { get; init; }
}

/// <summary>A channel that is unwelcome, and the statement that says so.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Said">The statement.</param>
public sealed record RefusedChannel(Channel Channel, Utterance Said);

/// <summary>The welcome hours of one channel.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Windows">The hours, in the customer's own time; empty = no hour is left.</param>
/// <param name="IsWithinCivil">Whether the hour must be civil as well, because the customer did not name these hours in person.</param>
/// <param name="Said">The statement.</param>
public sealed record HoursState(Channel Channel, IReadOnlyList<ContactWindow> Windows, bool IsWithinCivil, Utterance Said);

/// <summary>A limit that holds.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="Said">The statement.</param>
public sealed record LimitState(ContactLimit Limit, Utterance Said);

/// <summary>A pause.</summary>
/// <param name="Until">Its end.</param>
/// <param name="Said">The statement.</param>
public sealed record PauseState(Instant Until, Utterance Said);

/// <summary>What was said about public holidays.</summary>
/// <param name="IsWelcome">Whether contact is welcome on them.</param>
/// <param name="Said">The statement.</param>
public sealed record HolidayState(bool IsWelcome, Utterance Said);

/// <summary>A profile that was merged into the customer's.</summary>
/// <param name="ProfileId">The profile that was absorbed.</param>
/// <param name="At">When.</param>
public sealed record ProfileMerge(Guid ProfileId, Instant At);
