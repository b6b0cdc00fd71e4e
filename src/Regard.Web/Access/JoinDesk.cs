using Regard.Storage;

namespace Regard.Access;

/// <summary>What somebody who was invited sends.</summary>
public sealed record JoinForm
{
    public string? Email { get; init; }

    public string? Name { get; init; }

    public string? Password { get; init; }

    public string? Repeated { get; init; }

    public string? TimeZone { get; init; }
}

/// <summary>How joining ended.</summary>
/// <param name="Faults">What is wrong with which field; empty when nothing is.</param>
internal sealed record JoinResult(SignInOutcome Outcome, IReadOnlyDictionary<string, string> Faults);

/// <summary>Makes a member of staff of somebody who holds an invitation.</summary>
internal sealed class JoinDesk(Database database, IClock clock, Passwords passwords)
{
    private const int LongestName = 200;

    /// <summary>The invitation of a link; null when it was used, expired or never was.</summary>
    public async Task<Invitation?> FindAsync(string token, CancellationToken stop)
    {
        await using var work = await database.ReadAsync(stop);
        return await new InvitationStore(work).FindAsync(token, clock.GetCurrentInstant());
    }

    /// <summary>Joins with a link, which is used up. Over: somebody used it before.</summary>
    public async Task<JoinResult> JoinAsync(string token, JoinForm form, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        if (await FindAsync(token, stop) is not { } invitation) return Ended(SignInOutcome.Over);
        using var turn = await passwords.TurnAsync(stop);
        if (!turn.IsAcquired) return Ended(SignInOutcome.Busy);
        var email = (invitation.Email ?? form.Email ?? "").Trim().ToLowerInvariant();
        var faults = Faults(form with { Email = email });
        if (faults.Count > 0) return new JoinResult(SignInOutcome.Wrong, faults);
        var member = new StaffMember
        {
            StaffId = Ids.New(now),
            Email = email,
            Name = form.Name!.Trim(),
            Role = invitation.Role,
            TimeZone = form.TimeZone!,
            PasswordHash = passwords.Hash(turn, form.Password!),
            CreatedAt = now,
        };
        await using var work = await database.WriteAsync(stop);
        return Ended(await AddAsync(work, token, invitation, member) ? SignInOutcome.Done : SignInOutcome.Over);
    }

    private static async Task<bool> AddAsync(UnitOfWork work, string token, Invitation invitation, StaffMember member)
    {
        var now = member.CreatedAt;
        var (invitations, staff) = (new InvitationStore(work), new StaffStore(work));
        var isFirst = invitation.CreatedBy == InvitationStore.FirstStart.Reference;
        if (isFirst)
        {
            await invitations.ClaimFirstStartAsync(token, now);
            if (await staff.AnyAdministratorAsync()) return false;
        }
        if (!await invitations.UseAsync(token, now)) return false;
        var isNew = await staff.AddAsync(member);
        if (!isNew)
        {
            await staff.ResetAsync(member.Email, member.Name, member.TimeZone, member.PasswordHash!);
            member = (await staff.FindByEmailAsync(member.Email))!;
            if (isFirst)
            {
                await staff.SetRoleAsync(member.StaffId, Role.Administrator);
                member = member with { Role = Words.Of(Role.Administrator) };
            }
            await new StaffSessionStore(work).EndAllAsync(member.StaffId, now);
        }
        var actor = Actor.Staff(member.StaffId, member.Name, Words.Must<Role>(member.Role));
        await new AuditStore(work).AppendAsync(
            actor, isNew ? "staff_joined" : "staff_reset", actor.Reference, Json.Of(new { member.Role, invited_by = invitation.CreatedBy }), now);
        await work.CommitAsync();
        return true;
    }

    private static Dictionary<string, string> Faults(JoinForm form)
    {
        var faults = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!EmailForm.IsAddress(form.Email)) faults["Email"] = "This is no e-mail address. Write it like name@shop.example.";
        if (string.IsNullOrWhiteSpace(form.Name)) faults["Name"] = "Say how colleagues and customers know you.";
        else if (form.Name.Length > LongestName) faults["Name"] = $"Use at most {LongestName} characters.";
        if (PasswordRules.Fault(form.Password, [form.Email ?? "", form.Name ?? ""]) is { } fault) faults["Password"] = fault;
        else if (form.Password != form.Repeated) faults["Repeated"] = "The two passwords differ.";
        if (form.TimeZone is null || DateTimeZoneProviders.Tzdb.GetZoneOrNull(form.TimeZone) is null) faults["TimeZone"] = "Choose a time zone of the list.";
        return faults;
    }

    private static JoinResult Ended(SignInOutcome outcome) => new(outcome, new Dictionary<string, string>(StringComparer.Ordinal));
}
