using Regard.Access;
using Regard.Api;
using Regard.Kit;

namespace Regard.Jobs;

public sealed class SweepJobTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 22, 9, 0);

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task what_is_over_is_removed_and_what_still_counts_stays(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var customer = Ids.New(Now);
        string alive;
        await using (var work = await data.WriteAsync())
        {
            var keys = new IdempotencyStore(work);
            for (var n = 0; n < 4500; n++) await keys.ClaimAsync($"old {n}", "key:1", "hash", Now - IdempotencyStore.Life - Duration.FromSeconds(1));
            await keys.ClaimAsync("young", "key:1", "hash", Now - IdempotencyStore.Life);
            var sessions = new PortalSessionStore(work);
            alive = await sessions.BeginAsync(customer, Now - Duration.FromMinutes(5));
            await sessions.BeginAsync(customer, Now - SessionRules.Longest - Duration.FromSeconds(1));
            await sessions.EndAsync(await sessions.BeginAsync(customer, Now), Now);
            var links = new PortalLinkStore(work);
            await links.MakeAsync(customer, Now);
            await links.UseAsync(await links.MakeAsync(customer, Now - Duration.FromMinutes(16)), Now - Duration.FromMinutes(15));
            var attempts = new ThrottleStore(work);
            await attempts.CountAsync([new Attempt("long ago", AttemptLimit.Link)], Now - AttemptLimit.Memory - Duration.FromSeconds(1));
            await attempts.CountAsync([new Attempt("just now", AttemptLimit.Link)], Now);
            await work.CommitAsync();
        }
        await SweepJob.SweepAsync(data.Database, Now, CancellationToken.None);
        await using var read = await data.ReadAsync();
        (await read.ListAsync<string>("select key from idempotency_key")).ShouldBe(["young"]);
        (await read.ListAsync<string>("select session_hash from portal_session")).ShouldBe([Secret.Hash(alive)]);
        (await read.ScalarAsync<long>("select count(*) from portal_link")).ShouldBe(1);
        (await read.ScalarAsync<long>("select count(*) from sign_in_throttle")).ShouldBe(1);
    }
}
