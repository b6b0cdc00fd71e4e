namespace Regard.Contact;

/// <summary>One channel's hours while statements are folded.</summary>
internal sealed class HoursFold(Channel channel)
{
    private WeekHours? _hours;
    private bool _isWithinCivil;
    private Utterance? _said;

    /// <summary>Hours for this channel. An empty list of the customer's own ends what they named; one of another basis says nothing.</summary>
    public void Name(IReadOnlyList<ContactWindow> windows, Utterance said, bool own)
    {
        if (own) (_hours, _isWithinCivil, _said) = (windows.Count == 0 ? null : WeekHours.Of(windows), false, windows.Count == 0 ? null : said);
        else if (windows.Count > 0) Tighten(WeekHours.Of(windows), isWithinCivil: _hours is null || _isWithinCivil, said);
    }

    /// <summary>Keeps only the hours that both profiles permit.</summary>
    public void Unite(HoursFold other)
    {
        if (_hours is null && other._hours is null) return;
        var isWithinCivil = _isWithinCivil || other._isWithinCivil || _hours is null || other._hours is null;
        if (other._hours is { } hours) Tighten(hours, isWithinCivil, other._said!);
        _isWithinCivil = isWithinCivil;
    }

    public HoursState? ToState() => _hours is null ? null : new HoursState(channel, _hours.ToWindows(), _isWithinCivil, _said!);

    private void Tighten(WeekHours hours, bool isWithinCivil, Utterance said) =>
        (_hours, _isWithinCivil, _said) = (_hours?.And(hours) ?? hours, isWithinCivil, said);
}
