using Regard.Storage;

namespace Regard.Access;

/// <summary>A member of staff.</summary>
public sealed record StaffMember
{
    public Guid StaffId { get; init; }

    /// <summary>In lower case.</summary>
    public string Email { get; init; } = "";

    public string Name { get; init; } = "";

    public string Role { get; init; } = "";

    /// <summary>IANA name of the zone in which this person reads times.</summary>
    public string TimeZone { get; init; } = "";

    public string? PasswordHash { get; init; }

    /// <summary>Protected by this installation's keys; null = no second factor set up yet.</summary>
    public string? TotpSecret { get; init; }

    public Instant CreatedAt { get; init; }

    /// <summary>Since when this person may not sign in; null = they may.</summary>
    public Instant? DisabledAt { get; init; }

    public long Version { get; init; }
}

/// <summary>The people who work with Regard.</summary>
internal sealed class StaffStore(UnitOfWork work)
{
    private const string Columns = "staff_id, email, name, role, time_zone, password_hash, totp_secret, created_at, disabled_at, version";

    /// <summary>Whether anybody was ever made administrator: from then on people are invited by people.</summary>
    public async Task<bool> AnyAdministratorAsync() => await work.ScalarAsync<long>("select count(*) from staff where role = 'administrator'") > 0;

    public Task<List<StaffMember>> ListAsync() => work.ListAsync<StaffMember>($"select {Columns} from staff order by name, staff_id");

    public Task<StaffMember?> FindAsync(Guid staffId) =>
        work.FirstAsync<StaffMember>($"select {Columns} from staff where staff_id = @staffId", new { staffId });

    public Task<StaffMember?> FindByEmailAsync(string email) =>
        work.FirstAsync<StaffMember>($"select {Columns} from staff where email = @Email", new { Email = Plain(email) });

    /// <summary>Adds a person who has no second factor yet. False when somebody has that e-mail address already.</summary>
    public async Task<bool> AddAsync(StaffMember member) =>
        await work.ExecuteAsync(
            """
            insert into staff (staff_id, email, name, role, time_zone, password_hash, created_at)
            values (@StaffId, @Email, @Name, @Role, @TimeZone, @PasswordHash, @CreatedAt)
            on conflict (email) do nothing
            """,
            member with { Email = Plain(member.Email) }) == 1;

    /// <summary>Gives an existing person a new password, no second factor and so a new beginning.</summary>
    public Task ResetAsync(string email, string name, string timeZone, string passwordHash) => work.ExecuteAsync(
        """
        update staff set name = @name, time_zone = @timeZone, password_hash = @passwordHash, totp_secret = null, totp_last_step = null, version = version + 1
        where email = @Email
        """,
        new { Email = Plain(email), name, timeZone, passwordHash });

    /// <summary>Keeps a second factor that was just proven with a code of this step. False when there is one already.</summary>
    public async Task<bool> SetSecondFactorAsync(Guid staffId, string sealedSecret, long step) =>
        await work.ExecuteAsync(
            "update staff set totp_secret = @sealedSecret, totp_last_step = @step where staff_id = @staffId and totp_secret is null and disabled_at is null",
            new { staffId, sealedSecret, step }) == 1;

    /// <summary>Uses a code's step up. False when that step or a later one was used before.</summary>
    public async Task<bool> UseStepAsync(Guid staffId, long step) =>
        await work.ExecuteAsync(
            "update staff set totp_last_step = @step where staff_id = @staffId and (totp_last_step is null or totp_last_step < @step) and disabled_at is null",
            new { staffId, step }) == 1;

    /// <summary>How many administrators can sign in; they stay so until the transaction ends.</summary>
    public async Task<int> CountAdministratorsAsync() =>
        (await work.ListAsync<Guid>(
            $"select staff_id from staff where role = 'administrator' and disabled_at is null order by staff_id{work.ForUpdate}")).Count;

    public Task SetRoleAsync(Guid staffId, Role role) =>
        work.ExecuteAsync("update staff set role = @Role, version = version + 1 where staff_id = @staffId", new { staffId, Role = Words.Of(role) });

    /// <summary>Shuts a person out (an instant), or lets them in again (null).</summary>
    public Task SetDisabledAsync(Guid staffId, Instant? since) =>
        work.ExecuteAsync("update staff set disabled_at = @since, version = version + 1 where staff_id = @staffId", new { staffId, since });

    private static string Plain(string email) => email.Trim().ToLowerInvariant();
}
