using System.Net;
using System.Text.Json;
using Regard.Texts;

namespace Regard.Channels;

/// <summary>Reads what a provider answered to a whole message. Its own text may hold the number and is not kept.</summary>
internal static class ProviderAnswer
{
    /// <summary>What became of the message.</summary>
    public static SendResult Read(HttpStatusCode status, string body)
    {
        var (reference, code) = Fields(body);
        var number = $"{(int)status}";
        return (int)status switch
        {
            >= 200 and < 300 => new SendResult(SendOutcome.Accepted, $"Taken by the provider ({number}).") { ProviderRef = reference },
            >= 300 and < 400 => new SendResult(SendOutcome.NotSent, $"The provider leads elsewhere, which is not followed: its address in the settings is to be corrected ({number})."),
            401 or 403 => new SendResult(SendOutcome.NotSent, $"The provider does not accept our account and token ({number})."),
            404 => new SendResult(SendOutcome.NotSent, "The provider does not know the account, or there is no such provider at its address (404)."),
            429 => new SendResult(SendOutcome.NotSent, "The provider asks to go slower (429)."),
            >= 400 and < 500 and not 408 when code is not null => Refused(code),
            >= 400 and < 500 and not 408 => new SendResult(SendOutcome.Rejected, $"Refused by the provider ({number})."),
            _ => new SendResult(SendOutcome.Ambiguous, $"The message was written, and the provider failed over it ({number})."),
        };
    }

    private static SendResult Refused(string code)
    {
        var fault = ProviderFault.Of(code);
        return new SendResult(SendOutcome.Rejected, $"Refused by the provider: {fault.InWords} ({code}).", fault.IsNumberBad) { IsTextless = fault.IsTextless, IsStopped = fault.IsStopped };
    }

    private static (string? Reference, string? Code) Fields(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object) return (null, null);
            var reference = json.RootElement.TryGetProperty("sid", out var sid) && sid.ValueKind == JsonValueKind.String ? sid.GetString() : null;
            var code = json.RootElement.TryGetProperty("code", out var number) && number.ValueKind is JsonValueKind.Number or JsonValueKind.String ? number.ToString() : null;
            return (reference is { Length: > 0 and <= 64 } ? reference : null, code is { Length: > 0 and <= 10 } && code.All(char.IsAsciiDigit) ? code : null);
        }
        catch (JsonException)
        {
            return (null, null);
        }
    }
}
