using Regard.Storage;

namespace Regard.Outreach;

/// <summary>Carries on campaigns that were started, and ends those that were stopped; also what another process left unfinished.</summary>
internal sealed partial class CampaignJob(Database database, IClock clock, ILogger<CampaignJob> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly CampaignState[] Unfinished = [CampaignState.Starting, CampaignState.Stopping];

    /// <summary>Does what waits now.</summary>
    public static async Task OnceAsync(Database database, IClock clock, string worker, CancellationToken stop)
    {
        List<CampaignRow> waiting;
        await using (var work = await database.ReadAsync(stop)) waiting = await new CampaignStore(work).ListAsync(Unfinished, null, 100);
        foreach (var campaign in waiting)
        {
            var run = new CampaignRun(database, clock, worker);
            if (campaign.State == "stopping") await run.StopAsync(campaign.CampaignId, stop);
            else await run.RunAsync(campaign.CampaignId, stop);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var worker = $"{Environment.MachineName}:{Environment.ProcessId}:{Ids.New(clock.GetCurrentInstant())}";
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await OnceAsync(database, clock, worker, stoppingToken);
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

    [LoggerMessage(LogLevel.Error, "A campaign could not be carried on ({Kind}); it is tried again.")]
    private static partial void Failed(ILogger log, string kind);
}
