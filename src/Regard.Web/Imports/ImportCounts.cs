namespace Regard.Imports;

/// <summary>What became of a file's lines. Every line read is counted once: read = new + updated + unchanged + rejected.</summary>
public sealed record ImportCounts
{
    public long Read { get; set; }

    /// <summary>How much of the file was read, 0 to 100.</summary>
    public int Percent { get; set; }

    /// <summary>Lines of records that were not known.</summary>
    public long New { get; set; }

    /// <summary>Lines of records that were known with other contents.</summary>
    public long Updated { get; set; }

    /// <summary>Lines of records that were known exactly so.</summary>
    public long Unchanged { get; set; }

    /// <summary>Lines that were not recorded, by reason.</summary>
    public SortedDictionary<string, long> Rejected { get; init; } = new(StringComparer.Ordinal);

    /// <summary>New records, by what they are: <c>orders</c>, <c>returns</c>, <c>customers</c> …</summary>
    public SortedDictionary<string, long> Records { get; init; } = new(StringComparer.Ordinal);

    /// <summary>What the file tells and is deliberately not recorded, and how often; the lines themselves are counted elsewhere.</summary>
    public SortedDictionary<string, long> Ignored { get; init; } = new(StringComparer.Ordinal);

    [System.Text.Json.Serialization.JsonIgnore]
    public long RejectedLines => Rejected.Values.Sum();

    public void Reject(string reason, int lines) => Rejected[reason] = Rejected.GetValueOrDefault(reason) + lines;

    public void Ignore(string what, long count) => Ignored[what] = Ignored.GetValueOrDefault(what) + count;

    public void Made(string what, long count)
    {
        if (count > 0) Records[what] = Records.GetValueOrDefault(what) + count;
    }

    public void Add(ImportCounts other)
    {
        Read += other.Read;
        New += other.New;
        Updated += other.Updated;
        Unchanged += other.Unchanged;
        foreach (var (reason, lines) in other.Rejected) Rejected[reason] = Rejected.GetValueOrDefault(reason) + lines;
        foreach (var (what, count) in other.Records) Made(what, count);
        foreach (var (what, count) in other.Ignored) Ignore(what, count);
    }
}
