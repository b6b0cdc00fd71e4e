using Regard.Channels;
using Regard.Storage;

namespace Regard.Contact;

/// <summary>Sends what is due, in this process; any number of processes may do so at once.</summary>
internal sealed class DispatchJob(Database database, RegardSettings settings, IClock clock, ILogger<DispatchJob> log) : BackgroundService
{
    private const int Batch = 64;

    /// <summary>The way out that the settings name.</summary>
    public static IMailRoute Route(RegardSettings settings) =>
        settings.Smtp is { } smtp ? new SmtpRoute(SmtpServer.Read(smtp)) : new FolderRoute(Path.Combine(settings.DataFolder, "mail"));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var route = Route(settings);
        var dispatch = new Dispatch(database, settings, clock, route, $"{Environment.MachineName}:{Environment.ProcessId}:{Ids.New(clock.GetCurrentInstant())}");
        var swept = Instant.MinValue;
        while (!stoppingToken.IsCancellationRequested)
        {
            var taken = 0;
            try
            {
                taken = await dispatch.RunAsync(Batch, stoppingToken);
                if (clock.GetCurrentInstant() - swept > Duration.FromSeconds(30))
                {
                    await dispatch.SweepAsync(stoppingToken);
                    swept = clock.GetCurrentInstant();
                }
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // The message stays claimed and will be found by the sweep. An exception's text may hold an address: only its kind is logged.
                log.LogError("Sending met {Kind}\n{Stack}", failure.GetType().FullName, failure.StackTrace);
            }
            if (taken == 0) await Task.Delay(TimeSpan.FromSeconds(1), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
