namespace Regard.Contact;

/// <summary>All that a decision rests on.</summary>
internal readonly record struct Facts(CompiledWishes Wishes, ContactHistory History, ContactPolicy Policy, ContactRequest Request, Instant Now);

/// <summary>Finds the first moment at which a channel may be used.</summary>
internal static class ContactTiming
{
    /// <summary>
    /// The first moment from now on that every rule about time permits; null = none before the contact is useless. Why it is not now is
    /// added to <paramref name="causes"/> when there is such a list.
    /// </summary>
    public static Instant? First(in Facts facts, Channel channel, List<Reason>? causes)
    {
        var request = facts.Request;
        var at = facts.Now;
        if (request.Earliest is { } earliest && earliest > at)
        {
            at = earliest;
            causes?.Add(new Reason { Code = ReasonCode.NotYet, Until = earliest });
        }
        if (facts.Wishes.Pause is { } pause && pause.Until > at && request.Purpose.IsOurInitiative())
        {
            at = pause.Until;
            causes?.Add(new Reason { Code = ReasonCode.Paused, Until = pause.Until, Said = pause.Said });
        }
        // Each rule moves the moment on; it is found when none does. Every round passes at least one contact or one night.
        for (var round = 0; round < 1000 && at <= request.LatestUseful; round++)
        {
            var free = UnderLimits(facts, channel, at, causes);
            if (free is null || InHours(facts, channel, free.Value, causes) is not { } open) return null;
            if (open == at) return at;
            at = open;
        }
        return null;
    }

    private static Instant? UnderLimits(in Facts facts, Channel channel, Instant at, List<Reason>? causes)
    {
        var purpose = facts.Request.Purpose;
        foreach (var state in facts.Wishes.Limits)
        {
            if (!Counts(state.Limit, purpose)) continue;
            if (Free(state.Limit, facts.History, channel, at) is not { } free) return Full(state.Limit, null, state.Said, causes);
            if (free > at) Full(state.Limit, free, state.Said, causes);
            at = free;
        }
        foreach (var limit in facts.Policy.Rules)
        {
            if (!Counts(limit, purpose)) continue;
            if (Free(limit, facts.History, channel, at) is not { } free) return Full(limit, null, null, causes);
            if (free > at) Full(limit, free, null, causes);
            at = free;
        }
        return at;
    }

    private static Instant? Full(ContactLimit limit, Instant? until, Utterance? said, List<Reason>? causes)
    {
        causes?.Add(new Reason { Code = said is null ? ReasonCode.PolicyLimitReached : ReasonCode.TheirLimitReached, Limit = limit, Until = until, Said = said });
        return null;
    }

    /// <summary>Whether a contact for this purpose counts towards a limit, and is held back by it.</summary>
    public static bool Counts(ContactLimit limit, Purpose purpose) => limit.Purpose is { } of ? of == purpose : purpose.IsOurInitiative();

    // When the stretch that ends with one more contact holds no more than the limit; null = never. Promised contacts lie ahead: they
    // count in every stretch that reaches them. Fewer contacts than the limit need no look at the clock.
    private static Instant? Free(ContactLimit limit, ContactHistory history, Channel channel, Instant at)
    {
        if (limit.Count <= 0) return null;
        var (own, elsewhere) = (history.Past, history.Elsewhere(channel));
        if (own.Length + elsewhere.Length < limit.Count) return at;
        var length = Duration.FromDays(limit.Days);
        while (true)
        {
            var (count, oldest) = (0, Instant.MaxValue);
            Count(own, limit, at - length, ref count, ref oldest);
            Count(elsewhere, limit, at - length, ref count, ref oldest);
            if (count < limit.Count) return at;
            at = oldest + length;
        }
    }

    private static void Count(PastContact[] past, ContactLimit limit, Instant after, ref int count, ref Instant oldest)
    {
        foreach (var contact in past)
        {
            if (contact.At <= after || !Counts(limit, contact.Purpose)) continue;
            count++;
            if (contact.At < oldest) oldest = contact.At;
        }
    }

    private static Instant? InHours(in Facts facts, Channel channel, Instant at, List<Reason>? causes)
    {
        var own = facts.Wishes.HoursOf(channel);
        var zones = facts.History.Reach.Zones;
        var hours = own is null ? null : own.Hours;
        if (channel.Interrupts() && (own is null || own.IsWithinCivil)) hours = hours?.And(ContactPolicy.Civil) ?? ContactPolicy.Civil;
        var rest = facts.Wishes.RestsOnHolidays(channel) ? facts.History.Reach.Holidays : PublicHolidays.None;
        // No country rests for sixty days in a row on which the hours would be open.
        for (var day = 0; day < 60; day++)
        {
            if (hours is not null && !zones.IsOpen(hours, at))
            {
                var open = zones.NextOpen(hours, at, facts.Request.LatestUseful);
                if (day == 0) causes?.Add(Closed(own, channel, open, zones));
                if (open is null) return null;
                at = open.Value;
            }
            if (!zones.IsOn(rest, at)) return at;
            at = zones.NextDay(at);
            if (causes is not null && !causes.Exists(cause => cause.Code == ReasonCode.PublicHoliday && cause.Channel == channel))
                causes.Add(new Reason { Code = ReasonCode.PublicHoliday, Channel = channel, Until = at, Said = facts.Wishes.Holidays?.Said });
            if (at > facts.Request.LatestUseful) return null;
        }
        return null;
    }

    private static Reason Closed(HoursRule? own, Channel channel, Instant? open, ZoneSet zones) => new()
    {
        Code = own is not null ? ReasonCode.OutsideTheirHours : open is null && !zones.IsCertain ? ReasonCode.TimeZoneUnknown : ReasonCode.OutsideCivilHours,
        Channel = channel,
        Said = own?.Said,
        Until = open,
    };
}
