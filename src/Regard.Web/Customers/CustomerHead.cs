using Regard.Contact;

namespace Regard.Customers;

/// <summary>What everybody sees first, on every page about a customer: who they are, what is open and who owns it, what matters to them.</summary>
public sealed record CustomerHead
{
    public Guid CustomerId { get; init; }

    public CustomerKind Kind { get; init; }

    public string Name { get; init; } = "";

    /// <summary>How they like to be addressed, in their own words; null = nobody asked yet.</summary>
    public string? AddressAs { get; init; }

    public string? Language { get; init; }

    public string? TimeZone { get; init; }

    public string? Country { get; init; }

    public Instant CreatedAt { get; init; }

    public long Version { get; init; }

    /// <summary>The profile in which this one lives on; null = itself.</summary>
    public Guid? MergedInto { get; init; }

    public Instant? ErasedAt { get; init; }

    public long Touchpoints { get; init; }

    public Instant? LastTouchpointAt { get; init; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Identity> Identities { get; init; } = [];

    /// <summary>Facts that hold, newest first.</summary>
    public IReadOnlyList<CustomerFact> Facts { get; init; } = [];

    /// <summary>Open cases and tasks, the most pressing first.</summary>
    public IReadOnlyList<OpenWork> Open { get; init; } = [];

    /// <summary>How they want to be contacted.</summary>
    public Wishes Wishes { get; init; } = Wishes.Unsaid;

    public string Address => $"/customers/{CustomerId}";

    public string Greeting => AddressAs ?? Name;
}

/// <summary>Something open for a customer: a case, or a task of ours.</summary>
public sealed record OpenWork
{
    public Guid Id { get; init; }

    /// <summary>case, or the kind of task.</summary>
    public string Kind { get; init; } = "";

    public string Title { get; init; } = "";

    /// <summary>Of a case the promised time, of a task when it is due.</summary>
    public Instant DueAt { get; init; }

    /// <summary>Who owns it; null = a task that anybody may take.</summary>
    public string? Owner { get; init; }

    public bool IsCase => Kind == "case";
}
