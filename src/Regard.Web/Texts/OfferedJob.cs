using Regard.Contact;
using Regard.Storage;

namespace Regard.Texts;

/// <summary>
/// Tells the gate which channels this process's provider brings. A process that sends and has no provider takes them back: nothing would
/// leave; one that only answers requests says nothing.
/// </summary>
internal sealed class OfferedJob(Database database, RegardSettings settings, IClock clock) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings.Provider is null && !settings.RunsJobs) return;
        IReadOnlyList<Channel> offered = settings.Provider is { } provider
            ? [.. OfferedStore.NeedProvider.Where(channel => (channel == Channel.Sms ? provider.Texts : provider.Calls) is not null)]
            : [];
        await database.RepeatAsync(work => new OfferedStore(work).WriteAsync(offered, "system:provider", clock.GetCurrentInstant()), cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
