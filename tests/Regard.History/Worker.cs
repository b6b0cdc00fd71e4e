using Regard.Channels;
using Regard.Contact;
using Regard.Demo;
using Regard.Storage;

namespace Regard.History;

/// <summary>One process of a run: clients that speak for customers and staff, and the product's own dispatch beside them.</summary>
internal sealed class Worker(WorkerOrder order)
{
    private readonly FastClock _clock = new(order.Start);
    private readonly Dictionary<string, int> _refusals = [];
    private long _operations = (long)order.Number << 40;

    public WorkerOrder Order => order;

    public FastClock Clock => _clock;

    public long NextOperation() => Interlocked.Increment(ref _operations);

    public async Task RunAsync(CancellationToken stop)
    {
        await using var database = Database.Postgres(order.ConnectionString, Path.Combine(order.Folder, "journal"));
        using var log = new HistoryLog(Path.Combine(order.Folder, $"worker-{order.Number}.log"));
        var seed = new Seeded(order.Seed).For($"worker {order.Number}");
        await Task.WhenAll(
        [
            .. Enumerable.Range(0, order.Clients).Select(number => Task.Run(() => new Client(this, database, log, seed.For($"client {number}")).RunAsync(stop), CancellationToken.None)),
            Task.Run(() => DispatchAsync(database, log, stop), CancellationToken.None),
        ]);
        await File.WriteAllLinesAsync(Path.Combine(order.Folder, $"worker-{order.Number}.txt"), _refusals.Select(pair => $"{pair.Value} {pair.Key}"), CancellationToken.None);
    }

    /// <summary>What a client or a lane met and went on after: a cut wire, a deadlock, a fault of the product.</summary>
    public void Met(Exception failure)
    {
        var words = failure is Npgsql.PostgresException refused ? $"PostgreSQL {refused.SqlState}" : failure.GetType().Name;
        lock (_refusals) _refusals[words] = _refusals.GetValueOrDefault(words) + 1;
    }

    private Task DispatchAsync(Database database, HistoryLog log, CancellationToken stop)
    {
        var settings = new RegardSettings { DataFolder = order.Folder, ConnectionString = order.ConnectionString, Smtp = order.Smtp };
        IMailRoute Route() => new LoggedRoute(DispatchJob.Route(settings), log, _clock, NextOperation);
        return PlantedDispatch.Has(order.Plant)
            ? Task.WhenAll(Enumerable.Range(0, 4).Select(lane => PlantedAsync(database, settings, Route, lane, stop)))
            : new DispatchLanes(database, settings, _clock, Route, Met).RunAsync(stop);
    }

    private async Task PlantedAsync(Database database, RegardSettings settings, Func<IMailRoute> makeRoute, int lane, CancellationToken stop)
    {
        await using var route = makeRoute();
        var planted = new PlantedDispatch(order.Plant, database, new Dispatch(database, settings, _clock, route, $"worker {order.Number}.{lane}"), route, _clock, $"planted {order.Number}.{lane}");
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (await planted.RunAsync(stop) == 0) await Task.Delay(30, stop);
            }
            catch (Exception failure)
            {
                if (!stop.IsCancellationRequested) Met(failure);
            }
        }
    }
}
