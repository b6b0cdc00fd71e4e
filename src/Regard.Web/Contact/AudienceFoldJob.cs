using Regard.Storage;

namespace Regard.Contact;

/// <summary>Folds in, once a minute, who came into a class or left it, and learns what is new among classes; any number of processes may do so at once.</summary>
internal sealed class AudienceFoldJob(Database database, ILogger<AudienceFoldJob> log) : BackgroundService
{
    public static async Task OnceAsync(Database database, CancellationToken stop)
    {
        int folded;
        do
        {
            await using var work = await database.WriteAsync(stop);
            folded = await new AudienceCountStore(work).FoldAsync();
            await work.CommitAsync();
        }
        while (folded > 0);
    }

    // Whoever looks at an audience next need not wait until all classes are read.
    private static async Task LearnAsync(Database database, CancellationToken stop)
    {
        await using var work = await database.SnapshotAsync(stop);
        await new AudienceCountStore(work).LearnAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var minute = new PeriodicTimer(TimeSpan.FromMinutes(1));
        while (await minute.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await OnceAsync(database, stoppingToken);
                await LearnAsync(database, stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError("Moves between classes could not be folded in and will be in a minute: {Kind}\n{Stack}", failure.GetType().FullName, failure.StackTrace);
            }
        }
    }
}
