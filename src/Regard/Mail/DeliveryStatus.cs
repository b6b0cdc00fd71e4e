using System.Text.RegularExpressions;

namespace Regard.Mail;

/// <summary>Reads delivery status notifications (RFC 3464) in their own form.</summary>
internal static partial class DeliveryStatus
{
    /// <summary>What is said of each recipient; null = there is no such part. Empty = it names nobody.</summary>
    /// <param name="mail">The report.</param>
    /// <param name="notice">What it says in words.</param>
    /// <param name="arrived">Whether all of it is good news.</param>
    public static List<FailedRecipient>? Read(MailPart mail, string notice, out bool arrived)
    {
        arrived = false;
        var parts = mail.OwnParts().Where(part => part.Type.Name is "message/delivery-status" or "message/global-delivery-status").ToList();
        var groups = parts.Count > 0 ? [.. parts.SelectMany(part => MailHeader.Groups(part.Body.Span))] : InText(notice);
        if (parts.Count == 0 && groups.Count == 0) return null;
        var recipients = new List<FailedRecipient>();
        var good = 0;
        foreach (var group in groups)
        {
            var recipient = Recipient(group, notice);
            if (recipient is null) continue;
            if (Value(group, "Action") is { } action && action.Trim().ToLowerInvariant() is "delivered" or "relayed" or "expanded" or "deliverable") good++;
            else if (!recipients.Exists(known => known.Address == recipient.Address)) recipients.Add(recipient);
        }
        arrived = good > 0 && recipients.Count == 0;
        return recipients;
    }

    // The same fields, pasted into the text by a gateway that knew no better.
    private static List<List<MailField>> InText(string notice) =>
        InWords().IsMatch(notice) && Recipients().Match(notice) is { Success: true } first
            ? [.. MailHeader.Groups(System.Text.Encoding.UTF8.GetBytes(notice[first.Index..])).Where(group => Value(group, "Status") is not null || Value(group, "Action") is not null)]
            : [];

    private static FailedRecipient? Recipient(List<MailField> group, string notice)
    {
        var final = Address(Value(group, "Final-Recipient"));
        var original = Address(Value(group, "Original-Recipient"));
        var address = final ?? original ?? Address(Value(group, "X-Actual-Recipient"));
        var said = Value(group, "Diagnostic-Code") ?? Value(group, "X-Original-Diagnostic-Code") ?? "";
        if (address is null && Value(group, "Status") is null && Value(group, "Action") is null) return null;
        var stated = Value(group, "Status") is { } status && Plain().Match(status) is { Success: true } plain ? plain.Value : null;
        var diagnostic = StatusCode.Find(said);
        var code = diagnostic.IsSpecific || stated is null or "5.0.0" or "4.0.0" ? diagnostic with { Enhanced = diagnostic.Enhanced ?? stated } : diagnostic with { Enhanced = stated };
        if (code.Enhanced is "5.0.0" or "4.0.0" && diagnostic.Reply is { } reply) code = code with { Enhanced = $"{reply / 100}.0.0" };
        var isDelayed = Value(group, "Action")?.Trim().StartsWith("delayed", StringComparison.OrdinalIgnoreCase) == true;
        var words = said.Length > 0 ? said : Value(group, "Status") ?? "";
        var reason = BounceWords.Reason(words) is var own && own != BounceReason.Unknown ? own
            : code.IsSpecific && code.Reason != BounceReason.Unknown ? code.Reason : BounceWords.Reason(notice);
        return new FailedRecipient
        {
            Address = address ?? "",
            OriginalAddress = original,
            IsPermanent = !isDelayed && (code.Class ?? 5) == 5,
            IsDelayed = isDelayed,
            Status = code.Enhanced,
            Reason = reason != BounceReason.Unknown ? reason : code.Reason,
            Diagnostic = BounceText.Short(words),
        };
    }

    private static string? Address(string? value)
    {
        if (value is null) return null;
        var plain = value[(value.IndexOf(';', StringComparison.Ordinal) + 1)..].Trim();
        return (Mailbox.Read(plain)?.Address ?? plain.Trim('<', '>', '"', ' ')) is { Length: > 0 } address ? address : null;
    }

    private static string? Value(List<MailField> group, string name) => group.Find(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value;

    [GeneratedRegex(@"[245]\.\d{1,3}\.\d{1,3}")]
    private static partial Regex Plain();

    [GeneratedRegex(@"^(?:Status|Action|Diagnostic-Code): ?\S", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex InWords();

    [GeneratedRegex(@"^(?:Final|Original)-Recipient: ?\S", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Recipients();
}
