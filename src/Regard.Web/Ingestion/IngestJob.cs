using Regard.Storage;

namespace Regard.Ingestion;

/// <summary>
/// Makes facts of the events in the inbox, for as long as the program runs. Any number of processes may do so at once: a part of the inbox
/// is one worker's for as long as its transaction lasts, and an event is marked done in the transaction of its facts.
/// </summary>
internal sealed class IngestJob(Database database, IClock clock, Intake intake, ILogger<IngestJob> log) : BackgroundService
{
    private const int BatchSize = 2000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly Duration TidyEvery = Duration.FromMinutes(1);
    private static readonly Duration ForgetEvery = Duration.FromHours(1);

    private Instant _tidiedAt = Instant.MinValue;
    private Instant _forgotAt = Instant.MinValue;

    /// <summary>Works off what is due now. Answers how many events were looked at.</summary>
    public async Task<int> StepAsync(CancellationToken stop)
    {
        if (clock.GetCurrentInstant() - TidyEvery > _tidiedAt) await TidyAsync(stop);
        var seen = 0;
        for (var part = 0; part < ReceivedEvent.Parts; part++)
        {
            await using (var read = await database.ReadAsync(stop))
            {
                if (!await new WaitingStore(read).IsDueAsync(part, clock.GetCurrentInstant())) continue;
            }
            for (int batch; (batch = await PartAsync(part, stop)) > 0;) seen += batch;
        }
        return seen;
    }

    /// <summary>Forgets what came in longer ago than events are known, in small transactions: on SQLite every other write waits for each of them.</summary>
    public static async Task ForgetAsync(Database database, Instant now, CancellationToken stop)
    {
        for (var gone = BatchSize; gone >= BatchSize;)
        {
            await using var work = await database.WriteAsync(stop);
            gone = await new WaitingStore(work).ForgetAsync(now, BatchSize);
            await work.CommitAsync();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                if (await WorkAsync(stoppingToken) == 0) await intake.WaitAsync(Pause, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program ends.
        }
    }

    private async Task TidyAsync(CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        await using (var work = await database.WriteAsync(stop))
        {
            var store = new WaitingStore(work);
            await store.PrepareAsync(now);
            await store.ReleaseKnownAsync(now - TidyEvery - TidyEvery, now);
            await work.CommitAsync();
        }
        _tidiedAt = now;
        if (now - ForgetEvery <= _forgotAt) return;
        await ForgetAsync(database, now, stop);
        _forgotAt = now;
    }

    private async Task<int> WorkAsync(CancellationToken stop)
    {
        try
        {
            return await StepAsync(stop);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            log.LogError("The inbox could not be worked off: {Kind}", failure.GetType().FullName);
            await Task.Delay(Pause, stop);
            return 0;
        }
    }

    private async Task<int> PartAsync(int part, CancellationToken stop)
    {
        List<WaitingEvent> due = [];
        var now = clock.GetCurrentInstant();
        try
        {
            return await database.RepeatAsync(async work =>
            {
                var store = new WaitingStore(work);
                due = await store.LeaseAsync(part) ? await store.DueAsync(part, BatchSize, now) : [];
                if (due.Count > 0) await store.FinishAsync(await new EventRecorder(work, now).RecordAsync(due), now);
                return due.Count;
            }, stop);
        }
        catch (Exception failure) when (failure is not OperationCanceledException && due.Count > 0)
        {
            log.LogWarning("A batch of {Count} events failed and is tried one by one: {Kind}", due.Count, failure.GetType().FullName);
        }
        foreach (var each in due) await AloneAsync(part, each, now, stop);
        return due.Count;
    }

    /// <summary>Records one event by itself, so that one that cannot be recorded holds nobody else up.</summary>
    private async Task AloneAsync(int part, WaitingEvent each, Instant now, CancellationToken stop)
    {
        EventOutcome? outcome = null;
        try
        {
            await database.RepeatAsync(async work =>
            {
                if (!await new WaitingStore(work).LeaseAsync(part)) return false;
                await new WaitingStore(work).FinishAsync(await new EventRecorder(work, now).RecordAsync([each]), now);
                return true;
            }, stop);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            outcome = EventOutcome.Later(each, "failed: " + failure.GetType().Name);
        }
        if (outcome is null) return;
        await using var note = await database.WriteAsync(stop);
        await new WaitingStore(note).FinishAsync([outcome], now);
        await note.CommitAsync();
    }
}
