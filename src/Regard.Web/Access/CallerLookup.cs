using System.Text;
using Regard.Storage;

namespace Regard.Access;

/// <summary>Who is asking.</summary>
/// <param name="Actor">As what they act.</param>
/// <param name="TimeZone">IANA name of the zone in which they read times; null = not known.</param>
internal sealed record Caller(Actor Actor, string? TimeZone)
{
    /// <summary>A customer's own language, BCP 47; null = not known.</summary>
    public string? Language { get; init; }
}

/// <summary>Finds who is asking: by a session's cookie at the doors of people, by a key at the door of other systems.</summary>
internal sealed class CallerLookup(Database database, IClock clock)
{
    private const int LongestSecret = 200;

    /// <summary>Who is asking at this door; null when nobody is known.</summary>
    public Task<Caller?> FindAsync(HttpContext http, Door door) => door switch
    {
        Door.Staff => StaffAsync(http),
        Door.Portal => CustomerAsync(http),
        Door.Api => KeyAsync(http),
        _ => Task.FromResult<Caller?>(null),
    };

    private async Task<Caller?> StaffAsync(HttpContext http)
    {
        if (Bounded(SessionCookie.Read(http, Door.Staff)) is not { } secret) return null;
        var now = clock.GetCurrentInstant();
        StaffSession? session;
        await using (var work = await database.ReadAsync(http.RequestAborted)) session = await new StaffSessionStore(work).FindAsync(secret);
        if (session is null || !SessionRules.IsAlive(session.CreatedAt, session.LastSeenAt, now)) return null;
        if (SessionRules.IsWorthNoting(session.LastSeenAt, now))
            await NoteAsync(work => new StaffSessionStore(work).NoteAsync(secret, now), http.RequestAborted);
        return new Caller(Actor.Staff(session.StaffId, session.Name, Words.Must<Role>(session.Role)), session.TimeZone);
    }

    private async Task<Caller?> CustomerAsync(HttpContext http)
    {
        if (Bounded(SessionCookie.Read(http, Door.Portal)) is not { } secret) return null;
        var now = clock.GetCurrentInstant();
        PortalSession? session;
        await using (var work = await database.ReadAsync(http.RequestAborted)) session = await new PortalSessionStore(work).FindAsync(secret);
        if (session is null || !SessionRules.IsAlive(session.CreatedAt, session.LastSeenAt, now)) return null;
        if (SessionRules.IsWorthNoting(session.LastSeenAt, now))
            await NoteAsync(work => new PortalSessionStore(work).NoteAsync(secret, now), http.RequestAborted);
        return new Caller(Actor.Customer(session.CustomerId, session.Name), session.TimeZone) { Language = session.Language };
    }

    private async Task<Caller?> KeyAsync(HttpContext http)
    {
        if (Bounded(KeyOf(http.Request.Headers.Authorization.ToString())) is not { } secret) return null;
        var now = clock.GetCurrentInstant();
        ApiKey? key;
        await using (var work = await database.ReadAsync(http.RequestAborted)) key = await new ApiKeyStore(work).FindAsync(secret);
        if (key is null) return null;
        if (key.LastUsedAt is not { } last || SessionRules.IsWorthNoting(last, now))
            await NoteAsync(work => new ApiKeyStore(work).NoteAsync(key.KeyId, now), http.RequestAborted);
        return new Caller(Actor.Key(key.KeyId, key.Name, key.Rights()), null);
    }

    private async Task NoteAsync(Func<UnitOfWork, Task> note, CancellationToken stop)
    {
        await using var work = await database.WriteAsync(stop);
        await note(work);
        await work.CommitAsync();
    }

    /// <summary>The key in an Authorization header: <c>Bearer KEY</c>, or Basic with the key as user name, as Segment's libraries send it.</summary>
    private static string? KeyOf(string header)
    {
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return header[7..].Trim();
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)) return null;
        Span<byte> bytes = stackalloc byte[LongestSecret * 2];
        if (!Convert.TryFromBase64String(header[6..].Trim(), bytes, out var length)) return null;
        return Encoding.UTF8.GetString(bytes[..length]).Split(':', 2)[0];
    }

    private static string? Bounded(string? secret) => secret is { Length: > 0 and <= LongestSecret } ? secret : null;
}
