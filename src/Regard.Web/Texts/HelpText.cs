using System.Net.Mail;

namespace Regard.Texts;

/// <summary>The answer to whoever asks by text who writes to them, in the language in which they asked.</summary>
internal static class HelpText
{
    public static string Of(string words, RegardSettings settings)
    {
        var house = new MailAddress(settings.MailFrom);
        var name = house.DisplayName.Length > 0 ? house.DisplayName : house.Host;
        var place = settings.Link("/me");
        return TextActs.Read(words) != TextAct.Help ? "" : words.Trim().ToUpperInvariant() switch
        {
            var said when said.Contains("HILFE", StringComparison.Ordinal) => $"Hier schreibt {name}. Fragen: {house.Address} oder {place}. Keine SMS mehr: STOPP",
            var said when said.Contains("AYUDA", StringComparison.Ordinal) => $"Le escribe {name}. Preguntas: {house.Address} o {place}. Para no recibir SMS: BAJA",
            _ => $"This is {name}. Questions: {house.Address} or {place}. No more texts: STOP",
        };
    }
}
