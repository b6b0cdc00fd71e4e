using Regard.Channels;
using Regard.Storage;

namespace Regard.Contact;

/// <summary>Sends what is due, in this process; any number of processes may do so at once.</summary>
internal sealed class DispatchJob(Database database, RegardSettings settings, IClock clock, ILogger<DispatchJob> log) : BackgroundService
{
    /// <summary>The way out that the settings name.</summary>
    public static IMailRoute Route(RegardSettings settings) => new ChannelRoutes(
        settings.Smtp is { } smtp ? new SmtpRoute(SmtpServer.Read(smtp)) : new FolderRoute(Path.Combine(settings.DataFolder, "mail")),
        settings.Provider is { } provider ? new ProviderRoute(provider, settings) : null);

    // An exception's text may hold an address: only its kind is logged.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => new DispatchLanes(
        database, settings, clock, () => Route(settings),
        failure => log.LogError("Sending met {Kind}\n{Stack}", failure is StorageRefusal ? failure.Message : failure.GetType().FullName, failure.StackTrace)).RunAsync(stoppingToken);
}
