namespace Regard.Contact;

/// <summary>The kinds of wishes that are found in a text.</summary>
public enum FoundKind
{
    /// <summary>"Leave me alone."</summary>
    NothingAtAll,

    /// <summary>"Only by e-mail."</summary>
    OnlyEmail,

    /// <summary>"Only by telephone."</summary>
    OnlyPhone,

    /// <summary>"Stop calling me."</summary>
    NoPhone,

    /// <summary>"No more e-mails."</summary>
    NoEmail,

    /// <summary>"No text messages."</summary>
    NoText,

    /// <summary>"No advertising."</summary>
    NoOffers,

    /// <summary>"Less often, please."</summary>
    LessOften,
}

/// <summary>A sentence that seems to say a wish. It is a proposal: only a person who read the sentence makes a statement of it.</summary>
/// <param name="Start">Where the sentence begins in the text.</param>
/// <param name="Length">Its length in characters.</param>
/// <param name="Kind">What it seems to say.</param>
public sealed record FoundWish(int Start, int Length, FoundKind Kind)
{
    /// <summary>What it would mean as a statement.</summary>
    public Wish Wish => Kind switch
    {
        FoundKind.NothingAtAll => new Wish { Never = true },
        FoundKind.OnlyEmail => new Wish { OnlyChannels = [Channel.Email] },
        FoundKind.OnlyPhone => new Wish { OnlyChannels = [Channel.Phone] },
        FoundKind.NoPhone => new Wish { NoChannels = [Channel.Phone, Channel.Sms] },
        FoundKind.NoEmail => new Wish { NoChannels = [Channel.Email] },
        FoundKind.NoText => new Wish { NoChannels = [Channel.Sms] },
        FoundKind.NoOffers => new Wish { Purposes = [new PurposeWish(Purpose.Marketing, [])] },
        _ => new Wish { Limits = [new ContactLimit(null, 1, 30)] },
    };

    /// <summary>What it would mean, in a few words.</summary>
    public string InWords => Kind switch
    {
        FoundKind.NothingAtAll => "leave them alone altogether",
        FoundKind.OnlyEmail => "only e-mail",
        FoundKind.OnlyPhone => "only calls",
        FoundKind.NoPhone => "no calls",
        FoundKind.NoEmail => "no e-mails",
        FoundKind.NoText => "no text messages",
        FoundKind.NoOffers => "no offers and news",
        _ => "at most one contact in 30 days",
    };
}
