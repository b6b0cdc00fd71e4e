using System.CommandLine;
using Regard.Access;

namespace Regard.Commands;

/// <summary>
/// <c>regard invite</c>: a sign-in link for a new member of staff, or a new one for somebody who lost their phone. For whoever has the
/// machine: the way back in when no administrator can sign in any more.
/// </summary>
internal static class InviteCommand
{
    private static readonly Argument<string> Email = new("email") { Description = "the person's e-mail address" };

    private static readonly Option<string> AsRole = new("--role")
    {
        Description = $"of a new person: {string.Join(", ", Words.All<Role>())}",
        DefaultValueFactory = _ => Words.Of(Role.Administrator),
    };

    public static Command Build()
    {
        var command = new Command("invite", "Print a sign-in link for a new member of staff, or a new one for an existing one") { Email, AsRole };
        command.SetAction(async (parsed, stop) =>
        {
            var (settings, email) = (CommonOptions.Settings(parsed), parsed.GetValue(Email)!);
            if (!EmailForm.IsAddress(email) || Words.Read<Role>(parsed.GetValue(AsRole)) is not { } role)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"Give an e-mail address, and a role of: {string.Join(", ", Words.All<Role>())}.");
                return 2;
            }
            await using var database = await Startup.OpenAsync(settings, SystemClock.Instance, stop);
            var token = await new StaffDesk(database, SystemClock.Instance).InviteOrRenewAsync(email, role, Actor.System("command-line"), stop);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(settings.Link($"{JoinEndpoints.Path}/{token}"));
            return 0;
        });
        return command;
    }
}
