using Regard.Storage;

namespace Regard.Changes;

/// <summary>Carries out plans whose start or withdrawal was asked for, also those that another process left unfinished.</summary>
internal sealed partial class PlanStartJob(Database database, IClock clock, ILogger<PlanStartJob> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Does what waits now.</summary>
    public static async Task OnceAsync(Database database, IClock clock, CancellationToken stop)
    {
        List<PlanRow> waiting;
        await using (var work = await database.ReadAsync(stop)) waiting = await new PlanStore(work).UnfinishedAsync();
        foreach (var plan in waiting)
        {
            var start = new PlanStart(database, clock);
            if (plan.State == "withdrawing") await start.WithdrawAsync(plan.PlanId, stop);
            else await start.RunAsync(plan.PlanId, null, stop);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await OnceAsync(database, clock, stoppingToken);
                await Task.Delay(Pause, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                Failed(log, failure.GetType().Name);
                await Task.Delay(Pause * 5, stoppingToken);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "A plan could not be carried on ({Kind}); it is tried again.")]
    private static partial void Failed(ILogger log, string kind);
}
