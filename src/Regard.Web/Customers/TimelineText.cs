using Regard.Contact;
using Regard.Layout;
using Regard.Timeline;

namespace Regard.Customers;

/// <summary>Touchpoints in words and icons.</summary>
internal static class TimelineText
{
    public static readonly IReadOnlyList<(string Value, string Text)> Departments =
        [("", "Every department"), .. Enum.GetValues<Department>().Select(department => (Words.Of(department), department.ToString()))];

    public static string Icon(string kind, string? channel) => (channel ?? kind) switch
    {
        "phone" or "call" or "voicemail" => Icons.Phone,
        "email" or "mail" => Icons.Email,
        "sms" => Icons.Sms,
        "voice" => Icons.Phone,
        "letter" => Icons.Letter,
        "visit" => Icons.Visit,
        _ => kind switch
        {
            "order" or "purchase" => Icons.Orders,
            "return" or "refund" => Icons.Return,
            "delivery" or "shipment" => Icons.Product,
            "case" or "complaint" => Icons.Cases,
            "preference" or "wish" => Icons.Heart,
            "page" or "screen" => Icons.Link,
            _ => Icons.Note,
        },
    };

    /// <summary>Where somebody said what stands in a touchpoint; null = it is none in which anybody says anything.</summary>
    public static StatementPlace? Place(string kind, string? channel) => (kind, channel) switch
    {
        ("voicemail", _) or (_, "voicemail") => StatementPlace.Voicemail,
        ("text", _) => StatementPlace.Text,
        ("mail" or "email", _) => StatementPlace.Mail,
        ("call", _) or (_, "call" or "phone") => StatementPlace.Call,
        _ => null,
    };

    /// <summary>"Survey answer" for "survey_answer".</summary>
    public static string Kind(string kind) => FactText.Topic(kind);

    public static string Direction(string direction) => direction switch
    {
        "in" => "from them",
        "out" => "from us",
        _ => "",
    };

    public static string Department(string word) => FactText.Topic(word);
}
