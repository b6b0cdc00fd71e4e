namespace Regard.Contact;

/// <summary>
/// What the gate needs to know of wishes, without who said it when and in which words: two customers with equal classes get the same answer
/// to the same question, as long as nothing else about them differs.
/// </summary>
public static class WishClass
{
    private static readonly Utterance Somebody = new(Guid.Empty, Instant.FromUnixTimeSeconds(0), StatementPlace.Api, StatementBasis.Volunteered, null);

    /// <summary>
    /// The wishes with every statement replaced by one and the same, in one order. Language and person are left out: the gate does not ask
    /// for them. A verdict on them has the same kind, channel, moment and codes of reasons; it quotes nobody.
    /// </summary>
    public static Wishes Of(Wishes wishes) => new()
    {
        Purposes = [.. wishes.Purposes.OrderBy(state => state.Purpose).Select(Plain)],
        Hours = [.. wishes.Hours.OrderBy(state => state.Channel).Select(state => state with { Said = Somebody })],
        Limits = [.. wishes.Limits.Select(state => state with { Said = Somebody })],
        Pause = wishes.Pause is { } pause ? pause with { Said = Somebody } : null,
        Holidays = wishes.Holidays is { } holidays ? holidays with { Said = Somebody } : null,
    };

    /// <summary>
    /// What is left of wishes when the gate is asked for one purpose about somebody whom nothing has reached yet: the answer is the same.
    /// </summary>
    public static Wishes For(Wishes wishes, Purpose purpose) => new()
    {
        Purposes = [.. wishes.Purposes.Where(state => state.Purpose == purpose)],
        Hours = wishes.Hours,
        Limits = [.. wishes.Limits.Where(state => state.Limit.Count <= 0 && ContactTiming.Counts(state.Limit, purpose))],
        Pause = purpose.IsOurInitiative() ? wishes.Pause : null,
        Holidays = wishes.Holidays,
    };

    private static PurposeState Plain(PurposeState state) => state with
    {
        Said = state.Said is null ? null : Somebody,
        Refused = [.. state.Refused.OrderBy(refused => refused.Channel).Select(refused => refused with { Said = Somebody })],
        Proven = [.. state.Proven.Order()],
    };
}
