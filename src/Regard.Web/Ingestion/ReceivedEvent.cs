namespace Regard.Ingestion;

/// <summary>One event as it came in: a piece of the request's body, and what must be known of it before it is kept.</summary>
internal sealed class ReceivedEvent
{
    /// <summary>How many parts the inbox has: so many workers can be busy at once.</summary>
    public const int Parts = 16;

    public required string MessageId { get; init; }

    /// <summary>The API key that sent it.</summary>
    public required string Source { get; init; }

    /// <summary>What the sender calls it, lower case; not yet checked.</summary>
    public required string Type { get; init; }

    /// <summary><c>user:…</c>, or <c>anonymous:…</c> for a visitor; null = it names nobody.</summary>
    public string? Person { get; init; }

    public required Instant ReceivedAt { get; init; }

    /// <summary>When the sender sent it by its own clock; null = it did not say.</summary>
    public Instant? SentAt { get; init; }

    public required int Ordinal { get; init; }

    /// <summary>The event's JSON. It lies in the request's buffer: valid until the request is answered.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Why it goes to the quarantine at once; null = it is to become facts.</summary>
    public string? Fault { get; init; }

    public int Part => PartOf(Person);

    /// <summary>The part of a person's events: the same on every node and in every version.</summary>
    public static int PartOf(string? person)
    {
        // FNV-1a (32 bit).
        var hash = 2166136261u;
        foreach (var c in person ?? "") hash = (hash ^ c) * 16777619;
        return (int)(hash % Parts);
    }
}
