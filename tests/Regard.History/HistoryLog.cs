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

    /// <summary>All logs of a run as one history in the order of time. Reads each line once; a line that is not whole yet is left out.</summary>
    public static IEnumerable<HistoryRecord> Merge(string folder)
    {
        var logs = Directory.GetFiles(folder, "*.log").Order(StringComparer.Ordinal).Select(Read).ToList();
        var next = new PriorityQueue<(HistoryRecord[] Log, int At), long>();
        foreach (var log in logs.Where(log => log.Length > 0)) next.Enqueue((log, 0), log[0].Time);
        while (next.TryDequeue(out var place, out _))
        {
            yield return place.Log[place.At];
            if (place.At + 1 < place.Log.Length) next.Enqueue((place.Log, place.At + 1), place.Log[place.At + 1].Time);
        }
    }

    /// <summary>How many lines a run has so far.</summary>
    public static long Count(string folder) => Directory.GetFiles(folder, "*.log").Sum(file => new FileInfo(file).Length) / HistoryRecord.Size;

    private static HistoryRecord[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var lines = new HistoryRecord[stream.Length / HistoryRecord.Size];
        stream.ReadExactly(MemoryMarshal.AsBytes(lines.AsSpan()));
        return lines;
    }
}
