namespace Regard.Contact;

/// <summary>What the customer says of something that stands recorded about them. The record stays; this is a new statement.</summary>
public static class Correction
{
    /// <summary>"Yes, that is right": what was concluded or imported becomes the customer's own word, and the guess counts no more.</summary>
    public static Wish Right(PreferenceStatement recorded) => recorded.Wish with { Withdraws = recorded.StatementId };

    /// <summary>"I did not say that": it counts no more, and nothing comes in its place.</summary>
    public static Wish Wrong(PreferenceStatement recorded) => new() { Withdraws = recorded.StatementId };
}
