using System.Text.Json;
using Regard.Api;

namespace Regard.Customers;

/// <summary>A change of a profile as an RFC 7396 merge patch: what is absent stays, null empties.</summary>
internal static class CustomerPatch
{
    /// <summary>The profile after the change.</summary>
    /// <exception cref="ApiRefusal">422 with every fault.</exception>
    public static CustomerProfile Apply(CustomerProfile profile, JsonElement patch)
    {
        var faults = new Faults();
        if (patch.ValueKind != JsonValueKind.Object) throw ApiProblem.Malformed("The body is a JSON object with the members to change.").Refusal();
        foreach (var member in patch.EnumerateObject())
        {
            var isText = member.Value.ValueKind is JsonValueKind.String or JsonValueKind.Null;
            faults.When(!isText, "/" + member.Name, "is a text or null");
            if (!isText) continue;
            var text = member.Value.GetString() is { } given && !string.IsNullOrWhiteSpace(given) ? given.Trim() : null;
            var changed = With(profile, member.Name, text);
            faults.When(changed is null, "/" + member.Name, "cannot be changed here");
            profile = changed ?? profile;
        }
        Check(profile, faults);
        faults.Refuse();
        return profile;
    }

    /// <summary>The rules that a profile keeps, whoever writes it.</summary>
    public static void Check(CustomerProfile profile, Faults faults)
    {
        faults.When(string.IsNullOrWhiteSpace(profile.Name), "/name", "is required");
        foreach (var (name, text) in new[] { ("name", profile.Name), ("address_as", profile.AddressAs), ("given_name", profile.GivenName), ("family_name", profile.FamilyName) })
            faults.When(text?.Length > 200, "/" + name, "has more than 200 letters");
        faults.When(profile.TimeZone is { } zone && DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is null, "/time_zone", "is no IANA time zone");
        faults.When(profile.Country is { } country && !(country.Length == 2 && country.All(char.IsAsciiLetterUpper)), "/country", "is no ISO 3166-1 alpha-2 code in capitals");
        faults.When(profile.Language is { } language && !(language.Length is >= 2 and <= 35 && language.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')), "/language", "is no BCP 47 tag");
    }

    private static CustomerProfile? With(CustomerProfile profile, string member, string? text) => member switch
    {
        "name" => profile with { Name = text ?? "" },
        "address_as" => profile with { AddressAs = text },
        "given_name" => profile with { GivenName = text },
        "family_name" => profile with { FamilyName = text },
        "language" => profile with { Language = text },
        "time_zone" => profile with { TimeZone = text },
        "country" => profile with { Country = text },
        _ => null,
    };
}
