using Regard.Storage;

namespace Regard.Access;

/// <summary>While there is no administrator yet, each start makes one link for the first administrator, and the one before it ends.</summary>
internal static class FirstStart
{
    /// <summary>The path of the new link; null when there is an administrator already.</summary>
    public static async Task<string?> InviteAsync(Database database, Instant now, CancellationToken stop)
    {
        await using var work = await database.WriteAsync(stop);
        if (await new StaffStore(work).AnyAdministratorAsync()) return null;
        var invitations = new InvitationStore(work);
        await invitations.WithdrawAsync(null, InvitationStore.FirstStart, now);
        var token = await invitations.MakeAsync(null, Role.Administrator, InvitationStore.FirstStart, now);
        await work.CommitAsync();
        return $"{JoinEndpoints.Path}/{token}";
    }
}
