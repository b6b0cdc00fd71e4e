using Regard.Storage;

namespace Regard.Access;

/// <summary>A link by which somebody becomes a member of staff, or sets up their sign-in anew.</summary>
public sealed record Invitation
{
    /// <summary>For whom; null = for whoever holds the link (the first administrator).</summary>
    public string? Email { get; init; }

    public string Role { get; init; } = "";

    public string CreatedBy { get; init; } = "";

    public Instant ExpiresAt { get; init; }
}

/// <summary>Invitations of staff. Only a link's hash is kept.</summary>
internal sealed class InvitationStore(UnitOfWork work)
{
    public static readonly Duration Life = Duration.FromDays(3);

    /// <summary>Who makes the links that are printed while there is no administrator yet.</summary>
    public static readonly Actor FirstStart = Actor.System("first-start");

    private const string Columns = "email, role, created_by, expires_at";

    /// <summary>Makes an invitation and answers the token of its link.</summary>
    public async Task<string> MakeAsync(string? email, Role role, Actor by, Instant now)
    {
        var token = Secret.New();
        await work.ExecuteAsync(
            """
            insert into staff_invitation (token_hash, email, role, created_at, created_by, expires_at)
            values (@Hash, @Email, @Role, @now, @By, @Expires)
            """,
            new { Hash = Secret.Hash(token), Email = email?.Trim().ToLowerInvariant(), Role = Words.Of(role), now, By = by.Reference, Expires = now + Life });
        return token;
    }

    /// <summary>An invitation that can still be used; null when there is none.</summary>
    public Task<Invitation?> FindAsync(string token, Instant now) => work.FirstAsync<Invitation>(
        $"select {Columns} from staff_invitation where token_hash = @Hash and used_at is null and expires_at > @now", new { Hash = Secret.Hash(token), now });

    /// <summary>Uses an invitation up. False when somebody else was faster, or it expired.</summary>
    public async Task<bool> UseAsync(string token, Instant now) =>
        await work.ExecuteAsync(
            "update staff_invitation set used_at = @now where token_hash = @Hash and used_at is null and expires_at > @now", new { Hash = Secret.Hash(token), now }) == 1;

    /// <summary>
    /// Locks every link of a first start, so that of two people who hold two of them one is first; then ends all but this one.
    /// </summary>
    public async Task ClaimFirstStartAsync(string token, Instant now)
    {
        var by = new { By = FirstStart.Reference, Hash = Secret.Hash(token), now };
        await work.ListAsync<string>($"select token_hash from staff_invitation where created_by = @By order by token_hash{work.ForUpdate}", by);
        await work.ExecuteAsync("update staff_invitation set used_at = @now where created_by = @By and token_hash <> @Hash and used_at is null", by);
    }

    /// <summary>Ends the open links of an address, because a new one is made or the person is there.</summary>
    public Task WithdrawAsync(string? email, Actor by, Instant now) => work.ExecuteAsync(
        "update staff_invitation set used_at = @now where used_at is null and (email = @Email or (email is null and created_by = @By))",
        new { Email = email?.Trim().ToLowerInvariant(), By = by.Reference, now });
}
