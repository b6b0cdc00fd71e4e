namespace Regard.Webhooks;

/// <summary>A kind of event that other systems can be told of.</summary>
/// <param name="Name">Its name on the wire; never changes.</param>
/// <param name="Meaning">What has happened, in a sentence for whoever chooses it.</param>
public sealed record WebhookType(string Name, string Meaning);

/// <summary>All kinds of events. A kind is added here together with the place that tells it, never before.</summary>
public static class WebhookTypes
{
    /// <summary>A customer said how they want to be contacted.</summary>
    public const string PreferenceChanged = "preference.changed";

    /// <summary>The gate decided about a contact.</summary>
    public const string ContactDecided = "contact.decided";

    /// <summary>A contact reached its channel.</summary>
    public const string ContactDelivered = "contact.delivered";

    /// <summary>A contact did not arrive, or nobody knows whether it did.</summary>
    public const string ContactFailed = "contact.failed";

    /// <summary>A contact came too late to be of use.</summary>
    public const string ContactExpired = "contact.expired";

    /// <summary>A contact that waited was taken back by us.</summary>
    public const string ContactCancelled = "contact.cancelled";

    /// <summary>Two profiles became one.</summary>
    public const string CustomerMerged = "customer.merged";

    /// <summary>A merge was undone.</summary>
    public const string CustomerUnmerged = "customer.unmerged";

    /// <summary>A customer was erased at their wish.</summary>
    public const string CustomerErased = "customer.erased";

    /// <summary>A case was opened.</summary>
    public const string CaseOpened = "case.opened";

    /// <summary>A case ended.</summary>
    public const string CaseResolved = "case.resolved";

    /// <summary>A change of prices or products was registered.</summary>
    public const string ChangeRegistered = "change.registered";

    /// <summary>Somebody wants to know whether an endpoint works. It goes to that endpoint alone, whatever it chose.</summary>
    public const string Test = "webhook.test";

    /// <summary>What an endpoint can choose from.</summary>
    public static IReadOnlyList<WebhookType> All { get; } =
    [
        new(PreferenceChanged, "A customer said how they want to be contacted"),
        new(ContactDecided, "The gate decided about a contact: permitted, deferred or refused, and why"),
        new(ContactDelivered, "A message was handed over, or a call was made"),
        new(ContactFailed, "A contact did not arrive, came back, or is not certain to have arrived"),
        new(ContactExpired, "A contact came too late to be of use"),
        new(ContactCancelled, "A contact that waited was taken back by us: a campaign was stopped, a change was withdrawn, or another message says it"),
        new(CustomerMerged, "Two profiles became one"),
        new(CustomerUnmerged, "A merge was undone"),
        new(CustomerErased, "A customer was erased at their wish: erase them too"),
        new(CaseOpened, "A case was opened"),
        new(CaseResolved, "A case ended"),
        new(ChangeRegistered, "A change of prices or products was registered"),
    ];

    /// <summary>Whether this is the name of a kind that can be chosen.</summary>
    public static bool IsKnown(string name) => All.Any(type => type.Name == name);
}
