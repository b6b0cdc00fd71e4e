using Regard.Contact;

namespace Regard.Demo;

/// <summary>What a customer of the demo shop said about being contacted.</summary>
internal sealed record DemoSaying(StatementPlace Place, StatementBasis Basis, string? Words, Wish Wish);

/// <summary>A customer with a name worth remembering: one for every kind of wish. They are the first of the coffee devotees.</summary>
internal sealed record DemoStory(string Given, string Family, string AddressAs, string Language, string Country, string TimeZone, DemoSaying Saying);

internal static class DemoStories
{
    private static readonly IReadOnlyList<IsoDayOfWeek> Weekdays = [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday];

    public static readonly IReadOnlyList<DemoStory> All =
    [
        new("Maria", "Gruber", "Frau Gruber, per Sie", "de", "AT", "Europe/Vienna", Told(StatementPlace.Call, "Bitte nur per E-Mail, im Labor kann ich nicht telefonieren.", new Wish { OnlyChannels = [Channel.Email] })),
        new("Jonathan", "Whitaker", "Mr Whitaker", "en", "GB", "Europe/London", Told(StatementPlace.Call, "Ring me, Tuesdays or Thursdays between two and five. I don't read mail.",
            new Wish { Purposes = [new(Purpose.Care, [Channel.Phone]), new(Purpose.Service, [Channel.Phone])], Hours = [Between([IsoDayOfWeek.Tuesday, IsoDayOfWeek.Thursday], 14, 17)] })),
        new("Carmen", "Álvarez", "Carmen, de tú", "es", "ES", "Europe/Madrid", Told(StatementPlace.Call, "Mejor por teléfono, y siempre por la tarde, a partir de las cinco.",
            new Wish { Purposes = [new(Purpose.Care, [Channel.Phone, Channel.Email])], Hours = [Between(Weekdays, 17, 20)] })),
        new("Käthe", "Neumann", "Frau Neumann, per Sie", "de", "DE", "Europe/Berlin", Told(StatementPlace.Mail, "Ich möchte überhaupt nicht mehr kontaktiert werden.", new Wish { Never = true })),
        new("Florence", "Hawkins", "Florence", "en", "GB", "Europe/London", Told(StatementPlace.Portal, "Once a season is plenty.", new Wish { Limits = [new ContactLimit(null, 1, 90)] })),
        new("Andrzej", "Wójcik", "Mr Wójcik", "pl", "PL", "Europe/Warsaw", Told(StatementPlace.Mail, "I am travelling until spring, please write after that.", new Wish { PauseUntil = Instant.MaxValue })),
        new("Hélène", "Fournier", "Madame Fournier, vouvoyer", "fr", "FR", "Europe/Paris", Told(StatementPlace.Store, "Une lettre, c'est tout ce que je lis.", new Wish { OnlyChannels = [Channel.Letter] })),
        new("Walter", "Brandt", "Herr Dr. Brandt, per Sie", "de", "DE", "Europe/Berlin", Told(StatementPlace.Call, "Wenn jemand anruft, dann bitte nur Frau Lindner.", new Wish { Purposes = [new(Purpose.Care, [Channel.Phone])], Person = "Anna Lindner" })),
        new("Sophie", "Langley", "Sophie", "en", "GB", "Europe/London", Told(StatementPlace.Portal, "Happy to hear about new roasts by mail, and to answer a question now and then.",
            new Wish { Purposes = [new(Purpose.Marketing, [Channel.Email]), new(Purpose.Research, [Channel.Email])] })),
        new("Emilio", "Vargas", "don Emilio, de usted", "es", "MX", "America/Mexico_City", Told(StatementPlace.Voicemail, "Trabajo de noche: llámenme entre las diez y las dos de la madrugada.",
            new Wish { Purposes = [new(Purpose.Care, [Channel.Phone])], Hours = [Between(Weekdays, 22, 2)] })),
        new("Ruth", "Abbott", "Mrs Abbott", "en", "US", "America/New_York", Told(StatementPlace.Call, "Write first, then call if I don't answer.", new Wish { Purposes = [new(Purpose.Care, [Channel.Email, Channel.Phone])] })),
        new("Ines", "Moser", "Ines, per Du", "de", "AT", "Europe/Vienna", Told(StatementPlace.Voicemail, "Bitte rufen Sie mich nicht an.", new Wish { NoChannels = [Channel.Phone] })),
        new("Oliver", "Marsh", "Oliver", "en", "AU", "Australia/Sydney", new DemoSaying(StatementPlace.Import, StatementBasis.Imported, "opted out of marketing", new Wish { Purposes = [new(Purpose.Marketing, [])] })),
        new("Pilar", "Ortega", "señora Ortega, de usted", "es", "ES", "Europe/Madrid", new DemoSaying(StatementPlace.Voicemail, StatementBasis.Inferred, "three calls ended on the recorder", new Wish { NoChannels = [Channel.Phone] })),
        new("Greta", "Eichhorn", "Frau Eichhorn, per Sie", "de", "DE", "Europe/Berlin", Told(StatementPlace.Mail, "Nur wenn es um meine Bestellung geht.",
            new Wish { Purposes = [new(Purpose.Care, []), new(Purpose.Marketing, []), new(Purpose.Research, [])] })),
        new("Claire", "Rousseau", "Claire", "fr", "FR", "Europe/Paris", Told(StatementPlace.Call, "You may speak English with me.", new Wish { Language = "en" })),
    ];

    /// <summary>A customer's saying: the story of the first ones, a common wish for about a quarter of the others; null = never said anything.</summary>
    public static DemoSaying? Of(DemoPerson person, Seeded seeded, Instant now)
    {
        if (person.Number <= All.Count)
        {
            var saying = All[person.Number - 1].Saying;
            return saying.Wish.PauseUntil is null ? saying : saying with { Wish = saying.Wish with { PauseUntil = now.Plus(Duration.FromDays(120)) } };
        }
        return seeded.Share() switch
        {
            < 0.10 => Told(StatementPlace.Call, Phrase(person, "Please only write to me.", "Bitte nur schreiben.", "Solo por correo, por favor."), new Wish { OnlyChannels = [Channel.Email] }),
            < 0.15 => Told(StatementPlace.Portal, null, new Wish { NoChannels = [Channel.Phone, Channel.Sms] }),
            < 0.19 => Told(StatementPlace.Link, null, new Wish { Purposes = [new(Purpose.Marketing, [])] }),
            < 0.22 => Told(StatementPlace.Portal, null, new Wish { Purposes = [new(Purpose.Marketing, [Channel.Email])] }),
            < 0.24 => Told(StatementPlace.Portal, null, new Wish { Limits = [new ContactLimit(null, 2, 90)] }),
            < 0.26 => Told(StatementPlace.Mail, Phrase(person, "No check-ins, please.", "Bitte keine Nachfragen.", "Sin seguimientos, por favor."), new Wish { Purposes = [new(Purpose.Care, [])] }),
            _ => null,
        };
    }

    private static DemoSaying Told(StatementPlace place, string? words, Wish wish) => new(place, StatementBasis.Volunteered, words, wish);

    private static HoursWish Between(IReadOnlyList<IsoDayOfWeek> days, int from, int to) => new(null, [new ContactWindow(days, new LocalTime(from, 0), new LocalTime(to, 0))]);

    private static string Phrase(DemoPerson person, string english, string german, string spanish) => person.Language switch { "de" => german, "es" => spanish, _ => english };
}
