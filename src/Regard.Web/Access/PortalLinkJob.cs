namespace Regard.Access;

/// <summary>Makes and sends the sign-in links that customers ask for, one after the other.</summary>
internal sealed class PortalLinkJob(PortalLinkQueue queue, PortalDesk desk, RegardSettings settings, ILogger<PortalLinkJob> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!settings.RunsJobs) return;
        await foreach (var email in queue.ReadAllAsync(stoppingToken))
        {
            try
            {
                await desk.SendLinkAsync(email, stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                // One address that cannot be served must not stop the next; the message may name it, so only the kind is logged.
                log.LogError("A sign-in link could not be sent: {Kind}\n{Stack}", failure.GetType().FullName, failure.StackTrace);
            }
        }
    }
}
