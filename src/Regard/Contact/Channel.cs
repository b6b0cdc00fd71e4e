namespace Regard.Contact;

/// <summary>A way to reach a customer. The order of declaration is part of stored records' bit sets: never change it.</summary>
public enum Channel
{
    /// <summary>E-mail.</summary>
    Email,

    /// <summary>A call by a person.</summary>
    Phone,

    /// <summary>A text message.</summary>
    Sms,

    /// <summary>Mail on paper.</summary>
    Letter,

    /// <summary>A message that waits in the customer's portal. Nothing is pushed.</summary>
    Portal,

    /// <summary>A visit by a person.</summary>
    Visit,

    /// <summary>A call by a machine that reads a text aloud. Only whoever asked for it gets one: "by phone" is a person's call.</summary>
    Voice,
}

/// <summary>What follows from a channel, for everybody alike.</summary>
public static class Channels
{
    /// <summary>All channels, in their order.</summary>
    public static IReadOnlyList<Channel> All { get; } = Enum.GetValues<Channel>();

    /// <summary>Whether it interrupts: a call, a text or a visit needs a civil hour; the others wait until the customer looks.</summary>
    public static bool Interrupts(this Channel channel) => channel is Channel.Phone or Channel.Sms or Channel.Visit or Channel.Voice;

    /// <summary>
    /// What "not this way" means: whoever wants no calls wants none from a machine either, unless they ask for it afterwards. A machine
    /// is never more welcome than a person.
    /// </summary>
    public static IReadOnlyList<Channel> Refused(IReadOnlyList<Channel> channels) => channels.Contains(Channel.Phone) && !channels.Contains(Channel.Voice) ? [.. channels, Channel.Voice] : channels;

    /// <summary>Whether it reaches the customer at a moment that we choose, so that hours the customer named for everything hold for it.</summary>
    public static bool HasHours(this Channel channel) => channel is not (Channel.Letter or Channel.Portal);

    /// <summary>The name in a sentence.</summary>
    public static string InWords(this Channel channel) => channel switch
    {
        Channel.Email => "e-mail",
        Channel.Phone => "a call",
        Channel.Sms => "a text message",
        Channel.Letter => "a letter",
        Channel.Portal => "a message in the portal",
        Channel.Voice => "a call by a machine",
        _ => "a visit",
    };
}
