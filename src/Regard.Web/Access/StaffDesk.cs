using Regard.Storage;

namespace Regard.Access;

/// <summary>How a change to a member of staff ended.</summary>
internal enum StaffChange
{
    Done,

    /// <summary>There is no such person.</summary>
    Unknown,

    /// <summary>It would have left nobody who can change settings.</summary>
    LastAdministrator,
}

/// <summary>Changes who works here. Every change ends the sessions that it concerns, in the same transaction, and is in the audit trail.</summary>
internal sealed class StaffDesk(Database database, IClock clock)
{
    /// <summary>Invites somebody new. Answers the link's token, or why not.</summary>
    public async Task<(string? Token, string? Fault)> InviteAsync(string email, Role role, Actor by, CancellationToken stop)
    {
        await using var work = await database.WriteAsync(stop);
        if (await new StaffStore(work).FindByEmailAsync(email) is not null)
            return (null, "Nobody was invited: somebody with this address works here already. To set up their sign-in anew, use 'New sign-in' in the list.");
        return (await MakeLinkAsync(work, email, role, by), null);
    }

    /// <summary>A link for a new person in this role, or for somebody who works here already to set up their sign-in anew.</summary>
    public async Task<string> InviteOrRenewAsync(string email, Role role, Actor by, CancellationToken stop)
    {
        await using var work = await database.WriteAsync(stop);
        return await MakeLinkAsync(work, email, role, by);
    }

    /// <summary>A link by which a person sets up their sign-in anew; null when there is no such person.</summary>
    public async Task<string?> RenewAsync(Guid staffId, Actor by, CancellationToken stop)
    {
        await using var work = await database.WriteAsync(stop);
        return await new StaffStore(work).FindAsync(staffId) is { } person ? await MakeLinkAsync(work, person.Email, Words.Must<Role>(person.Role), by) : null;
    }

    public Task<StaffChange> SetRoleAsync(Guid staffId, Role role, Actor by, CancellationToken stop) => ChangeAsync(
        new Change(staffId, "staff_role_changed", Keeps: role == Role.Administrator, by),
        (work, person, _) => new StaffStore(work).SetRoleAsync(person.StaffId, role),
        person => new { from = person.Role, to = Words.Of(role) },
        stop);

    public Task<StaffChange> SetDisabledAsync(Guid staffId, bool isDisabled, Actor by, CancellationToken stop) => ChangeAsync(
        new Change(staffId, isDisabled ? "staff_disabled" : "staff_enabled", Keeps: !isDisabled, by),
        (work, person, now) => new StaffStore(work).SetDisabledAsync(person.StaffId, isDisabled ? now : null),
        _ => new { },
        stop);

    private async Task<StaffChange> ChangeAsync(Change change, Func<UnitOfWork, StaffMember, Instant, Task> write, Func<StaffMember, object> detail, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        await using var work = await database.WriteAsync(stop);
        // Locks all administrators first: two who demote each other at once do it one after the other.
        var administrators = await new StaffStore(work).CountAdministratorsAsync();
        if (await new StaffStore(work).FindAsync(change.StaffId) is not { } person) return StaffChange.Unknown;
        var isAdministrator = person is { Role: "administrator", DisabledAt: null };
        if (isAdministrator && !change.Keeps && administrators == 1) return StaffChange.LastAdministrator;
        await write(work, person, now);
        await new StaffSessionStore(work).EndAllAsync(person.StaffId, now);
        await new AuditStore(work).AppendAsync(change.By, change.Action, $"staff:{person.StaffId}", Json.Of(detail(person)), now);
        await work.CommitAsync();
        return StaffChange.Done;
    }

    private async Task<string> MakeLinkAsync(UnitOfWork work, string email, Role role, Actor by)
    {
        var now = clock.GetCurrentInstant();
        var invitations = new InvitationStore(work);
        await invitations.WithdrawAsync(email, InvitationStore.FirstStart, now);
        var token = await invitations.MakeAsync(email, role, by, now);
        await new AuditStore(work).AppendAsync(by, "staff_invited", "staff", Json.Of(new { role = Words.Of(role) }), now);
        await work.CommitAsync();
        return token;
    }

    /// <param name="Keeps">Whether an administrator is still one who can sign in afterwards.</param>
    private sealed record Change(Guid StaffId, string Action, bool Keeps, Actor By);
}
