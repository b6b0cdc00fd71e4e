using System.Runtime.InteropServices;

namespace Regard.Contact;

/// <summary>How many customers of a segment each class has.</summary>
/// <param name="known">Where it stands what classes are.</param>
internal sealed class AudienceCounts(AudienceKnown known)
{
    private readonly Dictionary<Guid, long> _unknown = [];
    private long[] _customers = new long[known.Count];

    /// <summary>Where it stands what classes are.</summary>
    public AudienceKnown Known { get; } = known;

    /// <summary>Classes that have customers and of which it is not known yet what they stand for.</summary>
    public IEnumerable<Guid> Unknown => _unknown.Where(one => one.Value != 0).Select(one => one.Key);

    /// <summary>By the place of a class, how many customers it has. Complete when nothing is unknown any more.</summary>
    public ReadOnlySpan<long> ByPlace => _customers;

    /// <summary>All customers.</summary>
    public long Total
    {
        get
        {
            var total = 0L;
            foreach (var customers in _customers) total += customers;
            return total;
        }
    }

    /// <summary>The classes that have customers.</summary>
    public IEnumerable<KnownClass> Classes
    {
        get
        {
            for (var place = 0; place < _customers.Length; place++)
                if (_customers[place] != 0)
                    yield return Known.At(place);
        }
    }

    /// <summary>The same counts, to be counted on.</summary>
    public AudienceCounts Copy() => new(Known) { _customers = [.. _customers] };

    public void Set(Guid classKey, long customers)
    {
        if (Known.Find(classKey) is { } place) Of(place) = customers;
        else _unknown[classKey] = customers;
    }

    public void Add(Guid classKey, long customers)
    {
        if (Known.Find(classKey) is { } place) Of(place) += customers;
        else CollectionsMarshal.GetValueRefOrAddDefault(_unknown, classKey, out _) += customers;
    }

    /// <summary>Counts those of which it was learnt what they stand for.</summary>
    public void Learnt()
    {
        foreach (var (key, customers) in _unknown)
            if (Known.Find(key) is { } place)
                Of(place) += customers;
        _unknown.Clear();
    }

    /// <summary>Leaves out classes whose customers are in other places or are written to in other languages.</summary>
    public void Keep(AudienceSegment segment)
    {
        if (segment.Countries.Count == 0 && segment.Languages.Count == 0) return;
        for (var place = 0; place < _customers.Length; place++)
            if (_customers[place] != 0 && !segment.Has(Known.At(place).Facts))
                _customers[place] = 0;
    }

    private ref long Of(int place)
    {
        if (place >= _customers.Length) Array.Resize(ref _customers, Math.Max(Known.Count, place + 1));
        return ref _customers[place];
    }
}
