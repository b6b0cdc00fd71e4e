using Regard.Storage;

namespace Regard.Access;

/// <summary>A member of staff.</summary>
internal sealed record StaffMember
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

    public async Task<bool> AnyAsync() => await work.ScalarAsync<long>("select count(*) from staff") > 0;

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

    private static string Plain(string email) => email.Trim().ToLowerInvariant();
}
