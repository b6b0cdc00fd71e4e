using System.Text.Json;

namespace Regard.Mail;

/// <summary>Reads what Amazon SES reports as JSON, when its notices are subscribed to by mail.</summary>
internal static class SesNotice
{
    /// <summary>The reading; null = it is no such notice.</summary>
    public static MailReading? Read(string text)
    {
        var start = text.IndexOf('{', StringComparison.Ordinal);
        if (start < 0 || start > 2000 || !text.Contains("notificationType", StringComparison.Ordinal) && !text.Contains("eventType", StringComparison.Ordinal)) return null;
        // Line ends that a mail program put into the document mean nothing there; what follows its end is the subscription's small print.
        var json = text[start..].Replace("\n", "", StringComparison.Ordinal);
        json = json[..(json.LastIndexOf('}') + 1)];
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowTrailingCommas = true, MaxDepth = 32 });
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static MailReading? Read(JsonElement notice)
    {
        // The notification service wraps the notice in its own document.
        if (Text(notice, "Message") is { Length: > 0 } inner) return Read(inner);
        var mail = Of(notice, "mail");
        var about = new[] { Text(Of(mail, "commonHeaders"), "messageId")?.Trim('<', '>'), Text(mail, "messageId") }.OfType<string>().Distinct().ToList();
        var to = Items(mail, "destination").Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : "").Where(address => address.Length > 0).ToList();
        return (Text(notice, "notificationType") ?? Text(notice, "eventType")) switch
        {
            "Bounce" => new MailReading { Kind = MailKind.Bounce, Sign = "ses", About = about, AboutAddresses = to, Recipients = [.. Items(Of(notice, "bounce"), "bouncedRecipients").Select(one => Recipient(one, Text(Of(notice, "bounce"), "bounceType") == "Permanent"))] },
            "Complaint" => new MailReading
            {
                Kind = MailKind.Complaint,
                Sign = "ses",
                About = about,
                AboutAddresses = [.. Items(Of(notice, "complaint"), "complainedRecipients").Select(one => Text(one, "emailAddress")).OfType<string>()],
                FeedbackType = Text(Of(notice, "complaint"), "complaintFeedbackType") ?? "abuse",
            },
            "Delivery" => new MailReading { Kind = MailKind.Receipt, Sign = "ses", About = about, AboutAddresses = to },
            _ => null,
        };
    }

    private static FailedRecipient Recipient(JsonElement one, bool isPermanent)
    {
        var said = Text(one, "diagnosticCode") ?? "";
        var code = StatusCode.Find(said) is { Class: not null } found ? found : StatusCode.Find(Text(one, "status") ?? "");
        var reason = BounceWords.Reason(said);
        return new FailedRecipient
        {
            Address = Text(one, "emailAddress") is { } address ? Mailbox.Read(address)?.Address ?? address : "",
            IsPermanent = isPermanent,
            IsDelayed = Text(one, "action") == "delayed",
            Status = code.Enhanced ?? Text(one, "status"),
            Reason = reason == BounceReason.Unknown ? code.Reason : reason,
            Diagnostic = BounceText.Short(said),
        };
    }

    private static JsonElement Of(JsonElement parent, string name) => parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) ? value : default;

    private static string? Text(JsonElement parent, string name) => Of(parent, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private static JsonElement[] Items(JsonElement parent, string name) => Of(parent, name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : [];
}
