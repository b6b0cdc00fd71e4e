using Regard.Storage;

namespace Regard.Contact;

/// <summary>Adds up, once a minute, the parts in which the classes of customers are counted; any number of processes may do so at once.</summary>
internal sealed class AudienceFoldJob(Database database, ILogger<AudienceFoldJob> log) : BackgroundService
{
    // What a preview reads at most beside one row of each class, roughly.
    private const int Enough = 5000;

    public static async Task OnceAsync(Database database, CancellationToken stop)
    {
        for (var folded = Enough; folded >= Enough;)
        {
            await using var work = await database.WriteAsync(stop);
            folded = await AudienceMemberStore.FoldAsync(work);
            await work.CommitAsync();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var minute = new PeriodicTimer(TimeSpan.FromMinutes(1));
        while (await minute.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await OnceAsync(database, stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError("The counts of classes could not be added up and will be in a minute: {Kind}\n{Stack}", failure.GetType().FullName, failure.StackTrace);
            }
        }
    }
}
