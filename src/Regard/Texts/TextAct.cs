using System.Collections.Frozen;

namespace Regard.Texts;

/// <summary>What a text message from a customer does.</summary>
public enum TextAct
{
    /// <summary>No more text messages.</summary>
    Stop,

    /// <summary>What a stop took is given back; it opens nothing else.</summary>
    Start,

    /// <summary>Who writes here?</summary>
    Help,

    /// <summary>A person says something.</summary>
    Words,
}

/// <summary>Reads the words that providers and carriers have agreed on, in the languages of the house.</summary>
public static class TextActs
{
    private static readonly string[] Stops = ["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT", "STOPP", "ABMELDEN", "BAJA", "ALTO"];
    private static readonly string[] Starts = ["START", "UNSTOP", "YES"];
    private static readonly string[] Helps = ["HELP", "INFO", "HILFE", "AYUDA"];

    private static readonly FrozenDictionary<string, TextAct> Known = Of(Stops, TextAct.Stop).Concat(Of(Starts, TextAct.Start)).Concat(Of(Helps, TextAct.Help)).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>
    /// The act of a message. A keyword must be all that it says, but for case, spaces and signs around it: a sentence in which "stop"
    /// occurs is a person's, who is read by a person.
    /// </summary>
    public static TextAct Read(string? body)
    {
        var said = new string([.. (body ?? "").Where(c => !char.IsWhiteSpace(c))]).ToUpperInvariant();
        var from = 0;
        while (from < said.Length && !char.IsLetterOrDigit(said[from])) from++;
        var to = said.Length;
        while (to > from && !char.IsLetterOrDigit(said[to - 1])) to--;
        return Known.GetValueOrDefault(said[from..to], TextAct.Words);
    }

    private static IEnumerable<KeyValuePair<string, TextAct>> Of(string[] words, TextAct act) => words.Select(word => KeyValuePair.Create(word, act));
}
