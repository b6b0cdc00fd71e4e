using System.Text.Json;
using NodaTime.Text;

namespace Regard.Ingestion;

/// <summary>An event of Segment's specification, read and checked.</summary>
public sealed record CustomerEvent
{
    /// <summary>What kind it is.</summary>
    public required EventType Type { get; init; }

    /// <summary>The sender's id of it.</summary>
    public required string MessageId { get; init; }

    /// <summary>When it happened, by our clock.</summary>
    public required Instant At { get; init; }

    /// <summary>The shop's own id of the customer; null = not signed in.</summary>
    public string? UserId { get; init; }

    /// <summary>The id of the browser or device; null = not told.</summary>
    public string? AnonymousId { get; init; }

    /// <summary>Of an alias: the id that is the same user as <see cref="UserId"/>; null otherwise.</summary>
    public string? PreviousId { get; init; }

    /// <summary>Of a group: the account's id in the shop; null otherwise.</summary>
    public string? GroupId { get; init; }

    /// <summary>Of a track the event's name, of a page or screen its name; empty = not told.</summary>
    public string Name { get; init; } = "";

    /// <summary>Traits of an identify or group, otherwise the traits that came with the context. An object.</summary>
    public JsonElement Traits { get; init; }

    /// <summary>The particulars of a track, page or screen. An object.</summary>
    public JsonElement Properties { get; init; }

    /// <summary>The surroundings: consent, locale, time zone. An object.</summary>
    public JsonElement Context { get; init; }

    /// <summary>
    /// Reads an event, or says in a word why it is none: <c>unknown_type</c>, <c>nobody</c> (neither user nor anonymous id),
    /// <c>event_missing</c>, <c>group_id_missing</c>, <c>previous_id_missing</c>, <c>not_an_object</c>.
    /// </summary>
    /// <param name="json">The event's own JSON.</param>
    /// <param name="type">As the sender or the address names it.</param>
    /// <param name="messageId">The id under which it was kept.</param>
    /// <param name="sentAt">When it was sent by the sender's clock; null = not told.</param>
    /// <param name="receivedAt">When it was received.</param>
    public static (CustomerEvent? Event, string? Fault) Read(JsonElement json, string type, string messageId, Instant? sentAt, Instant receivedAt)
    {
        if (json.ValueKind != JsonValueKind.Object) return (null, "not_an_object");
        if (Words.Read<EventType>(type) is not { } kind) return (null, "unknown_type");
        var context = json.Part("context");
        var read = new CustomerEvent
        {
            Type = kind,
            MessageId = messageId,
            At = EventClock.HappenedAt(Moment(json, "originalTimestamp") ?? Moment(json, "timestamp"), sentAt, receivedAt),
            UserId = json.Text("userId"),
            AnonymousId = json.Text("anonymousId"),
            PreviousId = json.Text("previousId"),
            GroupId = json.Text("groupId"),
            Name = json.Text(kind == EventType.Track ? "event" : "name") ?? "",
            Traits = json.Has("traits") ? json.Part("traits") : context.Part("traits"),
            Properties = json.Part("properties"),
            Context = context,
        };
        return Fault(read) is { } fault ? (null, fault) : (read, null);
    }

    private static string? Fault(CustomerEvent read) => read switch
    {
        { Type: EventType.Alias, PreviousId: null } => "previous_id_missing",
        { Type: EventType.Alias, UserId: null } => "nobody",
        { UserId: null, AnonymousId: null } => "nobody",
        { Type: EventType.Track, Name: "" } => "event_missing",
        { Type: EventType.Group, GroupId: null } => "group_id_missing",
        _ => null,
    };

    private static Instant? Moment(JsonElement json, string name) =>
        json.Text(name) is { } text && OffsetDateTimePattern.ExtendedIso.Parse(text).TryGetValue(default, out var at) ? at.ToInstant() : null;
}
