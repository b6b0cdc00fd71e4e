namespace Regard.Contact;

/// <summary>Wishes in the form in which the gate asks them: arrays by purpose and channel, reasons made once.</summary>
internal sealed class CompiledWishes
{
    private static readonly HoursRule?[] NoHours = new HoursRule?[Channels.All.Count];
    private static readonly CompiledWishes Silent = new(Wishes.Unsaid);

    private readonly PurposeRule[] _purposes;
    private readonly HoursRule?[] _hours;

    private CompiledWishes(Wishes wishes)
    {
        _purposes = wishes.Purposes.Count == 0 ? PurposeRule.Silent : [.. Purposes.All.Select(purpose => wishes.For(purpose) is { } state ? new PurposeRule(purpose, state) : PurposeRule.Silent[(int)purpose])];
        _hours = wishes.Hours.Count == 0 ? NoHours : [.. Channels.All.Select(channel => Rule(wishes, channel))];
        Limits = wishes.Limits.Count == 0 ? [] : [.. wishes.Limits];
        Pause = wishes.Pause;
        Holidays = wishes.Holidays;
    }

    /// <summary>The compiled form. What is unsaid is one object for all customers: deciding for very many stays in the processor's cache.</summary>
    public static CompiledWishes Of(Wishes wishes) =>
        wishes is { Purposes.Count: 0, Hours.Count: 0, Limits.Count: 0, Pause: null, Holidays: null } && !ReferenceEquals(wishes, Wishes.Unsaid) ? Silent : new CompiledWishes(wishes);

    // A machine calls only at an hour at which a person might.
    private static HoursRule? Rule(Wishes wishes, Channel channel)
    {
        var own = wishes.Hours.FirstOrDefault(hours => hours.Channel == channel);
        var calls = channel == Channel.Voice ? wishes.Hours.FirstOrDefault(hours => hours.Channel == Channel.Phone) : null;
        return (own ?? calls) is { } state ? new HoursRule(state, own is null ? null : calls) : null;
    }

    public LimitState[] Limits { get; }

    public PauseState? Pause { get; }

    public HolidayState? Holidays { get; }

    /// <summary>Whether a channel rests on public holidays: what interrupts does unless the customer said otherwise.</summary>
    public bool RestsOnHolidays(Channel channel) => Holidays switch { null => channel.Interrupts(), { IsWelcome: false } => channel.HasHours(), _ => false };

    public PurposeRule For(Purpose purpose) => _purposes[(int)purpose];

    public HoursRule? HoursOf(Channel channel) => _hours[(int)channel];
}

/// <summary>One channel's own hours.</summary>
internal sealed class HoursRule(HoursState state, HoursState? also = null)
{
    public WeekHours Hours { get; } = also is null ? WeekHours.Of(state.Windows) : WeekHours.Of(state.Windows).And(WeekHours.Of(also.Windows));

    public bool IsWithinCivil { get; } = state.IsWithinCivil || also is { IsWithinCivil: true };

    public Utterance Said { get; } = state.Said;
}

/// <summary>What a customer said for one purpose. Each answer's reasons are made when they are first needed, and then shared.</summary>
internal sealed class PurposeRule
{
    /// <summary>The rules of those who said nothing, by purpose.</summary>
    public static readonly PurposeRule[] Silent = [.. Purposes.All.Select(purpose => new PurposeRule(purpose, null))];

    private readonly Purpose _purpose;
    private readonly PurposeState? _state;
    private readonly ChannelOrder _refused;
    private readonly bool _isWithinDefault;
    private readonly ChannelOrder _proven;
    private readonly IReadOnlyList<Reason>?[] _welcome = new IReadOnlyList<Reason>?[Channels.All.Count];
    private readonly Reason?[] _unwelcomed = new Reason?[Channels.All.Count];

    public PurposeRule(Purpose purpose, PurposeState? state)
    {
        (_purpose, _state) = (purpose, state);
        IsNamed = state?.Channels is not null;
        Named = ChannelOrder.Of(state?.Channels ?? []);
        _refused = ChannelOrder.Of(state?.Refused.Select(refused => refused.Channel) ?? []);
        _isWithinDefault = state?.IsWithinDefault ?? false;
        _proven = purpose == Purpose.Marketing ? ChannelOrder.Of(state?.Proven ?? []) : Named;
    }

    public bool IsNamed { get; }

    public ChannelOrder Named { get; }

    /// <summary>Whether the customer's wish, or the policy where they named none, permits a channel.</summary>
    public bool Permits(Channel channel, ChannelOrder defaults) =>
        (IsNamed ? Named.Contains(channel) && ((_proven.Contains(channel) && !_isWithinDefault) || defaults.Contains(channel)) : defaults.Contains(channel)) && !_refused.Contains(channel);

    public IReadOnlyList<Reason> Welcome(Channel channel) => _welcome[(int)channel] ??=
        [new Reason { Code = IsNamed ? ReasonCode.Welcome : ReasonCode.AllowedByPolicy, Purpose = _purpose, Channel = channel, Said = _state?.Said }];

    public Reason Unwelcomed(Channel channel) => _unwelcomed[(int)channel] ??= WhyNot(channel);

    private Reason WhyNot(Channel channel)
    {
        var refusal = _state?.Refused.FirstOrDefault(refused => refused.Channel == channel)?.Said;
        if (IsNamed && Named.IsEmpty) return new Reason { Code = ReasonCode.PurposeUnwelcome, Purpose = _purpose, Said = _state!.Said };
        if (refusal is not null) return new Reason { Code = ReasonCode.ChannelUnwelcome, Purpose = _purpose, Channel = channel, Said = refusal };
        if (IsNamed && !Named.Contains(channel)) return new Reason { Code = ReasonCode.ChannelUnwelcome, Purpose = _purpose, Channel = channel, Said = _state!.Said };
        if (IsNamed && Named.Contains(channel) && !_proven.Contains(channel)) return new Reason { Code = ReasonCode.NeedsConfirmation, Purpose = _purpose, Channel = channel, Said = _state!.Said };
        return _purpose.NeedsOwnYes()
            ? new Reason { Code = ReasonCode.NeedsOwnYes, Purpose = _purpose }
            : new Reason { Code = ReasonCode.NotInPolicy, Purpose = _purpose, Channel = channel };
    }
}
