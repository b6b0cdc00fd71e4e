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
    public string ToCustomer() => Sentence("you", "your", "You") + Quoted("You");

    /// <summary>The reason as a sentence to staff ("they"), ending with the words that decided.</summary>
    public string ToStaff() => Sentence("they", "their", "They") + Quoted("They");

    private string Sentence(string you, string your, string subject) => Code switch
    {
        ReasonCode.Welcome => $"{subject} said that {ChannelWords} is welcome for {PurposeWords}.",
        ReasonCode.AllowedByPolicy => $"Nothing was said against {ChannelWords} for {PurposeWords}, which our rules permit.",
        ReasonCode.PurposeUnwelcome => $"{subject} want no {PurposeWords}.",
        ReasonCode.ChannelUnwelcome => $"{subject} do not want {ChannelWords} for {PurposeWords}.",
        ReasonCode.NeedsOwnYes => $"{Capital(PurposeWords)} need {your} own yes, and {you} have not given it.",
        ReasonCode.NeedsConfirmation => $"A yes to {PurposeWords} was noted, and {you} have not confirmed it {(you == "you" ? "yourself" : "themselves")} yet.",
        ReasonCode.NotInPolicy => $"Our rules do not use {ChannelWords} for {PurposeWords} unless {you} ask for it.",
        ReasonCode.NoAddress => $"We have no address for {ChannelWords}.",
        ReasonCode.Undeliverable => $"The address for {ChannelWords} does not work.",
        ReasonCode.ReportedUnwanted => $"A mail of ours was reported as unwanted; until {you} have told us what {you} want, we begin nothing by {ChannelWords}.",
        ReasonCode.Paused => $"{subject} want to be left in peace until {Moment}.",
        ReasonCode.OutsideTheirHours => $"It is not in the hours that {you} named.",
        ReasonCode.OutsideCivilHours => $"It is not a civil hour for {ChannelWords} where {you} live.",
        ReasonCode.PublicHoliday => $"It is a public holiday where {you} live.",
        ReasonCode.TimeZoneUnknown => $"We do not know where {you} live well enough to find a civil hour for {ChannelWords}.",
        ReasonCode.TheirLimitReached => $"{subject} want at most {LimitWords}, and that is reached.",
        ReasonCode.PolicyLimitReached => $"Our rules permit at most {LimitWords}, and that is reached.",
        ReasonCode.NotYet => $"It is not to happen before {Moment}.",
        ReasonCode.TooLate => "No permitted moment comes before it would be useless.",
        ReasonCode.NoGround => $"It does not say which request of {(you == "you" ? "yours" : "theirs")}, or which law, it rests on.",
        _ => "This has been decided before.",
    };

    private string ChannelWords => Channel is { } channel ? channel.InWords() : "any channel";

    private string PurposeWords => Purpose is { } purpose ? purpose.InWords() : "anything";

    private string LimitWords =>
        Limit is { } limit ? $"{limit.Count} {(limit.Purpose is { } of ? $"contacts for {of.InWords()}" : "contacts")} in {limit.Days} days" : "that many contacts";

    private string Moment => Until is { } until ? until.ToString("uuuu-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) : "further notice";

    private string Quoted(string subject) => Said switch
    {
        null => "",
        { Words: { Length: > 0 } words } => $" {subject} said on {Day(Said)} ({PlaceWords(Said)}): “{words}”",
        { AwaitsConfirmation: true } => $" Noted on {Day(Said)} ({PlaceWords(Said)}), not confirmed yet.",
        _ => $" Chosen on {Day(Said)} ({PlaceWords(Said)}).",
    };

    private static string Day(Utterance said) => said.SaidAt.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);

    private static string PlaceWords(Utterance said) => said.Basis switch
    {
        StatementBasis.Inferred => "concluded from what happened",
        StatementBasis.Imported => "imported",
        _ => Words.Of(said.Place),
    };

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
