namespace Regard.Contact;

/// <summary>Some channels, each once, the most welcome first; in one machine word, so that deciding needs no memory.</summary>
public readonly record struct ChannelOrder
{
    // Four bits a channel, the first in the lowest bits, value + 1; 0 ends the list.
    private readonly uint _packed;

    private ChannelOrder(uint packed) => _packed = packed;

    /// <summary>No channel.</summary>
    public static ChannelOrder None => default;

    /// <summary>These channels in this order; a repeated one counts where it stands first.</summary>
    public static ChannelOrder Of(IEnumerable<Channel> channels)
    {
        var order = None;
        foreach (var channel in channels) order = order.With(channel);
        return order;
    }

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => _packed == 0;

    /// <summary>How many there are.</summary>
    public int Count => (32 - System.Numerics.BitOperations.LeadingZeroCount(_packed) + 3) / 4;

    /// <summary>The channel at a place, counted from 0; null after the last.</summary>
    public Channel? At(int place)
    {
        var value = (_packed >> (4 * place)) & 15;
        return value == 0 || place > 7 ? null : (Channel)(value - 1);
    }

    /// <summary>Whether a channel is among them.</summary>
    public bool Contains(Channel channel)
    {
        for (var rest = _packed; rest != 0; rest >>= 4)
            if ((Channel)((rest & 15) - 1) == channel)
                return true;
        return false;
    }

    /// <summary>These and one more, last; unchanged when it is among them.</summary>
    public ChannelOrder With(Channel channel) => Contains(channel) ? this : new(_packed | ((uint)channel + 1) << (4 * Count));

    /// <summary>These without one.</summary>
    public ChannelOrder Without(Channel channel) => Contains(channel) ? Of(ToList().Where(c => c != channel)) : this;

    /// <summary>Those that are also in <paramref name="other"/>, in this order.</summary>
    public ChannelOrder And(ChannelOrder other) => Of(ToList().Where(other.Contains));

    /// <summary>As a list, in order.</summary>
    public IReadOnlyList<Channel> ToList()
    {
        var list = new List<Channel>(Count);
        for (var rest = _packed; rest != 0; rest >>= 4) list.Add((Channel)((rest & 15) - 1));
        return list;
    }
}
