using System.ComponentModel;
using System.Text.Json;
using Regard.Api;
using Regard.Storage;
using Regard.Texts;

namespace Regard.Contact;

/// <summary>What may be asked of the gate over the API, of one customer or of all. No field leads past a wish.</summary>
internal abstract record ContactQuestion
{
    /// <summary>How long something is taken to be of use when nobody says so.</summary>
    public static readonly Duration Useful = Duration.FromDays(14);

    private const int LongestWord = 200;

    [Description("Required. Why: service (answers the customer's own request, order or case, and must name it in about), care, marketing, research or legal.")]
    public Purpose? Purpose { get; init; }

    [Description("Required. What it is about, as kind:id, for example order:1001, case:…, change:….")]
    public string? About { get; init; }

    [Description("The acceptable channels, the best first: email, phone, sms, letter, portal, visit. Absent or empty = any: the best way, as each customer wishes.")]
    public IReadOnlyList<Channel>? Channels { get; init; }

    [Description("Not before this moment; absent = as soon as it is permitted.")]
    public Instant? Earliest { get; init; }

    [Description("After this moment it is useless: what is not permitted until then is refused, and becomes visible work. Absent = in 14 days.")]
    public Instant? LatestUseful { get; init; }

    [Description("For the purpose legal: the law it rests on, for example: product recall, GPSR art. 35.")]
    public string? LegalGround { get; init; }

    protected void Check(Faults faults, Instant now)
    {
        faults.When(Purpose is null, "/purpose", "is required: service, care, marketing, research or legal");
        faults.When(string.IsNullOrWhiteSpace(About), "/about", "is required: what it is about, as kind:id");
        faults.When(About?.Length > LongestWord, "/about", $"has more than {LongestWord} letters");
        faults.When(LegalGround?.Length > LongestWord, "/legal_ground", $"has more than {LongestWord} letters");
        faults.When(LatestUseful <= now, "/latest_useful", "must lie in the future");
        faults.When(Earliest >= (LatestUseful ?? now + Useful), "/earliest", "must lie before latest_useful, which is in 14 days when it is absent");
    }

    protected ContactRequest Of(Guid customerId, string step, Instant now) => new()
    {
        CustomerId = customerId,
        Purpose = Purpose!.Value,
        About = About!,
        Step = step,
        Channels = Channels ?? [],
        Earliest = Earliest,
        LatestUseful = LatestUseful ?? now + Useful,
        LegalGround = LegalGround,
    };

    protected static void CheckWord(Faults faults, string? word, string pointer) => faults.When(word?.Length > LongestWord, pointer, $"has more than {LongestWord} letters");
}

/// <summary>What is planned for everybody; each customer is decided for, one by one, as for a real contact.</summary>
internal sealed record AudienceQuestion : ContactQuestion
{
    /// <exception cref="ApiRefusal">422.</exception>
    public ContactRequest Request(Instant now)
    {
        var faults = new Faults();
        Check(faults, now);
        faults.Refuse();
        return Of(Guid.Empty, "preview", now);
    }
}

/// <summary>A contact as the API takes it.</summary>
internal sealed record ContactOrder : ContactQuestion
{
    private const int LongestText = 100_000;
    private const int LongestTask = 8 * 60;

    [Description("Required. Whom; the id of a merged profile reaches the one in which it lives on.")]
    public Guid? CustomerId { get; init; }

    [Description("Required, but not for a preview. The one step that this contact is, in your own words, for example order:1001:late. Whatever is asked twice under one step for one customer happens once at most.")]
    public string? Step { get; init; }

    [Description("The subject of a mail and of a message in the portal.")]
    public string? Subject { get; init; }

    [Description("The text, plain, paragraphs apart by an empty line.")]
    public string? Text { get; init; }

    [Description("The text in a sentence or two, for a text message or a call by a machine; without it the whole text is used.")]
    public string? ShortText { get; init; }

    [Description("In place of subject and text: a letter of the house, in the customer's language.")]
    public LetterKind? Template { get; init; }

    [Description("The fields of the template: texts, truth values, and lists of such fields. A missing or unknown field refuses the letter.")]
    public JsonElement? Fields { get; init; }

    [Description("When it becomes a call or a visit: the title of the task; absent = the subject.")]
    public string? TaskTitle { get; init; }

    [Description("When it becomes a call or a visit: how many minutes it is expected to take, 1 to 480; 10 when absent.")]
    public int? Minutes { get; init; }

    /// <param name="now">When it is asked.</param>
    /// <param name="isPreview">Nothing is written: neither a step nor a text is needed.</param>
    /// <exception cref="ApiRefusal">422.</exception>
    public ContactRequest Request(Instant now, bool isPreview)
    {
        var faults = new Faults();
        Check(faults, now);
        faults.When(CustomerId is null, "/customer_id", "is required");
        if (!isPreview) CheckContent(faults);
        faults.Refuse();
        return Of(CustomerId!.Value, isPreview ? "preview" : Step!, now);
    }

    private void CheckContent(Faults faults)
    {
        faults.When(string.IsNullOrWhiteSpace(Step), "/step", "is required: a name of your own for this one contact, so that it cannot happen twice");
        CheckWord(faults, Step, "/step");
        CheckWord(faults, Subject, "/subject");
        CheckWord(faults, TaskTitle, "/task_title");
        faults.When(Template is null && string.IsNullOrWhiteSpace(Subject), "/subject", "is required, or a template");
        faults.When(Template is null && string.IsNullOrWhiteSpace(Text), "/text", "is required, or a template");
        faults.When(Template is not null && (Subject is not null || Text is not null), "/template", "comes in place of subject and text: send one or the other");
        faults.When(Text?.Length > LongestText, "/text", $"has more than {LongestText} letters");
        if (Template is null && Channels?.Contains(Channel.Sms) == true && TextLength.Of(ShortText ?? Text ?? "") is { Parts: > TextLength.MostParts } length)
            faults.When(true, ShortText is null ? "/text" : "/short_text", $"is longer than a text message of {TextLength.MostParts} parts: it would be {length}");
        faults.When(Minutes is < 1 or > LongestTask, "/minutes", $"is 1 to {LongestTask}");
    }
}
