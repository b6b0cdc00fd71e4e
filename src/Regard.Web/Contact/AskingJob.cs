using Regard.Storage;

namespace Regard.Contact;

/// <summary>Asks customers at a gentle pace: so many a day in the whole house, each once.</summary>
internal sealed class AskingJob(Database database, RegardSettings settings, IClock clock, ILogger<AskingJob> log) : BackgroundService
{
    /// <summary>How many customers are asked in a day at most.</summary>
    public const int ADay = 200;

    /// <summary>Asks whom it is time to ask. Answers how many were.</summary>
    public static async Task<int> OnceAsync(Database database, RegardSettings settings, Instant now, CancellationToken stop)
    {
        IReadOnlyList<Guid> candidates;
        await using (var read = await database.ReadAsync(stop))
        {
            var store = new AskingStore(read);
            var left = ADay - await store.AskedSinceAsync(now - Duration.FromDays(1));
            if (left <= 0) return 0;
            candidates = await store.CandidatesAsync(now, (int)left);
        }
        var asked = 0;
        foreach (var customerId in candidates)
        {
            await using var work = await database.WriteAsync(stop);
            if ((await new AskingDesk(work, settings).AskAsync(customerId, now)).Occasion is null) continue;
            await work.CommitAsync();
            asked++;
        }
        return asked;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var hour = new PeriodicTimer(TimeSpan.FromHours(1));
        while (await hour.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await OnceAsync(database, settings, clock.GetCurrentInstant(), stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError("Customers could not be asked and will be in an hour: {Kind}\n{Stack}", failure.GetType().FullName, failure.StackTrace);
            }
        }
    }
}
