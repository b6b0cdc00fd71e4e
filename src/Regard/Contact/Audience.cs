namespace Regard.Contact;

/// <summary>How many customers a contact would reach, how, and why it would not reach the others.</summary>
public sealed class Audience
{
    private readonly Dictionary<Channel, long> _now = [];
    private readonly Dictionary<Channel, long> _later = [];
    private readonly Dictionary<ReasonCode, long> _refused = [];

    /// <summary>How many customers were looked at.</summary>
    public long Customers { get; private set; }

    /// <summary>How many may be contacted now, by the channel that would be used.</summary>
    public IReadOnlyDictionary<Channel, long> Permitted => _now;

    /// <summary>How many may be contacted later, while it is of use.</summary>
    public IReadOnlyDictionary<Channel, long> Deferred => _later;

    /// <summary>How many may not, by the reason that comes first. Nobody is counted twice.</summary>
    public IReadOnlyDictionary<ReasonCode, long> Refused => _refused;

    /// <summary>Counts customers of whom the gate answered the same.</summary>
    public void Add(AudienceGroup group, long customers)
    {
        Customers += customers;
        if (group.Kind == VerdictKind.Refused) _refused[group.Code] = _refused.GetValueOrDefault(group.Code) + customers;
        else if (group.Kind == VerdictKind.Permitted) _now[group.Channel!.Value] = _now.GetValueOrDefault(group.Channel.Value) + customers;
        else _later[group.Channel!.Value] = _later.GetValueOrDefault(group.Channel.Value) + customers;
    }
}

/// <summary>Customers of whom the gate answers the same.</summary>
/// <param name="Kind">The answer.</param>
/// <param name="Channel">The way; null when refused.</param>
/// <param name="Code">The reason that comes first.</param>
public readonly record struct AudienceGroup(VerdictKind Kind, Channel? Channel, ReasonCode Code)
{
    /// <summary>The group of a verdict.</summary>
    public static AudienceGroup Of(in ContactVerdict verdict) => new(verdict.Kind, verdict.Channel, verdict.Reasons[0].Code);
}
