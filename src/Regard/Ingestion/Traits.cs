using System.Text.Json;
using Regard.Customers;

namespace Regard.Ingestion;

/// <summary>What an identify says about a customer, in our words.</summary>
public static class Traits
{
    /// <summary>The system whose ids of customers and visitors are external identities: the shop that sends the events.</summary>
    public const string UserSystem = "user";

    /// <summary>The system of the ids of browsers and devices.</summary>
    public const string VisitorSystem = "anonymous";

    /// <summary>No more than this many facts are taken from one event.</summary>
    public const int MaxFacts = 50;

    private const int MaxLetters = 500;

    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "id", "name", "firstName", "first_name", "lastName", "last_name", "email", "phone", "address", "locale", "language", "timezone", "timeZone",
        "country", "createdAt", "created_at", "avatar", "unsubscribed", "emailUnsubscribed", "username",
    };

    /// <summary>Who the event is about, from its ids and the traits that have a place of their own in a profile.</summary>
    /// <param name="told">The event.</param>
    /// <param name="source">Who tells.</param>
    public static CustomerDraft Draft(CustomerEvent told, string source)
    {
        // The traits of a group are the account's.
        var traits = told.Type == EventType.Group ? told.Context.Part("traits") : told.Traits;
        var identities = new List<IdentityDraft>();
        // Many shops take the e-mail address as the id of a user.
        var email = traits.Text("email") ?? (told.UserId?.Contains('@', StringComparison.Ordinal) == true ? told.UserId : null);
        if (email is not null) identities.Add(IdentityDraft.Email(email));
        if (traits.Text("phone") is { } phone) identities.Add(IdentityDraft.Phone(phone));
        if (told.UserId is { } user) identities.Add(IdentityDraft.External(UserSystem, user));
        if (told.AnonymousId is { } visitor) identities.Add(IdentityDraft.External(VisitorSystem, visitor));
        var country = traits.Part("address").Text("country", "countryCode") ?? traits.Text("country");
        return new CustomerDraft
        {
            Name = traits.Text("name"),
            GivenName = traits.Text("firstName", "first_name"),
            FamilyName = traits.Text("lastName", "last_name"),
            Language = Language(traits.Text("language", "locale") ?? told.Context.Text("locale")),
            TimeZone = Zone(traits.Text("timezone", "timeZone") ?? told.Context.Text("timezone")),
            Country = country is { Length: 2 } && country.All(char.IsAsciiLetter) ? country.ToUpperInvariant() : null,
            Source = source,
            Identities = identities,
        };
    }

    /// <summary>All other traits with a plain value, as facts with the topic <c>trait:…</c>; the address in one line.</summary>
    public static IReadOnlyList<(string Topic, string Content)> Facts(CustomerEvent told)
    {
        var facts = new List<(string, string)>();
        if (told.Type != EventType.Identify) return facts;
        foreach (var trait in told.Traits.EnumerateObject())
        {
            if (facts.Count == MaxFacts) break;
            if (trait.NameEquals("address") && Address(trait.Value) is { } address) facts.Add(("address", address));
            if (Known.Contains(trait.Name) || trait.Name.Length is 0 or > 60 || trait.Name.Any(char.IsControl)) continue;
            if (Content(told.Traits, trait) is { } content) facts.Add(("trait:" + trait.Name, content));
        }
        return facts;
    }

    private static string? Content(JsonElement traits, JsonProperty trait)
    {
        var text = trait.Value.ValueKind switch
        {
            JsonValueKind.True => "yes",
            JsonValueKind.False => "no",
            JsonValueKind.Array or JsonValueKind.Object => trait.Value.Written(),
            _ => traits.Text(trait.Name),
        };
        return text?.Length > MaxLetters ? text[..MaxLetters] : text;
    }

    private static string? Address(JsonElement address)
    {
        string?[] lines = [address.Text("street"), $"{address.Text("postalCode", "zip")} {address.Text("city")}".Trim(), address.Text("state"), address.Text("country")];
        var line = string.Join(", ", lines.Where(part => !string.IsNullOrEmpty(part)));
        return line.Length is 0 or > MaxLetters ? null : line;
    }

    /// <summary>A locale as a BCP 47 tag: <c>de_AT.UTF-8</c> is <c>de-AT</c>.</summary>
    private static string? Language(string? locale)
    {
        var tag = locale?.Split('.', '@')[0].Replace('_', '-');
        return tag is { Length: >= 2 and <= 35 } && tag.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') && char.IsAsciiLetter(tag[0]) && char.IsAsciiLetter(tag[1]) ? tag : null;
    }

    private static string? Zone(string? zone) => zone is not null && DateTimeZoneProviders.Tzdb.Ids.Contains(zone) ? zone : null;
}
