namespace Regard.Contact;

/// <summary>What the forms about wishes send; the same fields on the customer page, in the portal and on the page behind a link.</summary>
public sealed record WishForm
{
    public string? Place { get; init; }
    public string? Words { get; init; }
    public string? Asked { get; init; }
    public string? Everything { get; init; }
    public string? Service { get; init; }
    public string? Care { get; init; }
    public string? Marketing { get; init; }
    public string? Research { get; init; }
    public string? PauseUntil { get; init; }
    public string? AtMost { get; init; }
    public string? HoursDays { get; init; }
    public string? HoursFrom { get; init; }
    public string? HoursTo { get; init; }
    public string? Language { get; init; }
    public string? Preview { get; init; }

    /// <summary>The page to go back to; anything but a path of ours is ignored.</summary>
    public string? Back { get; init; }

    /// <summary>The form as somebody would fill it in who read these sentences.</summary>
    public static WishForm Of(IReadOnlyList<FoundWish> found, string text, StatementPlace place) => new()
    {
        Place = Written(place),
        Words = string.Join(" … ", found.Select(one => text.Substring(one.Start, one.Length)).Distinct()),
        Everything = found.Select(one => one.Kind switch
        {
            FoundKind.NothingAtAll => "never",
            FoundKind.OnlyEmail => "only email",
            FoundKind.OnlyPhone => "only phone",
            FoundKind.NoPhone => "no phone",
            FoundKind.NoEmail => "no email",
            FoundKind.NoText => "no sms",
            _ => null,
        }).FirstOrDefault(choice => choice is not null),
        Marketing = found.Any(one => one.Kind == FoundKind.NoOffers) ? "none" : null,
        AtMost = found.Any(one => one.Kind == FoundKind.LessOften) ? "1" : null,
    };

    /// <summary>What can be chosen for one purpose, for staff; the empty value says nothing about it.</summary>
    public static IReadOnlyList<(string Value, string Text)> Choices { get; } =
    [
        ("", "Nothing said: leave as it is"), ("email", "Only e-mail"), ("email phone", "E-mail first, then a call"), ("phone", "Only calls"), ("phone email", "A call first, then e-mail"),
        ("portal", "Only messages in the portal"), ("letter", "Only letters"), ("sms", "Only text messages"), ("email sms", "E-mail first, then a text message"),
        ("sms phone", "A text message first, then a call"), ("voice", "Only calls by a machine"), ("sms voice", "A text message first, then a call by a machine"), ("none", "Not at all"),
    ];

    private static readonly IReadOnlyList<(string Value, Phrase Text)> Everythings =
    [
        ("", WishPhrases.Keep), ("only email", WishPhrases.OnlyEmail), ("only email phone", WishPhrases.EmailThenCall), ("only phone", WishPhrases.OnlyPhone), ("only portal", WishPhrases.OnlyPortal),
        ("only letter", WishPhrases.OnlyLetter), ("only sms", WishPhrases.OnlySms), ("no phone", WishPhrases.NoPhone), ("no sms", WishPhrases.NoSms), ("no voice", WishPhrases.NoVoice),
        ("no email", WishPhrases.NoEmail), ("no letter", WishPhrases.NoLetter), ("never", WishPhrases.Never),
    ];

    private static readonly IReadOnlyList<(string Value, Phrase Text)> Days =
        [("", WishPhrases.NoHours), ("weekdays", WishPhrases.Weekdays), ("every", WishPhrases.EveryDay), ("weekend", WishPhrases.Weekend)];

    /// <summary>What can be said for everything at once.</summary>
    public static IReadOnlyList<(string Value, string Text)> EverythingIn(HouseLanguage language) => [.. Everythings.Select(one => (one.Value, one.Text.In(language)))];

    /// <summary>On which days the hours hold.</summary>
    public static IReadOnlyList<(string Value, string Text)> DaysIn(HouseLanguage language) => [.. Days.Select(one => (one.Value, one.Text.In(language)))];

