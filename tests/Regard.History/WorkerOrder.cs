using System.Text.Json;

namespace Regard.History;

/// <summary>A fault of the protocol that a worker has, to show that the checker finds it.</summary>
public enum Plant
{
    None,

    /// <summary>What is free under a limit is looked up before the customer is locked, and taken after.</summary>
    CheckThenInsert,

    /// <summary>A statement is written and acknowledged without the customer's lock; the wishes follow.</summary>
    OptOutWithoutLock,

    /// <summary>The wishes are compared and let go, and then the mail is handed over.</summary>
    ReleaseBeforeHandOff,

    /// <summary>The mail is handed over, and then the message is taken.</summary>
    MarkAfterHandOff,
}

/// <summary>What a worker process is told.</summary>
internal sealed record WorkerOrder
{
    /// <summary>The number of this process among all that the run starts.</summary>
    public required int Number { get; init; }

    public required string Folder { get; init; }

    public required string ConnectionString { get; init; }

    public required string Smtp { get; init; }

    public required ulong Seed { get; init; }

    /// <summary>The beginning of the run by the machine's monotonic clock.</summary>
    public required long Start { get; init; }

    public required int Pairs { get; init; }

    public Plant Plant { get; init; }

    public required int Clients { get; init; }

    /// <summary>At how many pairs the clients are at the same time.</summary>
    public required int BusyPairs { get; init; }

    /// <summary>How many pairs cease to be busy in a second, and as many others begin to be.</summary>
    public required int PairsASecond { get; init; }

    /// <summary>How long, in milliseconds, a client waits at most before it says no to what it asked for.</summary>
    public required int LongestYes { get; init; }

    /// <summary>How many contacts are asked for at once: so many at least, and six at most.</summary>
    public required int AskedAtOnce { get; init; }

    public static WorkerOrder Read(string file) => JsonSerializer.Deserialize<WorkerOrder>(File.ReadAllText(file))!;

    public string Save()
    {
        var file = Path.Combine(Folder, $"worker-{Number}.json");
        File.WriteAllText(file, JsonSerializer.Serialize(this));
        return file;
    }
}
