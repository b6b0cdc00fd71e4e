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

    /// <summary>Counts one customer's verdict.</summary>
    public void Add(in ContactVerdict verdict)
    {
        Customers++;
        if (verdict.Channel is not { } channel) _refused[verdict.Reasons[0].Code] = _refused.GetValueOrDefault(verdict.Reasons[0].Code) + 1;
        else if (verdict.Kind == VerdictKind.Permitted) _now[channel] = _now.GetValueOrDefault(channel) + 1;
        else _later[channel] = _later.GetValueOrDefault(channel) + 1;
    }
}