    /// <summary>The wish that the form says, in the customer's zone (null = unknown); what is wrong with it instead, in a sentence.</summary>
    public (Wish? Wish, Phrase? Fault) Read(string? timeZone)
    {
        var purposes = new List<PurposeWish>();
        foreach (var (purpose, choice) in new[] { (Purpose.Service, Service), (Purpose.Care, Care), (Purpose.Marketing, Marketing), (Purpose.Research, Research) })
        {
            if (string.IsNullOrWhiteSpace(choice)) continue;
            if (ReadChannels(choice) is not { } channels) return (null, WishPhrases.BadChoice);
            purposes.Add(new PurposeWish(purpose, channels));
        }
        var (pause, pauseFault) = ReadPause(PauseUntil, timeZone);
        var (limits, limitFault) = ReadLimit();
        var (hours, hoursFault) = ReadHours();
        if ((pauseFault ?? limitFault ?? hoursFault) is { } fault) return (null, fault);
        var wish = new Wish { Purposes = purposes.Count == 0 ? null : purposes, PauseUntil = pause, Limits = limits, Hours = hours, Language = string.IsNullOrWhiteSpace(Language) ? null : Language.Trim() };
        if (string.IsNullOrEmpty(Everything)) return wish == new Wish() ? (null, WishPhrases.NoChoice) : (wish, null);
        return OfEverything(Everything, wish) is { } whole ? (whole, null) : (null, WishPhrases.BadChoice);
    }

    /// <summary>A wish with what is said for everything at once; null = that is no choice of the form.</summary>
    public static Wish? OfEverything(string everything, Wish wish) => everything switch
    {
        "never" => wish with { Never = true },
        "no phone" => wish with { NoChannels = [Channel.Phone, Channel.Sms] },
        "no email" => wish with { NoChannels = [Channel.Email] },
        "no sms" => wish with { NoChannels = [Channel.Sms] },
        "no voice" => wish with { NoChannels = [Channel.Voice] },
        "no letter" => wish with { NoChannels = [Channel.Letter] },
        "only letter" => wish with { OnlyChannels = [Channel.Letter] },
        "only sms" => wish with { OnlyChannels = [Channel.Sms] },
        "only email" => wish with { OnlyChannels = [Channel.Email] },
        "only email phone" => wish with { OnlyChannels = [Channel.Email, Channel.Phone] },
        "only phone" => wish with { OnlyChannels = [Channel.Phone] },
        "only portal" => wish with { OnlyChannels = [Channel.Portal] },
        _ => null,
    };

    // Within this record, Words are the customer's.
    private static string Written<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static List<Channel>? ReadChannels(string choice)
    {
        if (choice == "none") return [];
        var channels = choice.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => Enum.TryParse<Channel>(word, ignoreCase: true, out var channel) && Enum.IsDefined(channel) && !char.IsDigit(word[0]) ? channel : (Channel?)null).ToList();
        return channels.Count is > 0 and <= 7 && channels.TrueForAll(channel => channel is not null) ? [.. channels.Select(channel => channel!.Value)] : null;
    }

    /// <summary>The end of a pause that is written as a date; null without a fault = there is none.</summary>
    internal static (Instant?, Phrase?) ReadPause(string? text, string? timeZone)
    {
        if (string.IsNullOrWhiteSpace(text)) return (null, null);
        if (!NodaTime.Text.LocalDatePattern.Iso.Parse(text).TryGetValue(default, out var day)) return (null, WishPhrases.BadDate);
        // Without a zone the pause ends when the day has begun everywhere.
        var zone = timeZone is null ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(timeZone);
        return (zone is null ? day.AtMidnight().InUtc().ToInstant() + Duration.FromHours(12) : day.AtStartOfDayInZone(zone).ToInstant(), null);
    }

    private (IReadOnlyList<ContactLimit>?, Phrase?) ReadLimit()
    {
        if (string.IsNullOrWhiteSpace(AtMost)) return (null, null);
        return int.TryParse(AtMost, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var count) && count <= 100
            ? ([new ContactLimit(null, count, 30)], null)
            : (null, WishPhrases.BadCount);
    }

    private (IReadOnlyList<HoursWish>?, Phrase?) ReadHours()
    {
        if (string.IsNullOrWhiteSpace(HoursDays)) return (null, null);
        var time = NodaTime.Text.LocalTimePattern.CreateWithInvariantCulture("HH:mm");
        if (!time.Parse(HoursFrom ?? "").TryGetValue(default, out var from) || !time.Parse(HoursTo ?? "").TryGetValue(default, out var to))
            return (null, WishPhrases.BadHours);
        IsoDayOfWeek[]? days = HoursDays switch
        {
            "weekdays" => [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday],
            "weekend" => [IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday],
            "every" => [.. Enum.GetValues<IsoDayOfWeek>().Where(day => day != IsoDayOfWeek.None)],
            _ => null,
        };
        return days is null ? (null, WishPhrases.BadChoice) : ([new HoursWish([Channel.Phone, Channel.Sms, Channel.Visit], [new ContactWindow(days, from, to)])], null);
    }
}
