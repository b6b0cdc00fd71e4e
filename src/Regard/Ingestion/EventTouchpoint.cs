using System.Text;
using Regard.Timeline;

namespace Regard.Ingestion;

/// <summary>How an event reads on the timeline.</summary>
public static class EventTouchpoint
{
    private const int KindLetters = 60;
    private const int SummaryLetters = 200;

    /// <summary>The touchpoint of a track, page or screen; null for the others, which say who somebody is and are no meeting.</summary>
    /// <param name="told">The event.</param>
    /// <param name="source">Who tells.</param>
    public static Touchpoint? Of(CustomerEvent told, string source)
    {
        if (told.Type is not (EventType.Track or EventType.Page or EventType.Screen)) return null;
        return new Touchpoint
        {
            At = told.At,
            Department = Department.Web,
            Kind = told.Type == EventType.Track ? Kind(told.Name) : Words.Of(told.Type),
            Direction = Direction.In,
            Summary = Cut(Summary(told)),
            Body = told.Properties.EnumerateObject().Any() ? told.Properties.Written() : null,
            Source = source,
            SourceId = told.MessageId,
        };
    }

    private static string Summary(CustomerEvent told)
    {
        var about = told.Properties;
        if (told.Type == EventType.Track) return about.Text("name", "title", "query") is { } what ? $"{told.Name}: {what}" : told.Name;
        var name = told.Name.Length > 0 ? told.Name : about.Text("title", "name", "path");
        return name ?? (told.Type == EventType.Page ? "A page" : "A screen");
    }

    /// <summary>An event's name as a word: <c>Product Viewed</c> is <c>product_viewed</c>.</summary>
    private static string Kind(string name)
    {
        var word = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (word.Length == KindLetters) break;
            if (char.IsLetterOrDigit(c)) word.Append(char.ToLowerInvariant(c));
            else if (word.Length > 0 && word[^1] != '_') word.Append('_');
        }
        var kind = word.ToString().Trim('_');
        return kind.Length == 0 ? "event" : kind;
    }

    private static string Cut(string text)
    {
        if (text.Length <= SummaryLetters) return text;
        var end = char.IsHighSurrogate(text[SummaryLetters - 1]) ? SummaryLetters - 1 : SummaryLetters;
        return text[..end];
    }
}
