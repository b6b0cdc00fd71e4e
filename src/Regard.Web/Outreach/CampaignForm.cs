using System.Runtime.Serialization;
using NodaTime.Text;
using Regard.Contact;

namespace Regard.Outreach;

/// <summary>What was typed into the form for a campaign. It goes back into the form as it was when something must be put right.</summary>
public sealed record CampaignForm
{
    private static readonly LocalDateTimePattern Time = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    public string? Title { get; init; }
    public string? Purpose { get; init; }

    [DataMember(Name = "legal_ground")]
    public string? LegalGround { get; init; }

    public string? Channels { get; init; }
    public string? Earliest { get; init; }

    [DataMember(Name = "latest_useful")]
    public string? LatestUseful { get; init; }

    public string? Countries { get; init; }
    public string? Language { get; init; }
    public string? Product { get; init; }
    public string? Category { get; init; }

    [DataMember(Name = "bought_since")]
    public string? BoughtSince { get; init; }

    [DataMember(Name = "ordered_since")]
    public string? OrderedSince { get; init; }

    [DataMember(Name = "silent_since")]
    public string? SilentSince { get; init; }

    [DataMember(Name = "subject_en")]
    public string? SubjectEn { get; init; }

    [DataMember(Name = "text_en")]
    public string? TextEn { get; init; }

    [DataMember(Name = "subject_de")]
    public string? SubjectDe { get; init; }

    [DataMember(Name = "text_de")]
    public string? TextDe { get; init; }

    [DataMember(Name = "subject_es")]
    public string? SubjectEs { get; init; }

    [DataMember(Name = "text_es")]
    public string? TextEs { get; init; }

    /// <summary>Sent with the form when it is opened, so that pressing twice keeps one campaign.</summary>
    [DataMember(Name = "form_id")]
    public string? FormId { get; init; }

    /// <summary>The ways that the form offers.</summary>
    public static IReadOnlyList<(string Value, string Text)> Ways { get; } =
    [
        ("", "The best way for each customer"), ("email", "Only e-mail"), ("email portal", "E-mail, else a message in the portal"), ("portal", "Only messages in the portal"), ("phone email", "A call, else e-mail"), ("phone", "Only calls"), ("letter", "Only letters"),
    ];

    /// <summary>Subject and text of a language.</summary>
    public (string? Subject, string? Text) Message(string language) => language switch { "en" => (SubjectEn, TextEn), "de" => (SubjectDe, TextDe), _ => (SubjectEs, TextEs) };

    /// <summary>The form of a campaign that is kept.</summary>
    internal static CampaignForm Of(CampaignRow row, DateTimeZone zone)
    {
        var (draft, segment) = (row.Draft(), row.Whom());
        CampaignMessage? In(string language) => draft.Messages.GetValueOrDefault(language);
        return new CampaignForm
        {
            Title = draft.Title,
            Purpose = row.Purpose,
            LegalGround = draft.LegalGround,
            Channels = row.Channels,
            Earliest = Written(draft.Earliest, zone),
            LatestUseful = Written(draft.LatestUseful, zone),
            Countries = string.Join(", ", segment.Countries),
            Language = segment.Languages.Count == 1 ? segment.Languages[0] : "",
            Product = segment.Product,
            Category = segment.Category,
            BoughtSince = Written(segment.BoughtSince),
            OrderedSince = Written(segment.OrderedSince),
            SilentSince = Written(segment.SilentSince),
            SubjectEn = In("en")?.Subject,
            TextEn = In("en")?.Text,
            SubjectDe = In("de")?.Subject,
            TextDe = In("de")?.Text,
            SubjectEs = In("es")?.Subject,
            TextEs = In("es")?.Text,
        };
    }

    /// <summary>What the form says, and which of its dates cannot be read.</summary>
    internal (CampaignInput Input, IReadOnlyList<CampaignProblem> Unreadable) Read(DateTimeZone zone)
    {
        var unreadable = new List<CampaignProblem>();
        Instant? Moment(string field, string? text)
        {
            if (string.IsNullOrWhiteSpace(text)) return null;
            if (Time.Parse(text.Trim()[..Math.Min(text.Trim().Length, 16)]) is { Success: true } time) return time.Value.InZoneLeniently(zone).ToInstant();
            unreadable.Add(new(field, "Write it as 2026-12-31T18:00."));
            return null;
        }
        LocalDate? Day(string field, string? text)
        {
            if (string.IsNullOrWhiteSpace(text)) return null;
            if (LocalDatePattern.Iso.Parse(text.Trim()) is { Success: true } day) return day.Value;
            unreadable.Add(new(field, "Write it as 2026-12-31."));
            return null;
        }
        var input = new CampaignInput
        {
            Title = Title,
            Purpose = Words.Read<Purpose>(Purpose),
            LegalGround = LegalGround,
            Channels = [.. (Channels ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => Words.Read<Channel>(word)).OfType<Channel>()],
            Earliest = Moment("earliest", Earliest),
            LatestUseful = Moment("latest_useful", LatestUseful),
            Segment = new AudienceSegment
            {
                Countries = [.. (Countries ?? "").Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
                Languages = string.IsNullOrWhiteSpace(Language) ? [] : [Language.Trim()],
                Product = Product,
                Category = Category,
                BoughtSince = Day("bought_since", BoughtSince),
                OrderedSince = Day("ordered_since", OrderedSince),
                SilentSince = Day("silent_since", SilentSince),
            },
            Messages = CampaignDraft.Languages.Where(language => Message(language) is var (subject, text) && !(string.IsNullOrWhiteSpace(subject) && string.IsNullOrWhiteSpace(text)))
                .ToDictionary(language => language, language => (CampaignMessage?)new CampaignMessage(Message(language).Subject ?? "", Message(language).Text ?? ""), StringComparer.Ordinal),
        };
        return (input, unreadable);
    }

    private static string? Written(Instant? at, DateTimeZone zone) => at is { } moment ? Time.Format(moment.InZone(zone).LocalDateTime) : null;

    private static string? Written(LocalDate? day) => day is { } date ? LocalDatePattern.Iso.Format(date) : null;
}
