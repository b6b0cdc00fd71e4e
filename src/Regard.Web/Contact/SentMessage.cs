using Regard.Timeline;

namespace Regard.Contact;

/// <summary>A message that left, as the timeline tells it.</summary>
internal static class SentMessage
{
    public static Touchpoint Touchpoint(OutboxRow row, Instant now) => new()
    {
        At = now,
        Department = Department.Service,
        Kind = row.Channel switch { "portal" => "message", "sms" => "text", "voice" => "machine_call", "letter" => "letter", _ => "mail" },
        Channel = row.Channel,
        Direction = Direction.Out,
        Summary = row.Subject,
        Source = "outbox",
        SourceId = row.OutboxId.ToString(),
    };
}
