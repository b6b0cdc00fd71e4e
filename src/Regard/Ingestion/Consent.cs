using Regard.Contact;

namespace Regard.Ingestion;

/// <summary>What events say about being contacted. They can only tighten: a consent that a web site claims is no yes of the customer's.</summary>
public static class Consent
{
    private static readonly HashSet<string> Categories = new(StringComparer.OrdinalIgnoreCase) { "Advertising", "Marketing", "Email", "Newsletter" };

    /// <summary>
    /// The refusal that an event tells, with the words of it and an id under which the same refusal is known again; null = it tells none.
    /// A trait <c>unsubscribed</c> or an event <c>Unsubscribed</c> is one, and so is a consent category of marketing that is off.
    /// </summary>
    /// <param name="told">The event.</param>
    public static (Wish Wish, string Words, string SourceId)? Refusal(CustomerEvent told)
    {
        var isUnsubscribing = told.Traits.Truth("unsubscribed") == true || told.Traits.Truth("emailUnsubscribed") == true
            || (told.Type == EventType.Track && told.Name.Trim().ToLowerInvariant() is "unsubscribed" or "email unsubscribed");
        var noMarketing = new Wish { Purposes = [new PurposeWish(Purpose.Marketing, [])] };
        if (isUnsubscribing) return (noMarketing, "unsubscribed", told.MessageId);
        var preferences = told.Context.Part("consent").Part("categoryPreferences");
        foreach (var category in preferences.EnumerateObject())
        {
            // Every event of a visit carries the consent: once a day is enough to keep it.
            if (Categories.Contains(category.Name) && preferences.Truth(category.Name) == false)
                return (noMarketing, $"consent to {category.Name.ToLowerInvariant()} is off", $"consent:{told.At.InUtc().Date:uuuu-MM-dd}");
        }
        return null;
    }
}
