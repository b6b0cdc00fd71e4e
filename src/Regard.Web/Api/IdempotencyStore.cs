using Regard.Storage;

namespace Regard.Api;

/// <summary>The answers of writes that carried an Idempotency-Key, by key and caller.</summary>
internal sealed class IdempotencyStore(UnitOfWork work)
{
    /// <summary>How long a key and its answer are kept: so long a repeat has no second effect.</summary>
    public static readonly Duration Life = Duration.FromDays(2);

    /// <summary>Takes the key for this transaction; false = it was used before. While another transaction holds the key, this one waits for its end.</summary>
    public async Task<bool> ClaimAsync(string key, string caller, string requestHash, Instant now) => await work.ExecuteAsync(
        """
        insert into idempotency_key (key, caller, request_hash, status, response, created_at)
        values (@key, @caller, @requestHash, 0, '', @now)
        on conflict (key, caller) do nothing
        """,
        new { key, caller, requestHash, now }) == 1;

    public Task KeepAsync(string key, string caller, WrittenAnswer answer) => work.ExecuteAsync(
        "update idempotency_key set status = @status, response = @response where key = @key and caller = @caller",
        new { key, caller, status = answer.Status, response = Json.Of(answer).Text });

    /// <summary>The hash of the request that used the key, and what it was answered.</summary>
    public async Task<(string RequestHash, WrittenAnswer Answer)> FindAsync(string key, string caller)
    {
        var row = await work.FirstAsync<Row>("select request_hash, response from idempotency_key where key = @key and caller = @caller", new { key, caller });
        return row is null
            ? throw ApiProblem.Conflict("The key has just expired: send a new one.").Refusal()
            : (row.RequestHash, new Json(row.Response).Read<WrittenAnswer>());
    }

    /// <summary>Forgets keys whose life is over, at most so many. Answers how many.</summary>
    public Task<int> ForgetAsync(Instant now, int most) => work.ExecuteAsync(
        "delete from idempotency_key where (key, caller) in (select key, caller from idempotency_key where created_at < @before limit @most)", new { before = now - Life, most });

    private sealed record Row
    {
        public string RequestHash { get; init; } = "";

        public string Response { get; init; } = "";
    }
}
