using Regard.Storage;

namespace Regard.Access;

/// <summary>What is tried, and how often it may be.</summary>
/// <param name="Subject">Kept only as a hash.</param>
internal sealed record Attempt(string Subject, AttemptLimit Limit)
{
    public string Hash { get; } = Secret.Hash(Subject);
}

/// <summary>
/// Counts attempts, on all nodes together. An attempt is counted before it is made, in a transaction of its own,
/// so that a thousand parallel guesses are a thousand guesses.
/// </summary>
internal sealed class ThrottleStore(UnitOfWork work)
{
    private sealed record Row
    {
        public int Attempts { get; init; }

        public Instant LastAt { get; init; }
    }

    /// <summary>Counts one try of all these, if all of them may be tried. Otherwise counts nothing and answers from when the try may be made.</summary>
    public async Task<Instant?> CountAsync(IReadOnlyList<Attempt> attempts, Instant now)
    {
        Instant? notBefore = null;
        // One order for all, so that two tries never wait for each other.
        foreach (var attempt in attempts.OrderBy(a => a.Hash, StringComparer.Ordinal))
        {
            await work.ExecuteAsync(
                "insert into sign_in_throttle (subject, attempts, last_at) values (@Hash, 0, @now) on conflict (subject) do nothing", new { attempt.Hash, now });
            var row = (await work.FirstAsync<Row>($"select attempts, last_at from sign_in_throttle where subject = @Hash{work.ForUpdate}", new { attempt.Hash }))!;
            if (attempt.Limit.NotBefore(row.Attempts, row.LastAt, now) is { } later && !(notBefore > later)) notBefore = later;
        }
        if (notBefore is not null) return notBefore;
        foreach (var attempt in attempts)
        {
            await work.ExecuteAsync(
                """
                update sign_in_throttle set attempts = case when last_at <= @Forgotten then 1 else attempts + 1 end, last_at = @now
                where subject = @Hash
                """,
                new { attempt.Hash, now, Forgotten = now - AttemptLimit.Memory });
        }
        return null;
    }

    /// <summary>The try succeeded: earlier ones are forgotten.</summary>
    public Task ForgetAsync(Attempt attempt) => work.ExecuteAsync("delete from sign_in_throttle where subject = @Hash", new { attempt.Hash });

    /// <summary>The try succeeded: only this one is taken back.</summary>
    public Task TakeBackAsync(Attempt attempt) =>
        work.ExecuteAsync("update sign_in_throttle set attempts = attempts - 1 where subject = @Hash and attempts > 0", new { attempt.Hash });
}
