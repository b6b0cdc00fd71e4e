using System.Text.Json;
using NodaTime.Text;
using Regard.Api;

namespace Regard.Ingestion;

/// <summary>
/// Cuts a request into its events without building a tree of it: each event stays the bytes that were sent, and only its type, id and
/// person are read.
/// </summary>
/// <param name="source">The API key that sends.</param>
/// <param name="now">When the request came in.</param>
internal sealed class EventReader(string source, Instant now)
{
    private const int EventCountLimit = 2500;
    private const int IdLimit = 200;

    /// <summary>The events of a batch, in their order.</summary>
    /// <exception cref="ApiRefusal">400 when the body is no JSON object with a batch, 413 when it has too many events.</exception>
    public IReadOnlyList<ReceivedEvent> ReadBatch(ReadOnlyMemory<byte> json) => Guarded(() =>
    {
        var (events, context, sentAt) = Cut(json);
        if (events is null) throw ApiProblem.Malformed("A batch is an object with the events in the array batch.", ApiFault.At("/batch", "is missing")).Refusal();
        var received = new ReceivedEvent[events.Count];
        for (var i = 0; i < received.Length; i++)
        {
            var (start, length) = events[i];
            received[i] = ReadEvent(json.Slice(start, length), null, i, sentAt, json.Slice(context.Start, context.Length));
        }
        return received;
    });

    /// <summary>The one event of a request whose address says its type.</summary>
    /// <exception cref="ApiRefusal">400 when the body is no JSON object.</exception>
    public IReadOnlyList<ReceivedEvent> ReadOne(ReadOnlyMemory<byte> json, string type) => Guarded<IReadOnlyList<ReceivedEvent>>(() =>
    {
        var reader = new Utf8JsonReader(json.Span);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw ApiProblem.Malformed("The body is no JSON object.").Refusal();
        reader.Skip();
        if (reader.Read()) throw ApiProblem.Malformed("Something follows the JSON object.").Refusal();
        return [ReadEvent(json, type, 0, null, default)];
    });

    private static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (JsonException)
        {
            throw ApiProblem.Malformed("The body is no JSON.").Refusal();
        }
    }

    private static (List<(int Start, int Length)>? Events, (int Start, int Length) Context, Instant? SentAt) Cut(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span);
        List<(int, int)>? events = null;
        (int, int) context = default;
        Instant? sentAt = null;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isBatch, isContext, isSentAt) = (reader.ValueTextEquals("batch"u8), reader.ValueTextEquals("context"u8), reader.ValueTextEquals("sentAt"u8));
            reader.Read();
            if (isBatch && reader.TokenType == JsonTokenType.StartArray) events = CutArray(ref reader);
            else if (isContext && reader.TokenType == JsonTokenType.StartObject) context = Piece(ref reader);
            else if (isSentAt) sentAt = Moment(ref reader);
            else reader.Skip();
        }
        // Reads on to the end: what follows the object is malformed, and the reader says so.
        while (reader.Read()) reader.Skip();
        return (events, context, sentAt);
    }

    private static List<(int, int)> CutArray(ref Utf8JsonReader reader)
    {
        var pieces = new List<(int, int)>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (pieces.Count == EventCountLimit) throw ApiProblem.TooLarge($"A batch has at most {EventCountLimit} events.").Refusal();
            pieces.Add(Piece(ref reader));
        }
        return pieces;
    }

    private static (int Start, int Length) Piece(ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return (start, (int)reader.BytesConsumed - start);
    }

    private ReceivedEvent ReadEvent(ReadOnlyMemory<byte> json, string? type, int ordinal, Instant? sentAt, ReadOnlyMemory<byte> context)
    {
        var reader = new Utf8JsonReader(json.Span);
        reader.Read();
        var isObject = reader.TokenType == JsonTokenType.StartObject;
        var hasContext = false;
        string? id = null, user = null, anonymous = null;
        while (isObject && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("messageId"u8)) id = Word(ref reader);
            else if (reader.ValueTextEquals("userId"u8)) user = Word(ref reader);
            else if (reader.ValueTextEquals("anonymousId"u8)) anonymous = Word(ref reader);
            else if (type is null && reader.ValueTextEquals("type"u8)) type = Word(ref reader);
            else if (reader.ValueTextEquals("sentAt"u8))
            {
                reader.Read();
                sentAt = Moment(ref reader) ?? sentAt;
            }
            else
            {
                hasContext |= reader.ValueTextEquals("context"u8);
                reader.Read();
                reader.Skip();
            }
        }
        return new ReceivedEvent
        {
            MessageId = id ?? Ids.New(now).ToString(),
            Source = source,
            Type = type?.ToLowerInvariant() ?? "",
            Person = user is not null ? "user:" + user : anonymous is not null ? "anonymous:" + anonymous : null,
            ReceivedAt = now,
            SentAt = sentAt,
            Ordinal = ordinal,
            Body = isObject && !hasContext && !context.IsEmpty ? WithContext(json, context) : json,
            Fault = !isObject ? "not_an_object" : json.Length > EventBody.EventLimit ? "too_large" : null,
        };
    }

    /// <summary>The event with the context that its batch gave for all.</summary>
    private static ReadOnlyMemory<byte> WithContext(ReadOnlyMemory<byte> json, ReadOnlyMemory<byte> context)
    {
        var isEmpty = json.Span[1..].TrimStart(" \t\r\n"u8)[0] == (byte)'}';
        return (byte[])[.. "{\"context\":"u8, .. context.Span, .. isEmpty ? ""u8 : ","u8, .. json.Span[1..]];
    }

    /// <summary>A short text or number; null for anything else, for nothing, and for text that no database keeps.</summary>
    private static string? Word(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && reader.ValueSpan.Length <= 40) return System.Text.Encoding.ASCII.GetString(reader.ValueSpan);
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return null;
        }
        if (reader.ValueSpan.Length is 0 or > IdLimit * 6) return null;
        try
        {
            var word = reader.GetString()!.Trim();
            return word.Length is 0 or > IdLimit || word.Any(char.IsControl) ? null : word;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair.
            return null;
        }
    }

    private static Instant? Moment(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length <= 40 && OffsetDateTimePattern.ExtendedIso.Parse(reader.GetString()!).TryGetValue(default, out var at))
            return at.ToInstant();
        reader.Skip();
        return null;
    }
}
