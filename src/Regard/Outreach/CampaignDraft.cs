using System.Globalization;
using Regard.Contact;

namespace Regard.Outreach;

/// <summary>A campaign before it is started: one message to many, of whom each is asked for through the gate.</summary>
public sealed record CampaignDraft
{
    /// <summary>The longest title, in characters.</summary>
    public const int LongestTitle = 200;

    /// <summary>How long a campaign may go on, in days.</summary>
    public const int LongestDays = 366;

    /// <summary>The languages in which messages are written.</summary>
    public static IReadOnlyList<string> Languages { get; } = [.. HouseLanguages.All.Select(language => language.Tag())];

    /// <summary>What it is called among staff. Customers do not see it.</summary>
    public string Title { get; init; } = "";

    /// <summary>Why; null = not chosen yet.</summary>
    public Purpose? Purpose { get; init; }

    /// <summary>The law, for a legal notice; null otherwise.</summary>
    public string? LegalGround { get; init; }

    /// <summary>The acceptable channels, the best first; empty = the best way for each customer.</summary>
    public IReadOnlyList<Channel> Channels { get; init; } = [];

    /// <summary>Nobody is contacted before this; null = as soon as it is started.</summary>
    public Instant? Earliest { get; init; }

    /// <summary>After this it is useless; null = not chosen yet.</summary>
    public Instant? LatestUseful { get; init; }

    /// <summary>The message by language. A customer whose language is not among them gets the first in the order of <see cref="Languages"/>.</summary>
    public IReadOnlyDictionary<string, CampaignMessage> Messages { get; init; } = new Dictionary<string, CampaignMessage>(StringComparer.Ordinal);

    /// <summary>The message that somebody of this language gets.</summary>
    /// <exception cref="InvalidOperationException">There is no message at all.</exception>
    public (string Language, CampaignMessage Message) MessageFor(string language)
    {
        var chosen = Messages.ContainsKey(language) ? language : Languages.FirstOrDefault(Messages.ContainsKey) ?? throw new InvalidOperationException("The campaign has no message.");
        return (chosen, Messages[chosen]);
    }

    /// <summary>The fields that any of its messages names.</summary>
    public IReadOnlySet<CampaignField> Fields => Messages.Values.SelectMany(message => message.Fields).ToHashSet();

    /// <summary>Everything that must be put right before it can be kept; empty = nothing.</summary>
    public IReadOnlyList<CampaignProblem> Problems(Instant now) => [.. OfHead(now), .. OfMessages()];

    private IEnumerable<CampaignProblem> OfHead(Instant now)
    {
        if (string.IsNullOrWhiteSpace(Title)) yield return new("title", "Give it a title, by which your colleagues find it again.");
        else if (Title.Length > LongestTitle) yield return new("title", Shorten(LongestTitle));
        if (Purpose is null) yield return new("purpose", "Say why you write: it decides whose wishes permit it.");
        if (Purpose == Contact.Purpose.Service) yield return new("purpose", "An answer to a customer's own order or case must name it, and cannot go to many. If you tell them of something, that is care.");
        if (Purpose == Contact.Purpose.Legal && string.IsNullOrWhiteSpace(LegalGround)) yield return new("legal_ground", "Name the law that requires it, for example: product recall, GPSR art. 35.");
        if (LegalGround?.Length > LongestTitle) yield return new("legal_ground", Shorten(LongestTitle));
        if (LatestUseful is not { } latest) yield return new("latest_useful", "Say until when it is of use: what is not permitted until then is not sent.");
        else if (latest <= now) yield return new("latest_useful", "This moment is over.");
        else if (latest <= Earliest) yield return new("latest_useful", "It ends before it begins.");
        else if (latest - now > Duration.FromDays(LongestDays)) yield return new("latest_useful", "A message that is of use for more than a year is no campaign.");
    }

    private IEnumerable<CampaignProblem> OfMessages()
    {
        if (Messages.Count == 0) yield return new("text_en", "Write the message in at least one language.");
        foreach (var (language, message) in Messages.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (!Languages.Contains(language)) yield return new("text_en", $"There are no letters in '{language}': write in {string.Join(", ", Languages)}.");
            if (string.IsNullOrWhiteSpace(message.Subject)) yield return new($"subject_{language}", "Give it a subject.");
            else if (message.Subject.Length > CampaignMessage.LongestSubject) yield return new($"subject_{language}", Shorten(CampaignMessage.LongestSubject));
            if (string.IsNullOrWhiteSpace(message.Text)) yield return new($"text_{language}", "Write the message.");
            else if (message.Text.Length > CampaignMessage.LongestText) yield return new($"text_{language}", Shorten(CampaignMessage.LongestText));
            else if (message.Unknown.Count > 0) yield return new($"text_{language}", $"No field is called {string.Join(", ", message.Unknown.Select(name => $"{{{{{name}}}}}"))}. There are {Named(CampaignFields.All)}.");
            else if (message.IsGeneric && Purpose is not Contact.Purpose.Legal)
                yield return new($"text_{language}", $"This would read the same to everybody. Say what about this customer it rests on: {Named(CampaignFields.All.Where(field => field.IsTheirOwn()))}. A name alone is not enough.");
        }
    }

    private static string Named(IEnumerable<CampaignField> fields) => string.Join(", ", fields.Select(field => $"{{{{{Words.Of(field)}}}}} ({field.InWords()})"));

    private static string Shorten(int limit) => string.Create(CultureInfo.InvariantCulture, $"Shorten it to {limit} characters.");
}

/// <summary>Why a campaign cannot be kept as it is.</summary>
/// <param name="Field">The field of the form, such as <c>title</c> or <c>text_en</c>.</param>
/// <param name="Text">What to do, for the person who filled it in.</param>
public sealed record CampaignProblem(string Field, string Text);
