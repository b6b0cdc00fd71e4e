using System.Globalization;

namespace Regard.Contact;

/// <summary>One reason of a decision, with what decided it. Shared between decisions: never changed.</summary>
public sealed record Reason
{
    /// <summary>What kind of reason.</summary>
    public required ReasonCode Code { get; init; }

    /// <summary>The purpose it is about; null = whatever the purpose.</summary>
    public Purpose? Purpose { get; init; }

    /// <summary>The channel it is about; null = whatever the channel.</summary>
    public Channel? Channel { get; init; }

    /// <summary>The statement that decided; null = no statement did.</summary>
    public Utterance? Said { get; init; }

    /// <summary>When the reason ends; null = it does not end by itself.</summary>
    public Instant? Until { get; init; }

    /// <summary>The limit that is reached, for the two codes about limits.</summary>
    public ContactLimit? Limit { get; init; }

    /// <summary>The reason as a sentence to the customer ("you"), ending with the words that decided.</summary>
    /// <param name="language">Theirs, as far as the house speaks it.</param>
    /// <param name="zone">Theirs; null = not known, moments are written in UTC and say so.</param>
    public string ToCustomer(HouseLanguage language = HouseLanguage.English, DateTimeZone? zone = null) =>
        ReasonPhrases.Sentence(this, language, zone) + ReasonPhrases.Quoted(Said, language, zone);

    /// <summary>The reason as a sentence to staff ("they"), ending with the words that decided.</summary>
    public string ToStaff() => Sentence + Quoted;

    private string Sentence => Code switch
    {
        ReasonCode.Welcome => $"They said that {ChannelWords} is welcome for {PurposeWords}.",
        ReasonCode.AllowedByPolicy => $"Nothing was said against {ChannelWords} for {PurposeWords}, which our rules permit.",
        ReasonCode.PurposeUnwelcome => $"They want no {PurposeWords}.",
        ReasonCode.ChannelUnwelcome => $"They do not want {ChannelWords} for {PurposeWords}.",
        ReasonCode.NeedsOwnYes => $"{Phrase.Capital(PurposeWords)} need their own yes, and they have not given it.",
        ReasonCode.NeedsConfirmation => $"A yes to {PurposeWords} was noted, and they have not confirmed it themselves yet.",
        ReasonCode.NotInPolicy => $"Our rules do not use {ChannelWords} for {PurposeWords} unless they ask for it.",
        ReasonCode.NoAddress => $"We have no address for {ChannelWords}.",
        ReasonCode.Undeliverable => $"The address for {ChannelWords} does not work.",
        ReasonCode.ReportedUnwanted => $"A mail of ours was reported as unwanted; until they have told us what they want, we begin nothing by {ChannelWords}.",
        ReasonCode.NotOffered => $"We do not use {ChannelWords} at all.",
        ReasonCode.Paused => $"They want to be left in peace until {Moment}.",
        ReasonCode.OutsideTheirHours => "It is not in the hours that they named.",
        ReasonCode.OutsideCivilHours => $"It is not a civil hour for {ChannelWords} where they live.",
        ReasonCode.PublicHoliday => "It is a public holiday where they live.",
        ReasonCode.TimeZoneUnknown => $"We do not know where they live well enough to find a civil hour for {ChannelWords}.",
        ReasonCode.TheirLimitReached => $"They want at most {LimitWords}, and that is reached.",
        ReasonCode.PolicyLimitReached => $"Our rules permit at most {LimitWords}, and that is reached.",
        ReasonCode.NotYet => $"It is not to happen before {Moment}.",
        ReasonCode.TooLate => "No permitted moment comes before it would be useless.",
        ReasonCode.NoGround => "It does not say which request of theirs, or which law, it rests on.",
        _ => "This has been decided before.",
    };

    private string ChannelWords => Channel is { } channel ? channel.InWords() : "any channel";

    private string PurposeWords => Purpose is { } purpose ? purpose.InWords() : "anything";

    private string LimitWords =>
        Limit is { } limit ? $"{limit.Count} {(limit.Purpose is { } of ? $"contacts for {of.InWords()}" : "contacts")} in {limit.Days} days" : "that many contacts";

    private string Moment => Until is { } until ? until.ToString("uuuu-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) : "further notice";

    private string Quoted => Said switch
    {
        null => "",
        { Words: { Length: > 0 } words } => $" They said on {Day(Said)} ({ContactPhrases.Came(Said, HouseLanguage.English)}): “{words}”",
        { AwaitsConfirmation: true } => $" Noted on {Day(Said)} ({ContactPhrases.Came(Said, HouseLanguage.English)}), not confirmed yet.",
        _ => $" Chosen on {Day(Said)} ({ContactPhrases.Came(Said, HouseLanguage.English)}).",
    };

    private static string Day(Utterance said) => said.SaidAt.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
}
