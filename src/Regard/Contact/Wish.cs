namespace Regard.Contact;

/// <summary>
/// What one statement means. A property that is null says nothing about its matter; all others replace what the customer said about
/// that matter before, or, when the statement is not the customer's own word, only take away from it.
/// </summary>
public sealed record Wish
{
    /// <summary>For a purpose: the channels that are welcome, the best first; an empty list = not at all.</summary>
    public IReadOnlyList<PurposeWish>? Purposes { get; init; }

    /// <summary>
    /// "Only this way, please": the only channels for everything, the best first. It is no yes to marketing or research, and a purpose
    /// that was refused stays refused. An empty list = none.
    /// </summary>
    public IReadOnlyList<Channel>? OnlyChannels { get; init; }

    /// <summary>"Not this way, please": channels that are unwelcome for everything. No calls means none by a machine either.</summary>
    public IReadOnlyList<Channel>? NoChannels { get; init; }

    /// <summary>When contact is welcome, in the customer's own time.</summary>
    public IReadOnlyList<HoursWish>? Hours { get; init; }

    /// <summary>
    /// Whether public holidays of their country make a difference: true = welcome on them too; false = nothing of ours at a moment that we
    /// choose; null = not said: nobody is interrupted on them.
    /// </summary>
    public bool? OnHolidays { get; init; }

    /// <summary>How often contact is welcome; an empty list = no limit of their own any more.</summary>
    public IReadOnlyList<ContactLimit>? Limits { get; init; }

    /// <summary>"Leave me in peace until": nothing that we begin before this instant. One in the past ends the pause.</summary>
    public Instant? PauseUntil { get; init; }

    /// <summary>"Nothing at all": refuses every purpose. True or null.</summary>
    public bool? Never { get; init; }

    /// <summary>The language they want to be spoken to in, BCP 47.</summary>
    public string? Language { get; init; }

    /// <summary>The person they want to deal with, as they named them; an empty text = anybody again.</summary>
    public string? Person { get; init; }

    /// <summary>An earlier statement that was wrong: it counts no more. Only the customer's own word takes one back.</summary>
    public Guid? Withdraws { get; init; }
}

/// <summary>The channels that are welcome for one purpose.</summary>
/// <param name="Purpose">The purpose.</param>
/// <param name="Channels">The best first; empty = not at all.</param>
public sealed record PurposeWish(Purpose Purpose, IReadOnlyList<Channel> Channels);

/// <summary>When some channels are welcome.</summary>
/// <param name="Channels">The channels; null = everything that reaches the customer at a moment of our choosing.</param>
/// <param name="Windows">The welcome hours; empty = any civil hour again.</param>
public sealed record HoursWish(IReadOnlyList<Channel>? Channels, IReadOnlyList<ContactWindow> Windows);

/// <summary>At most so many contacts in any stretch of so many days.</summary>
/// <param name="Purpose">What is counted; null = everything that we begin (care, marketing, research) together.</param>
/// <param name="Count">How many are welcome, 0 or more.</param>
/// <param name="Days">The length of the stretch, 1 to 3660 days of 24 hours; it ends now.</param>
public sealed record ContactLimit(Purpose? Purpose, int Count, int Days);
