namespace Regard.Contact;

/// <summary>Tells statements in bulk that ask for more than the customer permits, so that they can be refused in words instead of being cut down in silence.</summary>
public static class Loosening
{
    /// <summary>
    /// Whether some part of a wish would permit what the customer's present wishes do not: a channel that is not welcome, a purpose that
    /// nobody opened in person, longer hours, an earlier end of a pause, the end of all limits, or the withdrawal of a statement. Of
    /// "only this way", purposes that are closed do not count: it is no yes to them. It decides nothing: what holds is
    /// computed from the statements.
    /// </summary>
    public static bool Loosens(this Wish wish, Wishes present) =>
        wish.Withdraws is not null
        || wish.Limits is { Count: 0 }
        || (wish.PauseUntil is { } until && until < present.Pause?.Until)
        || (wish.Purposes ?? []).Any(named => named.Channels.Any(channel => !IsOpen(present, named.Purpose, channel)))
        || (wish.OnlyChannels ?? []).Any(channel => Purposes.All.Any(purpose => !IsClosed(present, purpose) && !IsOpen(present, purpose, channel)))
        || (wish.Hours ?? []).Any(hours => (hours.Channels ?? Channels.All.Where(c => c.HasHours())).Any(channel => IsLonger(present, channel, hours.Windows)));

    /// <summary>Whether nothing at all is welcome for a purpose.</summary>
    public static bool IsClosed(Wishes present, Purpose purpose) => Channels.All.All(channel => !IsOpen(present, purpose, channel));

    private static bool IsOpen(Wishes present, Purpose purpose, Channel channel) => present.For(purpose) is { } state
        ? state.Refused.All(refused => refused.Channel != channel) && (state.Channels?.Contains(channel) ?? !purpose.NeedsOwnYes())
        : !purpose.NeedsOwnYes();

    private static bool IsLonger(Wishes present, Channel channel, IReadOnlyList<ContactWindow> windows)
    {
        if (windows.Count == 0) return true;
        if (present.Hours.FirstOrDefault(state => state.Channel == channel) is not { } hours) return false;
        var told = WeekHours.Of(windows);
        return told.And(WeekHours.Of(hours.Windows)).OpenMinutes < told.OpenMinutes;
    }
}
