using System.Collections.Concurrent;
using Regard.Storage;

namespace Regard.Webhooks;

/// <summary>
/// Whether anybody listens at all: looked up at most every two seconds, so that a house without webhooks pays nothing for them at each
/// contact. An endpoint that another node added so hears what happens from two seconds later at the latest.
/// </summary>
internal static class Listeners
{
    private const long AskEvery = 2000;

    private static readonly ConcurrentDictionary<(string, string), (long AskedAt, bool IsAny)> Known = new();

    public static async Task<bool> AnyAsync(UnitOfWork work)
    {
        if (Known.TryGetValue(Key(work), out var known) && Environment.TickCount64 - known.AskedAt < AskEvery) return known.IsAny;
        var isAny = await new WebhookEndpointStore(work).AnyAsync();
        Known[Key(work)] = (Environment.TickCount64, isAny);
        return isAny;
    }

    /// <summary>Makes this process look again, when an endpoint was added or woken.</summary>
    public static void Forget(UnitOfWork work) => Known.TryRemove(Key(work), out _);

    private static (string, string) Key(UnitOfWork work) => (work.Connection.DataSource, work.Connection.Database);
}
