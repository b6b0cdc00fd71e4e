using Regard.Contact;
using Regard.Storage;
using Regard.Timeline;

namespace Regard.Outreach;

/// <summary>
/// Ends tasks that nobody did while they were of use. Such a customer is never dropped in silence: the task stays on the list of the day as
/// come too late until somebody has seen it, and the timeline says so.
/// </summary>
internal sealed class TaskExpiryJob(Database database, IClock clock, ILogger<TaskExpiryJob> log) : BackgroundService
{
    private const int Page = 200;

    /// <summary>Ends what has come too late by now, one customer a transaction. Answers how many.</summary>
    public static async Task<int> OnceAsync(Database database, Instant now, CancellationToken stop)
    {
        var ended = 0;
        while (true)
        {
            List<TaskRow> late;
            await using (var read = await database.ReadAsync(stop)) late = await new TaskStore(read).TooLateAsync(now, Page);
            foreach (var task in late) ended += await EndAsync(database, task, now, stop) ? 1 : 0;
            if (late.Count < Page) return ended;
        }
    }

    private static async Task<bool> EndAsync(Database database, TaskRow task, Instant now, CancellationToken stop)
    {
        await using var work = await database.WriteAsync(stop);
        if (!await new TaskStore(work).ExpireAsync(task.CustomerId, task.TaskId, now)) return false;
        await new AddressStore(work).MoveCallAsync(task.CustomerId, task.TaskId, null);
        if (task.DecisionId is not null) await new ContactNews(work).ExpiredAsync(TaskContact.Fact(task), now);
        await new TimelineStore(work).AppendAsync(
            task.CustomerId,
            [
                new Touchpoint
                {
                    At = now, Department = Department.Service, Kind = "task", Channel = task.Kind == "visit" ? "visit" : "phone", Direction = Direction.None,
                    Summary = $"Not done in time: {task.Title}", Source = "task", SourceId = $"{task.TaskId}:expired:{now.ToUnixTimeMilliseconds()}",
                },
            ],
            now);
        await work.CommitAsync();
        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var minute = new PeriodicTimer(TimeSpan.FromMinutes(1));
        do
        {
            try
            {
                await OnceAsync(database, clock.GetCurrentInstant(), stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError("Tasks that came too late could not be ended and will be in a minute: {Kind}\n{Stack}", failure.GetType().FullName, failure.StackTrace);
            }
        }
        while (await minute.WaitForNextTickAsync(stoppingToken));
    }
}
