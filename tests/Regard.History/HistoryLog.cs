using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Regard.History;

/// <summary>The history as one process writes it: every line reaches the system at once, so that kill -9 loses none. Lines are in the order of their time.</summary>
internal sealed class HistoryLog(string file) : IDisposable
{
    private readonly FileStream _stream = new(file, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
    private readonly Lock _turn = new();

    public void Write(HistoryRecord record)
    {
        lock (_turn)
        {
            var stamped = record with { Time = Stopwatch.GetTimestamp() };
            _stream.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<HistoryRecord>(in stamped)));
        }
    }

    public void Dispose() => _stream.Dispose();

    /// <summary>All logs of a run as one history in the order of time, as it is read. A line that is not whole yet is left out.</summary>
    /// <param name="until">The last moment of it, by the machine's clock. While logs are written, one is read a little later than another: what is newer than their reading would stand there without what explains it.</param>
    public static IEnumerable<HistoryRecord> Merge(string folder, long until = long.MaxValue)
    {
        var next = new PriorityQueue<IEnumerator<HistoryRecord>, long>();
        foreach (var log in Directory.GetFiles(folder, "*.log").Order(StringComparer.Ordinal).Select(file => Lines(file).GetEnumerator()))
            if (log.MoveNext())
                next.Enqueue(log, log.Current.Time);
        while (next.TryDequeue(out var log, out _))
        {
            var isDue = log.Current.Time <= until;
            if (isDue) yield return log.Current;
            if (isDue && log.MoveNext()) next.Enqueue(log, log.Current.Time);
            else log.Dispose();
        }
    }

    /// <summary>How many lines a run has so far.</summary>
    public static long Count(string folder) => Directory.GetFiles(folder, "*.log").Sum(file => new FileInfo(file).Length) / HistoryRecord.Size;

    private static IEnumerable<HistoryRecord> Lines(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var lines = new HistoryRecord[512];
        for (var left = stream.Length / HistoryRecord.Size; left > 0; left -= lines.Length)
        {
            var count = (int)Math.Min(left, lines.Length);
            stream.ReadExactly(MemoryMarshal.AsBytes(lines.AsSpan(0, count)));
            for (var n = 0; n < count; n++) yield return lines[n];
        }
    }
}
