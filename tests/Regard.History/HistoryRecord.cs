using System.Runtime.InteropServices;
using Regard.Contact;

namespace Regard.History;

/// <summary>What an entry of a history is about.</summary>
public enum Act : byte
{
    /// <summary>A customer's statement for one purpose: yes by mail, or not at all.</summary>
    Say,

    /// <summary>Somebody asks for a contact.</summary>
    Ask,

    /// <summary>A profile is merged into another one.</summary>
    Merge,

    /// <summary>That merge is undone.</summary>
    Undo,

    /// <summary>A worker begins to write a mail's end: the moment before the hand-over.</summary>
    HandOver,

    /// <summary>The mail server has read a mail's end.</summary>
    Received,
}

/// <summary>How far an operation is. What was invoked and never finished is unknown: it may have happened, or may happen later.</summary>
public enum Phase : byte
{
    Invoke,

    Ok,

    /// <summary>It certainly did not happen.</summary>
    Fail,

    Unknown,
}

/// <summary>One line of a history, of fixed size: a process that is killed leaves whole lines behind.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct HistoryRecord
{
    /// <summary>The machine's monotonic clock, which all its processes share.</summary>
    public long Time { get; init; }

    /// <summary>The operation; for hand-overs the attempt, which the mail's subject carries.</summary>
    public long Operation { get; init; }

    /// <summary>A contact's step.</summary>
    public long Step { get; init; }

    /// <summary>A statement's moment in the customers' time, or the moment before which a mail's claim was made; in microseconds.</summary>
    public long At { get; init; }

    /// <summary>A hash of the mail's Message-ID.</summary>
    public long Message { get; init; }

    public int Profile { get; init; }

    public Act Act { get; init; }

    public Phase Phase { get; init; }

    private readonly byte _purpose;
    private readonly byte _yes;

    public Purpose Purpose { get => (Purpose)_purpose; init => _purpose = (byte)value; }

    /// <summary>A statement permits; a received mail was taken.</summary>
    public bool Yes { get => _yes == 1; init => _yes = value ? (byte)1 : (byte)0; }

    public static int Size => Marshal.SizeOf<HistoryRecord>();
}
