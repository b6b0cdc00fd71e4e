namespace Regard.Contact;

/// <summary>One purpose while statements are folded.</summary>
internal sealed class PurposeFold(Purpose purpose)
{
    private readonly Dictionary<Channel, Utterance> _refused = [];
    private ChannelOrder? _named;
    private ChannelOrder _proven;
    private Utterance? _said;
    private bool _isWithinDefault;

    /// <summary>The channels for this purpose: the customer's own list, or a list that is all that is left.</summary>
    public void Name(ChannelOrder channels, Utterance said, bool own)
    {
        if (!own)
        {
            Refuse(Channels.All.Where(c => !channels.Contains(c)), said, isWhole: false);
            return;
        }
        // What was proven stays proven as long as it is named without a break.
        _proven = said.IsOwnAct ? channels : _proven.And(channels);
        (_named, _said, _isWithinDefault) = (channels, said, false);
        foreach (var channel in channels.ToList()) _refused.Remove(channel);
    }

    /// <summary>"Only this way": a new list for what was open, nothing for what was closed.</summary>
    public void Only(ChannelOrder channels, Utterance said, bool own)
    {
        var isClosed = _named is { IsEmpty: true } || (_named is null && purpose.NeedsOwnYes());
        if (own && !isClosed && !purpose.NeedsOwnYes() && !_isWithinDefault) Name(channels, said, own);
        else Refuse(Channels.All.Where(c => !channels.Contains(c)), said, isWhole: false);
    }

    /// <summary>Takes channels away; the whole purpose when the customer wants nothing.</summary>
    public void Refuse(IEnumerable<Channel> channels, Utterance said, bool isWhole)
    {
        foreach (var channel in channels)
        {
            _refused[channel] = said;
            _named = _named?.Without(channel);
            _proven = _proven.Without(channel);
        }
        if (isWhole) (_named, _said, _proven) = (ChannelOrder.None, said, ChannelOrder.None);
    }

    /// <summary>Keeps only what both profiles permit.</summary>
    public void Unite(PurposeFold other)
    {
        _isWithinDefault |= other._isWithinDefault || _named is null != other._named is null;
        if (_named is { } mine && other._named is { } theirs)
        {
            var isOlder = other._said!.SaidAt > _said!.SaidAt;
            var both = mine.And(theirs);
            // The sentence that closed it is the one to be quoted.
            _said = theirs.IsEmpty || (isOlder && !mine.IsEmpty) ? other._said : _said;
            _named = both;
            _proven = _proven.And(other._proven);
        }
        else if (_named is null)
        {
            (_named, _said, _proven) = (other._named, other._said, other._proven);
        }
        foreach (var (channel, said) in other._refused) _refused.TryAdd(channel, said);
        foreach (var channel in _refused.Keys) _named = _named?.Without(channel);
    }

    public PurposeState? ToState() => _named is null && _refused.Count == 0 && !_isWithinDefault ? null : new PurposeState
    {
        Purpose = purpose,
        Channels = _named?.ToList(),
        Proven = _named is { } named ? named.And(_proven).ToList() : [],
        Said = _said,
        Refused = [.. _refused.OrderBy(pair => pair.Key).Select(pair => new RefusedChannel(pair.Key, pair.Value))],
        IsWithinDefault = _isWithinDefault,
    };
}
