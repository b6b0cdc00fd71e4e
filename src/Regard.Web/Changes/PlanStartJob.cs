using Regard.Storage;

namespace Regard.Changes;

/// <summary>Makes plans that were asked for, and carries out those whose start or withdrawal was asked for; also what another process left unfinished.</summary>
internal sealed partial class PlanStartJob(Database database, IClock clock, ILogger<PlanStartJob> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Does what waits now.</summary>
    public static async Task OnceAsync(Database database, IClock clock, CancellationToken stop)
    {
        List<PlanRow> waiting;
        await using (var work = await database.ReadAsync(stop)) waiting = await new PlanStore(work).UnfinishedAsync(clock.GetCurrentInstant());
        foreach (var plan in waiting)
        {
            var start = new PlanStart(database, clock);
            if (plan.State == "making") await MakeAsync(database, plan, clock.GetCurrentInstant(), stop);
            else if (plan.State == "withdrawing") await start.WithdrawAsync(plan.PlanId, stop);
            else await start.RunAsync(plan.PlanId, null, stop);
        }
    }

    private static async Task MakeAsync(Database database, PlanRow row, Instant now, CancellationToken stop)
    {
        Change change;
        await using (var work = await database.WriteAsync(stop))
        {
            if (!await new PlanStore(work).TakeOverAsync(row.PlanId, now, now + PlanMaking.Patience)) return;
            change = (await new ChangeStore(work).FindAsync(row.ChangeId))!;
            await work.CommitAsync();
        }
        var plan = new NewPlan(row.PlanId, change, new(row.StaffMinutes, row.AsOf), IsAgain: true);
        await new PlanMaking(database, (work, id) => PlanContact.MeansAsync(work, id, change, now)).FinishAsync(plan, now, null, stop);
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
