namespace Regard.Contact;

/// <summary>
/// The words that a customer agrees to when they say yes to offers. A version is never changed: a statement that names it says for ever
/// what was agreed to. New words are a new version.
/// </summary>
/// <param name="Version">Its name in statements.</param>
/// <param name="Texts">The text by language (BCP 47, the first subtag); English is always among them.</param>
public sealed record ConsentWording(string Version, IReadOnlyDictionary<string, string> Texts)
{
    /// <summary>The version that is shown today.</summary>
    public static ConsentWording Current { get; } = new("offers-1", new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["en"] = "Yes, send me offers and news by e-mail. I can end this at any time, with the link in every such mail.",
        ["de"] = "Ja, schicken Sie mir Angebote und Neuigkeiten per E-Mail. Ich kann das jederzeit beenden, mit dem Link in jeder dieser E-Mails.",
        ["es"] = "Sí, envíenme ofertas y novedades por correo electrónico. Puedo terminarlo en cualquier momento, con el enlace de cada uno de esos correos.",
    });

    /// <summary>Every version that was ever shown.</summary>
    public static IReadOnlyList<ConsentWording> All { get; } = [Current];

    /// <summary>The language of a text that is one of the wordings; null = it is none, and whoever wrote it did so in their own language.</summary>
    public static HouseLanguage? LanguageOf(string? text) =>
        All.SelectMany(wording => wording.Texts).Where(pair => pair.Value == text).Select(pair => HouseLanguages.Read(pair.Key)).FirstOrDefault();

    /// <summary>The text in a customer's language; English where there is none in theirs.</summary>
    /// <param name="language">BCP 47; null = not known.</param>
    public string For(string? language) => Texts.GetValueOrDefault((language ?? "en").Split('-')[0]) ?? Texts["en"];
}
