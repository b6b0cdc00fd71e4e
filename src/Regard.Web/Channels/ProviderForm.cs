using System.Xml.Linq;
using Regard.Contact;
using Regard.Texts;

namespace Regard.Channels;

/// <summary>Writes a message as the form that a provider takes.</summary>
internal static class ProviderForm
{
    /// <summary>Longest instruction for a call that providers take, in characters.</summary>
    private const int LongestCall = 4000;

    /// <summary>The resource that is posted to, and the fields.</summary>
    /// <exception cref="MailFailure">The message is longer than the channel allows, or the house does not use it: nothing was handed over.</exception>
    public static (string Resource, IReadOnlyList<(string Name, string Value)> Fields) Of(MessageProvider provider, ContactPermit permit, MailMessage message, string? callback)
    {
        var fields = new List<(string, string)> { ("To", permit.Address) };
        if (permit.Channel == Channel.Sms && provider.Texts is { } sender)
        {
            fields.Add((sender.StartsWith("MG", StringComparison.Ordinal) ? "MessagingServiceSid" : "From", sender));
            fields.Add(("Body", Text(message, permit.Purpose)));
        }
        else if (permit.Channel == Channel.Voice && provider.Calls is { } number)
        {
            fields.Add(("From", number));
            fields.Add(("Twiml", Spoken(message)));
            if (callback is not null) fields.AddRange([("StatusCallbackEvent", "initiated"), ("StatusCallbackEvent", "answered"), ("StatusCallbackEvent", "completed")]);
        }
        else
        {
            throw new MailFailure(new SendResult(SendOutcome.NotSent, $"This process has no provider for {permit.Channel.InWords()}."));
        }
        if (callback is not null) fields.Add(("StatusCallback", callback));
        return (permit.Channel == Channel.Sms ? "Messages.json" : "Calls.json", fields);
    }

    /// <summary>The text as it is sent: of what the customer asked to be told about things for sale, with the word that ends it.</summary>
    public static string Text(MailMessage message, Purpose purpose)
    {
        var text = message.Text.ReplaceLineEndings("\n").Trim() + (purpose.NeedsOwnYes() ? "\n" + End(message.Language) : "");
        var length = TextLength.Of(text);
        return length.Fits ? text : throw new MailFailure(new SendResult(SendOutcome.Rejected, $"The text is longer than {TextLength.MostParts} parts: it would be {length}."));
    }

    private static string Spoken(MailMessage message)
    {
        var paragraphs = message.Text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var say = paragraphs.SelectMany(paragraph => new[] { new XElement("Pause", new XAttribute("length", 1)), new XElement("Say", new XAttribute("language", Tongue(message.Language)), Plain(paragraph)) });
        var twiml = new XElement("Response", say).ToString(SaveOptions.DisableFormatting);
        return twiml.Length <= LongestCall ? twiml : throw new MailFailure(new SendResult(SendOutcome.Rejected, $"The text is too long to be read aloud: at most {LongestCall} characters."));
    }

    // Only ASCII and Latin letters of the GSM alphabet: one other sign would make the whole message twice as long.
    private static string End(string? language) => LetterBook.Language(language) switch
    {
        "de" => "Keine SMS mehr: STOPP",
        "es" => "Para no recibir SMS: BAJA",
        _ => "No more texts: STOP",
    };

    private static string Tongue(string? language) => LetterBook.Language(language) switch { "de" => "de-DE", "es" => "es-ES", _ => "en-GB" };

    private static string Plain(string text) => new([.. text.Where(c => !char.IsControl(c) || c == '\n')]);
}
