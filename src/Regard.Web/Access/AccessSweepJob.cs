using Regard.Storage;

namespace Regard.Access;

/// <summary>Removes, once an hour, what signing in leaves behind and nobody can use any more.</summary>
internal sealed class AccessSweepJob(Database database, IClock clock, RegardSettings settings, ILogger<AccessSweepJob> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!settings.RunsJobs) return;
        using var hour = new PeriodicTimer(TimeSpan.FromHours(1));
        do
        {
            try
            {
                await SweepAsync(database, clock.GetCurrentInstant(), stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError("The sweep of old sessions failed and will be tried in an hour: {Kind}\n{Stack}", failure.GetType().FullName, failure.StackTrace);
            }
        }
        while (await hour.WaitForNextTickAsync(stoppingToken));
    }

    public static async Task SweepAsync(Database database, Instant now, CancellationToken stop)
    {
        await using var work = await database.WriteAsync(stop);
        await new SweepStore(work).SweepAsync(now);
        await work.CommitAsync();
    }
}
