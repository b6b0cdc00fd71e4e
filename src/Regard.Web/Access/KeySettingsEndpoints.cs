using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Regard.Layout;
using Regard.Storage;

namespace Regard.Access;

/// <summary>What the form that makes a key sends.</summary>
internal sealed record KeyForm
{
    public string? Name { get; init; }

    public List<string>? Scopes { get; init; }
}

/// <summary>Settings: the keys of other systems.</summary>
internal static class KeySettingsEndpoints
{
    private const string Path = "/settings/keys";
    private const int LongestName = 100;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).ForStaff(Right.SettingsRead);
        routes.MapPost(Path, MakeAsync).ForStaff(Right.SettingsWrite);
        routes.MapPost(Path + "/{id:guid}/revoke", RevokeAsync).ForStaff(Right.SettingsWrite);
    }

    private static Task<RazorComponentResult<KeysPage>> ShowAsync(HttpContext http, Database database, IClock clock) => PageAsync(http, database, clock, null, null);

    private static async Task<IResult> MakeAsync(HttpContext http, [FromForm] KeyForm? form, Database database, IClock clock)
    {
        var (now, by) = (clock.GetCurrentInstant(), http.Actor());
        var rights = KeyScopes.Read(form?.Scopes);
        if (rights is null || string.IsNullOrWhiteSpace(form?.Name) || form.Name.Length > LongestName)
        {
            http.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return await PageAsync(http, database, clock, null, "No key was made. Say which system it is for, and choose at least one scope.");
        }
        string secret;
        await using (var work = await database.WriteAsync(http.RequestAborted))
        {
            (var id, secret) = await new ApiKeyStore(work).MakeAsync(form.Name.Trim(), rights, by, now);
            await new AuditStore(work).AppendAsync(by, "key_made", $"key:{id}", Json.Of(new { scopes = rights.Select(Words.Of) }), now);
            await work.CommitAsync();
        }
        return await PageAsync(http, database, clock, secret, null);
    }

    private static async Task<IResult> RevokeAsync(HttpContext http, Guid id, Database database, IClock clock)
    {
        var (now, by) = (clock.GetCurrentInstant(), http.Actor());
        await using var work = await database.WriteAsync(http.RequestAborted);
        if (!await new ApiKeyStore(work).RevokeAsync(id, now)) return Faces.Missing();
        await new AuditStore(work).AppendAsync(by, "key_revoked", $"key:{id}", Json.Of(new { }), now);
        await work.CommitAsync();
        Flash.Say(http, "The key is revoked: whatever uses it is refused from now on.");
        return SeeOther.To(Path);
    }

    private static async Task<RazorComponentResult<KeysPage>> PageAsync(HttpContext http, Database database, IClock clock, string? secret, string? fault)
    {
        http.Response.Headers.CacheControl = "no-store";
        await using var work = await database.ReadAsync(http.RequestAborted);
        var keys = await new ApiKeyStore(work).ListAsync();
        return new(new { Keys = keys, Now = clock.GetCurrentInstant(), MayChange = http.Actor().May(Right.SettingsWrite), NewSecret = secret, Fault = fault })
        {
            StatusCode = http.Response.StatusCode,
        };
    }
}
