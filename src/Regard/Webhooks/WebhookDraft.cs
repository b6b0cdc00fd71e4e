namespace Regard.Webhooks;

/// <summary>An endpoint as somebody wrote it down.</summary>
/// <param name="Url">Where events go.</param>
/// <param name="Description">For people: which system it is.</param>
/// <param name="EventTypes">What it is told; null or empty = everything, also kinds that come later.</param>
public sealed record WebhookDraft(string? Url, string? Description, IReadOnlyList<string>? EventTypes)
{
    /// <summary>Longest address, in characters.</summary>
    public const int LongestUrl = 2000;

    /// <summary>Longest description, in characters.</summary>
    public const int LongestDescription = 200;

    /// <summary>What is wrong with it, each with its field (<c>url</c>, <c>description</c>, <c>event_types</c>); empty = nothing.</summary>
    /// <param name="allowsPrivate">Whether the operator allows plain HTTP and private networks. What a name leads to is looked at when it is called.</param>
    public IReadOnlyList<(string Field, string Fault)> Faults(bool allowsPrivate)
    {
        var faults = new List<(string, string)>();
        if (UrlFault(allowsPrivate) is { } fault) faults.Add(("url", fault));
        if (Description?.Length > LongestDescription) faults.Add(("description", $"has more than {LongestDescription} letters"));
        foreach (var name in EventTypes ?? [])
            if (!WebhookTypes.IsKnown(name)) faults.Add(("event_types", $"'{(name.Length > 60 ? name[..60] : name)}' is no kind of event"));
        return faults;
    }

    private string? UrlFault(bool allowsPrivate)
    {
        if (string.IsNullOrWhiteSpace(Url)) return "is required";
        if (Url.Length > LongestUrl) return $"has more than {LongestUrl} letters";
        if (!Uri.TryCreate(Url.Trim(), UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http") || uri.Host.Length == 0) return "is no address: write it like https://hooks.shop.example/regard";
        if (uri.UserInfo.Length > 0) return "holds a name or password: deliveries are signed instead, leave it out";
        if (uri.Fragment.Length > 0) return "has a part after #, which is never sent: leave it out";
        if (allowsPrivate) return null;
        return uri.Scheme == Uri.UriSchemeHttps ? null : "must begin with https://";
    }
}
