using System.Collections.Concurrent;

namespace Regard.Storage;

/// <summary>One at a time for each customer of a SQLite file, in this process.</summary>
internal static class CustomerTurns
{
    private static readonly ConcurrentDictionary<(string, Guid), Turn> Turns = new();

    public static async Task<IDisposable> TakeAsync(string file, Guid customerId, CancellationToken stop)
    {
        while (true)
        {
            var turn = Turns.GetOrAdd((file, customerId), static _ => new Turn());
            Interlocked.Increment(ref turn.Waiting);
            try
            {
                await turn.Gate.WaitAsync(stop);
            }
            catch
            {
                Interlocked.Decrement(ref turn.Waiting);
                throw;
            }
            // The last one to leave takes the turn away: whoever got it in that moment asks for the new one.
            if (Turns.TryGetValue((file, customerId), out var current) && ReferenceEquals(current, turn)) return new Leave((file, customerId), turn);
            Interlocked.Decrement(ref turn.Waiting);
            turn.Gate.Release();
        }
    }

    private sealed class Turn
    {
        public readonly SemaphoreSlim Gate = new(1, 1);
        public int Waiting;
    }

    private sealed class Leave((string, Guid) key, Turn turn) : IDisposable
    {
        private int _isLeft;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isLeft, 1) == 1) return;
            if (Interlocked.Decrement(ref turn.Waiting) == 0) Turns.TryRemove(KeyValuePair.Create(key, turn));
            turn.Gate.Release();
        }
    }
}
