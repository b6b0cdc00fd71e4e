using Regard.Contact;

namespace Regard.Mail;

/// <summary>What is known beside a mail itself.</summary>
public sealed record MailCircumstances
{
    /// <summary>Whether the mail names a message of ours by a sign that only its receiver could know.</summary>
    public bool IsProven { get; init; }

    /// <summary>Whether every report about a message of ours carries such a sign, so that one without it is believed by nobody.</summary>
    public bool NeedsProof { get; init; }

    /// <summary>The purpose of the message that it is about; null = not known.</summary>
    public Purpose? Purpose { get; init; }

    /// <summary>When mails to this address failed for the moment, within <see cref="MailEffect.Memory"/>; this one is not among them.</summary>
    public IReadOnlyList<Instant> EarlierFailures { get; init; } = [];
}

/// <summary>
/// What follows from a mail. Only a person's own act is a wish; what machines say is a fact about an address, leads to work that somebody
/// sees, and never to a contact or to a no that nobody said.
/// </summary>
public sealed record MailEffect
{
    /// <summary>How long failures are remembered.</summary>
    public static readonly Duration Memory = Duration.FromDays(14);

    /// <summary>On so many different days mails must fail for the moment before the address counts as not working.</summary>
    public const int FailingDays = 3;

    /// <summary>The address does not work.</summary>
    public bool IsUndeliverable { get; init; }

    /// <summary>The address is not used any more for what we begin, until somebody has asked the customer.</summary>
    public bool IsObjection { get; init; }

    /// <summary>What the customer wishes; null = they said nothing about it here.</summary>
    public Wish? Wish { get; init; }

    /// <summary>Whether a person waits for an answer.</summary>
    public bool NeedsAnswer { get; init; }

    /// <summary>The title of the work that people must see; null = none.</summary>
    public string? Work { get; init; }

    /// <summary>What happened, for the timeline; null = nothing that belongs there.</summary>
    public string? Note { get; init; }

    /// <summary>What follows from a mail.</summary>
    /// <param name="reading">What it is.</param>
    /// <param name="failed">Of a bounce: what is said of this customer's address; null otherwise.</param>
    /// <param name="known">What is known beside it.</param>
    /// <param name="now">When it came.</param>
    public static MailEffect Of(MailReading reading, FailedRecipient? failed, MailCircumstances known, Instant now) => reading.Kind switch
    {
        MailKind.Bounce when failed is not null => OfBounce(failed, known, now),
        MailKind.Complaint when !reading.IsObjection => new MailEffect(),
        MailKind.Complaint when known.NeedsProof && !known.IsProven => new MailEffect { Work = "A complaint came that does not say about which mail: look at it" },
        MailKind.Complaint => new MailEffect { IsObjection = true, Work = "Ask how they want to be contacted: they reported a mail of ours as unwanted", Note = "Reported a mail of ours as unwanted" },
        MailKind.AutoReply => new MailEffect { Note = "Automatic answer" },
        MailKind.Challenge => new MailEffect { Work = "A filter asks who we are: a person may answer it", Note = "A filter asks who we are" },
        MailKind.Unsubscribe => new MailEffect { Wish = End(known.Purpose), Note = "Unsubscribed by mail" },
        MailKind.Person => new MailEffect { NeedsAnswer = true },
        _ => new MailEffect(),
    };

    private static MailEffect OfBounce(FailedRecipient failed, MailCircumstances known, Instant now)
    {
        var why = Why(failed.Reason) + (failed.Status is { } status ? $" ({status})" : "");
        if (failed.IsDelayed) return new MailEffect { Note = $"A mail is delayed: {why}" };
        if (known.NeedsProof && !known.IsProven) return new MailEffect { Work = "A report came that a mail was not delivered, without a sign that it is true: look at it" };
        var days = known.EarlierFailures.Where(at => at > now - Memory).Append(now).Select(at => at.InUtc().Date).Distinct().Count();
        if (!failed.IsAddressDead && days < FailingDays) return new MailEffect { Note = $"A mail came back: {why}", Work = failed.IsPermanent ? $"A mail was refused: {why}" : null };
        return new MailEffect { IsUndeliverable = true, Note = $"A mail came back: {why}", Work = $"The e-mail address does not work: {why}. Ask for another by a way that is welcome" };
    }

    // Whoever unsubscribes from one thing keeps the others; from nothing in particular, everything that they did not ask for.
    private static Wish End(Purpose? purpose) => new()
    {
        Purposes = purpose is { } one && one.IsOurInitiative() ? [new PurposeWish(one, [])] : [new PurposeWish(Contact.Purpose.Marketing, []), new PurposeWish(Contact.Purpose.Research, [])],
    };

    private static string Why(BounceReason reason) => reason switch
    {
        BounceReason.NoMailbox => "there is no such mailbox",
        BounceReason.NoHost => "the domain takes no mail",
        BounceReason.Disabled => "the mailbox is closed",
        BounceReason.Moved => "the person has moved to another address",
        BounceReason.Full => "the mailbox is full",
        BounceReason.Expired => "their server did not answer in time",
        BounceReason.System => "their server has a problem",
        BounceReason.Rate => "too many mails in a short time",
        BounceReason.TooLarge => "it was too large",
        BounceReason.Content => "a filter did not like the content",
        BounceReason.Sender => "our server or address was refused",
        BounceReason.Policy => "a rule of theirs refused it",
        _ => "no reason was given",
    };
}
