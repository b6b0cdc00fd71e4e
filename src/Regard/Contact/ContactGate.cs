namespace Regard.Contact;

/// <summary>
/// The one place that decides whether a customer may be contacted. Pure: the same facts at the same moment give the same verdict. There
/// is no urgent, transactional or administrative way around it.
/// </summary>
public static class ContactGate
{
    /// <summary>
    /// Whether, how and when a contact may be made. Precedence: a request without ground is refused; then, channel by channel in the
    /// customer's own order (else the request's), the wish for the purpose, the address, and the first moment that is after any pause,
    /// under every limit and in welcome hours. The first channel that can be used before it is useless is the answer.
    /// </summary>
    /// <param name="wishes">How the customer wants to be contacted.</param>
    /// <param name="history">Where they can be reached, and what reached them.</param>
    /// <param name="policy">What holds where they said nothing.</param>
    /// <param name="request">What is wanted.</param>
    /// <param name="now">The moment of the decision.</param>
    public static ContactVerdict Ask(Wishes wishes, ContactHistory history, ContactPolicy policy, ContactRequest request, Instant now)
    {
        if (!HasGround(request)) return new ContactVerdict(request, [new Reason { Code = ReasonCode.NoGround, Purpose = request.Purpose }]);
        var rule = wishes.Compiled.For(request.Purpose);
        var defaults = policy.DefaultFor(request.Purpose, history, now);
        var asked = request.Order;
        var order = rule.IsNamed && !rule.Named.IsEmpty ? rule.Named : asked.IsEmpty ? defaults : asked;
        // What the law requires may always wait in the portal: the last way, whatever the customer named.
        if (request.Purpose == Purpose.Legal) order = order.With(Channel.Portal);
        var facts = new Facts(wishes.Compiled, history, policy, request, now);
        for (var place = 0; order.At(place) is { } channel; place++)
        {
            if (!asked.IsEmpty && !asked.Contains(channel)) continue;
            if (!IsWelcome(rule, channel, defaults, request.Purpose) || history.Reach.For(channel, request.Purpose) is not { } address) continue;
            var at = ContactTiming.First(facts, channel, null);
            if (at is null) continue;
            return at <= now
                ? new ContactVerdict(request, channel, address, null, rule.Welcome(channel))
                : new ContactVerdict(request, channel, address, at, Deferral(facts, channel, rule));
        }
        return new ContactVerdict(request, Refusal(facts, rule, defaults, order));
    }

    /// <summary>How far back a <see cref="ContactHistory"/> must reach for a decision on these wishes, under whichever policy.</summary>
    public static Duration LookBack(Wishes wishes) => Duration.FromDays(
        wishes.Limits.Select(state => state.Limit).Concat(ContactPolicy.All.SelectMany(policy => policy.Rules)).Select(limit => limit.Days).DefaultIfEmpty(0).Max());

    /// <summary>
    /// Over how many days a limit counts that so many contacts may reach: the longest of the customer's own, or of any policy. Null = they
    /// reach none: the gate answers whatever it is asked, under whichever policy, as if nothing had ever reached the customer.
    /// </summary>
    /// <param name="wishes">How the customer wants to be contacted.</param>
    /// <param name="contacts">What was made and what is promised, within the <see cref="LookBack"/>; when is not looked at.</param>
    public static int? NearLimit(Wishes wishes, IReadOnlyCollection<PastContact> contacts) => contacts.Count == 0
        ? null
        : wishes.Limits.Select(state => state.Limit).Concat(ContactPolicy.All.SelectMany(policy => policy.Rules))
            .Where(limit => limit.Count > 0 && contacts.Count(contact => ContactTiming.Counts(limit, contact.Purpose)) >= limit.Count).Max(limit => (int?)limit.Days);

    private static bool HasGround(ContactRequest request) => request.Purpose switch
    {
        Purpose.Service => request.About.IndexOf(':') is > 0 and var colon && colon < request.About.Length - 1,
        Purpose.Legal => !string.IsNullOrWhiteSpace(request.LegalGround),
        _ => true,
    };

    // What the law requires waits in the portal, where nothing reaches out to anybody, even for those who want nothing.
    private static bool IsWelcome(PurposeRule rule, Channel channel, ChannelOrder defaults, Purpose purpose) =>
        rule.Permits(channel, defaults) || (purpose == Purpose.Legal && channel == Channel.Portal);

    private static List<Reason> Deferral(in Facts facts, Channel channel, PurposeRule rule)
    {
        var causes = new List<Reason>();
        ContactTiming.First(facts, channel, causes);
        causes.AddRange(rule.Welcome(channel));
        return causes;
    }

    private static List<Reason> Refusal(in Facts facts, PurposeRule rule, ChannelOrder defaults, ChannelOrder order)
    {
        var request = facts.Request;
        var reasons = new List<Reason>();
        var asked = request.Order.IsEmpty ? order.IsEmpty ? Channels.All : order.ToList() : request.Channels;
        foreach (var channel in asked)
        {
            if (!IsWelcome(rule, channel, defaults, request.Purpose)) reasons.Add(rule.Unwelcomed(channel));
            else if (facts.History.Reach.For(channel, request.Purpose) is null)
                reasons.Add(new Reason { Code = Missing(facts.History.Reach, channel), Channel = channel });
            else
            {
                ContactTiming.First(facts, channel, reasons);
                reasons.Add(new Reason { Code = ReasonCode.TooLate, Channel = channel, Until = request.LatestUseful });
            }
        }
        // Some few: looking at each is less work than a set.
        for (var n = reasons.Count - 1; n > 0; n--)
            if (reasons.IndexOf(reasons[n]) < n)
                reasons.RemoveAt(n);
        return reasons;
    }

    private static ReasonCode Missing(Reach reach, Channel channel) =>
        reach.NotOffered.Contains(channel) ? ReasonCode.NotOffered : reach.Undeliverable.Contains(channel) ? ReasonCode.Undeliverable : reach.For(channel) is null ? ReasonCode.NoAddress : ReasonCode.ReportedUnwanted;
}
