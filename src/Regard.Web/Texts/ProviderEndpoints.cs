using System.Xml.Linq;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Regard.Access;
using Regard.Channels;
using Regard.Storage;

namespace Regard.Texts;

/// <summary>What a provider tells us: what became of a message, and texts that came in. Believed only when it is signed with the token that both know.</summary>
internal static class ProviderEndpoints
{
    private const int LargestForm = 64 * 1024;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/provider/status", StatusAsync).WithMetadata(new RequestSizeLimitAttribute(LargestForm)).OpenToAll().DisableAntiforgery();
        routes.MapPost("/provider/texts", TextAsync).WithMetadata(new RequestSizeLimitAttribute(LargestForm)).OpenToAll().DisableAntiforgery();
    }

    private static async Task<IResult> StatusAsync(HttpContext http, Database database, RegardSettings settings, IClock clock)
    {
        if (await SignedAsync(http, settings) is not { } form) return Results.StatusCode(StatusCodes.Status403Forbidden);
        var told = new DeliveryReport(
            Guid.TryParseExact(http.Request.Query["m"], "n", out var id) ? id : Guid.Empty, Short(First(form, "MessageSid", "CallSid"), 64), Short(First(form, "MessageStatus", "CallStatus"), 40).ToLowerInvariant(),
            First(form, "ErrorCode") is { Length: > 0 and <= 10 } code ? code : null);
        if (told.OutboxId != Guid.Empty && told.Status.Length > 0) await database.RepeatAsync(work => new DeliveryDesk(work).RecordAsync(told, clock.GetCurrentInstant()), http.RequestAborted);
        return Results.NoContent();
    }

    // Answered when everything that follows is committed: whoever reads our answer to a stop may rely on it.
    private static async Task<IResult> TextAsync(HttpContext http, TextIntake intake, RegardSettings settings)
    {
        if (await SignedAsync(http, settings) is not { } form) return Results.StatusCode(StatusCodes.Status403Forbidden);
        var text = new IncomingText(Short(First(form, "MessageSid", "SmsSid"), 64), Short(First(form, "From"), 40), First(form, "Body"));
        if (text.SourceId.Length == 0 || text.Number.Length == 0) return Results.BadRequest();
        await intake.ReceiveAsync(text, http.RequestAborted);
        return Results.Text(Answer(text, settings), "text/xml");
    }

    // An answer in the same conversation to whoever asked who we are, with nothing else in it. A stop and a start are answered by the
    // provider itself, where the law of its country wants that.
    private static string Answer(IncomingText text, RegardSettings settings)
    {
        var response = new XElement("Response");
        if (text.Act == TextAct.Help) response.Add(new XElement("Message", HelpText.Of(text.Words, settings)));
        return response.ToString(SaveOptions.DisableFormatting);
    }

    /// <summary>The form, when it was signed by our provider for this very address; null = it was not, and nothing of it is believed.</summary>
    private static async Task<IFormCollection?> SignedAsync(HttpContext http, RegardSettings settings)
    {
        if (settings.Provider is not { } provider || !http.Request.HasFormContentType) return null;
        if (await FormAsync(http) is not { } form) return null;
        // The address that the provider was given begins with our public one, whatever host a proxy makes of it.
        var address = new Uri(settings.Link(http.Request.Path + http.Request.QueryString));
        return ProviderSignature.IsRight(provider.SigningToken, address, form, http.Request.Headers[ProviderSignature.Header]) ? form : null;
    }

    private static async Task<IFormCollection?> FormAsync(HttpContext http)
    {
        try
        {
            return await http.Request.ReadFormAsync(http.RequestAborted);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static string First(IFormCollection form, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (form.TryGetValue(name, out var value) && value is [{ Length: > 0 } first, ..])
                return first;
        return "";
    }

    private static string Short(string text, int most) => text.Length <= most ? text.Trim() : text[..most].Trim();
}
