namespace Regard.Contact;

/// <summary>Wishes in the form in which the gate asks them: arrays by purpose and channel, reasons made once.</summary>
internal sealed class CompiledWishes
{
    private readonly PurposeRule[] _purposes;
    private readonly HoursRule?[] _hours;

    public CompiledWishes(Wishes wishes)
    {
        _purposes = [.. Purposes.All.Select(purpose => new PurposeRule(purpose, wishes.For(purpose)))];
        _hours = [.. Channels.All.Select(channel => wishes.Hours.FirstOrDefault(h => h.Channel == channel) is { } state ? new HoursRule(state) : null)];
        Limits = [.. wishes.Limits];
        Pause = wishes.Pause;
    }

    public LimitState[] Limits { get; }

    public PauseState? Pause { get; }

    public PurposeRule For(Purpose purpose) => _purposes[(int)purpose];

    public HoursRule? HoursOf(Channel channel) => _hours[(int)channel];
}

/// <summary>One channel's own hours.</summary>
internal sealed class HoursRule(HoursState state)
{
    public WeekHours Hours { get; } = WeekHours.Of(state.Windows);

    public bool IsWithinCivil { get; } = state.IsWithinCivil;

    public Utterance Said { get; } = state.Said;
}

/// <summary>What a customer said for one purpose, with every answer's reasons ready.</summary>
internal sealed class PurposeRule
{
    private readonly IReadOnlyList<Reason>[] _welcome;
    private readonly Reason[] _unwelcome;
    private readonly ChannelOrder _refused;
    private readonly bool _isWithinDefault;

    public PurposeRule(Purpose purpose, PurposeState? state)
    {
        IsNamed = state?.Channels is not null;
        Named = ChannelOrder.Of(state?.Channels ?? []);
        _refused = ChannelOrder.Of(state?.Refused.Select(refused => refused.Channel) ?? []);
        _isWithinDefault = state?.IsWithinDefault ?? false;
        _welcome = [.. Channels.All.Select(channel => (IReadOnlyList<Reason>)
            [new Reason { Code = IsNamed ? ReasonCode.Welcome : ReasonCode.AllowedByPolicy, Purpose = purpose, Channel = channel, Said = state?.Said }])];
        _unwelcome = [.. Channels.All.Select(channel => Unwelcome(purpose, channel, state))];
    }

    public bool IsNamed { get; }

    public ChannelOrder Named { get; }

    /// <summary>Whether the customer's wish, or the policy where they named none, permits a channel.</summary>
    public bool Permits(Channel channel, ChannelOrder defaults) =>
        (IsNamed ? Named.Contains(channel) && (!_isWithinDefault || defaults.Contains(channel)) : defaults.Contains(channel)) && !_refused.Contains(channel);

    public IReadOnlyList<Reason> Welcome(Channel channel) => _welcome[(int)channel];

    public Reason Unwelcomed(Channel channel) => _unwelcome[(int)channel];

    private Reason Unwelcome(Purpose purpose, Channel channel, PurposeState? state)
    {
        var refusal = state?.Refused.FirstOrDefault(refused => refused.Channel == channel)?.Said;
        if (IsNamed && Named.IsEmpty) return new Reason { Code = ReasonCode.PurposeUnwelcome, Purpose = purpose, Said = state!.Said };
        if (refusal is not null) return new Reason { Code = ReasonCode.ChannelUnwelcome, Purpose = purpose, Channel = channel, Said = refusal };
        if (IsNamed && !Named.Contains(channel)) return new Reason { Code = ReasonCode.ChannelUnwelcome, Purpose = purpose, Channel = channel, Said = state!.Said };
        return purpose.NeedsOwnYes()
            ? new Reason { Code = ReasonCode.NeedsOwnYes, Purpose = purpose }
            : new Reason { Code = ReasonCode.NotInPolicy, Purpose = purpose, Channel = channel };
    }
}
