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
            var free = UnderLimits(facts, at, causes);
            if (free is null || InHours(facts, channel, free.Value, causes) is not { } open) return null;
            if (open == at) return at;
            at = open;
        }
        return null;
    }

    private static Instant? UnderLimits(in Facts facts, Instant at, List<Reason>? causes)
    {
        var purpose = facts.Request.Purpose;
        foreach (var state in facts.Wishes.Limits)
        {
            if (!Counts(state.Limit, purpose)) continue;
            if (Free(state.Limit, facts.History.Past, at) is not { } free) return Full(state.Limit, null, state.Said, causes);
            if (free > at) Full(state.Limit, free, state.Said, causes);
            at = free;
        }
        foreach (var limit in facts.Policy.Rules)
        {
            if (!Counts(limit, purpose)) continue;
            if (Free(limit, facts.History.Past, at) is not { } free) return Full(limit, null, null, causes);
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

    private static bool Counts(ContactLimit limit, Purpose purpose) => limit.Purpose is { } of ? of == purpose : purpose.IsOurInitiative();

    // When the stretch that ends with one more contact holds no more than the limit; null = never. Promised contacts lie ahead: they
    // count in every stretch that reaches them. Fewer contacts than the limit need no look at the clock.
    private static Instant? Free(ContactLimit limit, PastContact[] past, Instant at)
    {
        if (limit.Count <= 0) return null;
        if (past.Length < limit.Count) return at;
        var length = Duration.FromDays(limit.Days);
        while (true)
        {
            var (count, oldest) = (0, Instant.MaxValue);
            foreach (var contact in past)
            {
                if (!Counts(limit, contact.Purpose) || at - contact.At >= length) continue;
                count++;
                if (contact.At < oldest) oldest = contact.At;
            }
            if (count < limit.Count) return at;
            at = oldest + length;
        }
    }

    private static Instant? InHours(in Facts facts, Channel channel, Instant at, List<Reason>? causes)
    {
        var own = facts.Wishes.HoursOf(channel);
        var zones = facts.History.Reach.Zones;
        var latest = facts.Request.LatestUseful;
        var hours = own is null ? null : own.Hours;
        if (channel.Interrupts() && (own is null || own.IsWithinCivil)) hours = hours?.And(ContactPolicy.Civil) ?? ContactPolicy.Civil;
        if (hours is null || zones.IsOpen(hours, at)) return at;
        var open = zones.NextOpen(hours, at, latest);
        causes?.Add(new Reason
        {
            Code = own is not null ? ReasonCode.OutsideTheirHours : open is null && !zones.IsCertain ? ReasonCode.TimeZoneUnknown : ReasonCode.OutsideCivilHours,
            Channel = channel,
            Said = own?.Said,
            Until = open,
        });
        return open;
    }
}
