using Regard.Access;
using Regard.Api;
using Regard.Storage;

namespace Regard.Jobs;

/// <summary>Removes, once an hour, what has no effect any more: sessions, links and counts of signing in, and the API's old idempotency keys.</summary>
internal sealed class SweepJob(Database database, IClock clock, ILogger<SweepJob> log) : BackgroundService
{
    // Small transactions: on SQLite every other write waits for each of them.
    private const int Part = 2000;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var hour = new PeriodicTimer(TimeSpan.FromHours(1));
        do
        {
            try
            {
                await SweepAsync(database, clock.GetCurrentInstant(), stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError("The sweep of what is over failed and will be tried in an hour: {Kind}\n{Stack}", failure.GetType().FullName, failure.StackTrace);
            }
        }
        while (await hour.WaitForNextTickAsync(stoppingToken));
    }

    public static async Task SweepAsync(Database database, Instant now, CancellationToken stop)
    {
        await using (var work = await database.WriteAsync(stop))
        {
            await new SweepStore(work).SweepAsync(now);
            await work.CommitAsync();
        }
        for (var gone = Part; gone == Part;)
        {
            await using var work = await database.WriteAsync(stop);
            gone = await new IdempotencyStore(work).ForgetAsync(now, Part);
            await work.CommitAsync();
        }
    }
}
