namespace Regard.Contact;

/// <summary>
/// Folds statements into wishes, in the order in which they were said. The customer's own word replaces what they said before about the
/// same matter; an inferred or imported statement only takes away; merging two profiles keeps only what both permit.
/// </summary>
internal sealed class WishFold
{
    private readonly PurposeFold[] _purposes = [.. Purposes.All.Select(purpose => new PurposeFold(purpose))];
    private readonly HoursFold[] _hours = [.. Channels.All.Select(channel => new HoursFold(channel))];
    private List<LimitState> _limits = [];
    private PauseState? _pause;
    private HolidayState? _holidays;
    private (string? Text, Instant At) _language;
    private (string? Text, Instant At) _person;

    public static WishFold Of(IReadOnlyList<PreferenceStatement> statements, IReadOnlyList<ProfileMerge> merges)
    {
        var withdrawn = statements.Where(s => s.IsOwnWord && s.Wish.Withdraws is not null).Select(s => s.Wish.Withdraws!.Value).ToHashSet();
        var standing = statements.Where(s => !withdrawn.Contains(s.StatementId)).OrderBy(s => s.SaidAt).ThenBy(s => s.StatementId).ToList();
        var own = new Queue<PreferenceStatement>(standing.Where(s => s.OriginId is null));
        var known = merges.GroupBy(merge => merge.ProfileId).ToDictionary(same => same.Key, same => same.Max(merge => merge.At));
        // A merge waits for what is under way at both profiles, and nodes' clocks differ: whatever was said to the absorbed one was said before it.
        var absorbed = standing.Where(s => s.OriginId is not null).GroupBy(s => s.OriginId!.Value)
            .Select(group => (At: known.TryGetValue(group.Key, out var at) ? Instant.Max(at, group.Max(s => s.SaidAt)) : Instant.MaxValue, Profile: group.Key, Statements: group.ToList()))
            .Concat(known.Where(merge => standing.All(s => s.OriginId != merge.Key)).Select(merge => (At: merge.Value, Profile: merge.Key, Statements: new List<PreferenceStatement>())))
            .OrderBy(profile => profile.At).ThenBy(profile => profile.Profile);
        var fold = new WishFold();
        foreach (var (at, _, said) in absorbed)
        {
            while (own.TryPeek(out var next) && next.SaidAt <= at) fold.Apply(own.Dequeue());
            var other = new WishFold();
            foreach (var statement in said) other.Apply(statement);
            fold.Unite(other);
        }
        foreach (var statement in own) fold.Apply(statement);
        return fold;
    }

    public Wishes ToWishes() => new()
    {
        Purposes = [.. _purposes.Select(purpose => purpose.ToState()).OfType<PurposeState>()],
        Hours = [.. _hours.Select(hours => hours.ToState()).OfType<HoursState>()],
        Limits = _limits,
        Pause = _pause,
        Holidays = _holidays,
        Language = _language.Text,
        Person = _person.Text,
    };

    private void Apply(PreferenceStatement statement)
    {
        var (wish, said, own) = (statement.Wish, statement.Quote(), statement.IsOwnWord);
        foreach (var purpose in _purposes)
        {
            if (wish.Never == true) purpose.Refuse(Channels.All, said, isWhole: own);
            if (wish.OnlyChannels is { } only) purpose.Only(ChannelOrder.Of(only), said, own);
            if (wish.NoChannels is { Count: > 0 } none) purpose.Refuse(Channels.Refused(none), said, isWhole: false);
        }
        foreach (var named in wish.Purposes ?? []) _purposes[(int)named.Purpose].Name(ChannelOrder.Of(named.Channels), said, own);
        foreach (var hours in wish.Hours ?? [])
            foreach (var channel in hours.Channels ?? [.. Channels.All.Where(c => c.HasHours())])
                _hours[(int)channel].Name(hours.Windows, said, own);
        if (wish.Limits is { } limits) Limit(limits, said, own);
        if (wish.PauseUntil is { } until && (own || _pause is null || until > _pause.Until)) _pause = new PauseState(until, said);
        if (wish.OnHolidays is { } welcome && (own || !welcome)) _holidays = new HolidayState(welcome, said);
        if (wish.Language is { Length: > 0 } language) _language = (language, said.SaidAt);
        if (wish.Person is { } person && own) _person = (person.Length == 0 ? null : person, said.SaidAt);
    }

    private void Limit(IReadOnlyList<ContactLimit> limits, Utterance said, bool own)
    {
        var replaced = own ? limits.Select(limit => limit.Purpose).ToHashSet() : [];
        var keepsNone = own && limits.Count == 0;
        _limits = [.. keepsNone ? [] : _limits.Where(state => !replaced.Contains(state.Limit.Purpose)), .. limits.Select(limit => new LimitState(limit, said))];
    }

    private void Unite(WishFold other)
    {
        for (var n = 0; n < _purposes.Length; n++) _purposes[n].Unite(other._purposes[n]);
        for (var n = 0; n < _hours.Length; n++) _hours[n].Unite(other._hours[n]);
        _limits = [.. _limits, .. other._limits];
        if (other._pause is { } pause && (_pause is null || pause.Until > _pause.Until)) _pause = pause;
        UniteHolidays(other._holidays);
        if (other._language.Text is not null && (_language.Text is null || other._language.At > _language.At)) _language = other._language;
        if (other._person.Text is not null && (_person.Text is null || other._person.At > _person.At)) _person = other._person;
    }

    // A welcome holds only when both said it.
    private void UniteHolidays(HolidayState? other)
    {
        if (other is { IsWelcome: false } || _holidays is { IsWelcome: true }) _holidays = other;
    }
}
