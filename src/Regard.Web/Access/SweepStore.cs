using Regard.Storage;

namespace Regard.Access;

/// <summary>Removes sessions, links and counts that have no effect any more. The audit trail is never touched.</summary>
internal sealed class SweepStore(UnitOfWork work)
{
    public async Task SweepAsync(Instant now)
    {
        var bounds = new { Session = now - SessionRules.Longest, Memory = now - AttemptLimit.Memory, now };
        await work.ExecuteAsync("delete from staff_session where created_at < @Session or ended_at is not null", bounds);
        await work.ExecuteAsync("delete from portal_session where created_at < @Session or ended_at is not null", bounds);
        await work.ExecuteAsync("delete from portal_link where expires_at < @now", bounds);
        await work.ExecuteAsync("delete from staff_invitation where expires_at < @now", bounds);
        await work.ExecuteAsync("delete from sign_in_throttle where last_at < @Memory", bounds);
    }
}
