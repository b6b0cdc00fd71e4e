using System.Security.Cryptography;
using System.Text;
using Regard.Access;
using Regard.Storage;

namespace Regard.Api;

/// <summary>
/// Runs an API write in one transaction. With an <c>Idempotency-Key</c> the answer is kept in that same transaction: a crash leaves either
/// the effect and its answer or neither, and a repeat of the request, at once or after a crash, gets the first answer and no second effect.
/// A refused request keeps nothing: it may be mended and sent again under the same key.
/// </summary>
internal sealed class ApiWriter(Database database, IClock clock)
{
    public const string KeyHeader = "Idempotency-Key";

    /// <summary>Says that an answer was kept from the first time.</summary>
    public const string ReplayedHeader = "Idempotency-Replayed";

    /// <param name="http">The request, whose body may have been read by its endpoint.</param>
    /// <param name="effect">Writes in the unit of work given, does not commit, and says what to answer.</param>
    /// <exception cref="ApiRefusal">The key is malformed (400) or belongs to another request (422).</exception>
    public async Task<TAnswer> WriteAsync<TAnswer>(HttpContext http, Func<UnitOfWork, Task<TAnswer>> effect) where TAnswer : ApiAnswer, new()
    {
        var key = Key(http);
        var hash = key is null ? "" : await HashAsync(http);
        return await database.RepeatAsync(work => key is null ? effect(work) : OnceAsync(http, work, (key, hash), effect), http.RequestAborted);
    }

    private async Task<TAnswer> OnceAsync<TAnswer>(HttpContext http, UnitOfWork work, (string Key, string Hash) request, Func<UnitOfWork, Task<TAnswer>> effect)
        where TAnswer : ApiAnswer, new()
    {
        var (key, hash) = request;
        var (store, caller) = (new IdempotencyStore(work), http.Actor().Reference);
        if (!await store.ClaimAsync(key, caller, hash, clock.GetCurrentInstant()))
        {
            var (first, answer) = await store.FindAsync(key, caller);
            if (first != hash) throw ApiProblem.KeyReused().Refusal();
            http.Response.Headers[ReplayedHeader] = "true";
            return new TAnswer { Written = answer };
        }
        var fresh = await effect(work);
        await store.KeepAsync(key, caller, fresh.Written);
        return fresh;
    }

    private static string? Key(HttpContext http)
    {
        var key = http.Request.Headers[KeyHeader].ToString();
        if (key.Length == 0) return null;
        if (key.Length > 200 || key.Any(c => c is < ' ' or > '~'))
            throw ApiProblem.Malformed("An Idempotency-Key has at most 200 visible ASCII characters.", ApiFault.In(KeyHeader, "is malformed")).Refusal();
        return key;
    }

    private static async Task<string> HashAsync(HttpContext http)
    {
        var request = http.Request;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString} {request.Headers.IfMatch}\n"));
        var buffer = new byte[16 * 1024];
        request.Body.Position = 0;
        for (int read; (read = await request.Body.ReadAsync(buffer, http.RequestAborted)) > 0;) hash.AppendData(buffer, 0, read);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
