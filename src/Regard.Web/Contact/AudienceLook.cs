using System.Runtime.InteropServices;
using Regard.Storage;

namespace Regard.Contact;

/// <summary>Customers of one class for whom the gate answers the same.</summary>
/// <param name="Place">The class's place among those that are known.</param>
/// <param name="HasBought">Of the class only those who bought within <paramref name="Within"/>, or only the others; null = all.</param>
internal readonly record struct AudiencePart(AudienceVerdict Verdict, int Place, bool? HasBought, Duration Within, long Customers);

/// <summary>One customer for whom it answers otherwise than for their class.</summary>
internal readonly record struct AudienceOne(AudienceVerdict Verdict, Guid CustomerId);

/// <summary>
/// What the gate would answer for everybody at a moment. It is asked once for each class; customers of whom it matters what reached them are
/// asked for one by one. A preview, not a decision: every real contact is decided from the rows themselves, when it is asked for and again.
/// </summary>
internal sealed class AudienceLook
{
    private readonly AudienceCounts _counts;
    private readonly int[] _questionOf;
    private readonly ClassAnswer?[] _answers;
    private readonly Dictionary<int, (long Buyers, long Others)> _less = [];
    private readonly Dictionary<Guid, long> _bought = [];
    private readonly List<AudienceOne> _ones = [];

    private AudienceLook(AudienceSegment segment, AudienceInquiry inquiry, AudienceCounts counts, ClassAnswer?[] answers)
    {
        (Segment, Now, _counts, _answers) = (segment, inquiry.Now, counts, answers);
        _questionOf = counts.Known.For(inquiry.Purpose).OfPlace;
    }

    public AudienceSegment Segment { get; }

    public Instant Now { get; }

    /// <summary>Everybody but those for whom it answers otherwise than for their class; a part without customers is left out.</summary>
    private IEnumerable<AudiencePart> Parts
    {
        get
        {
            for (var place = 0; place < _counts.ByPlace.Length; place++)
            {
                var customers = _counts.ByPlace[place];
                if (customers == 0) continue;
                var (answer, less) = (Answer(place), _less.Count == 0 ? default : _less.GetValueOrDefault(place));
                var buyers = answer.IsSplit ? _bought.GetValueOrDefault(_counts.Known.At(place).Key) : 0;
                if (buyers != less.Buyers) yield return new AudiencePart(answer.Buyers, place, true, answer.At.Within!.Value, buyers - less.Buyers);
                if (customers - buyers != less.Others) yield return new AudiencePart(answer.Others, place, answer.IsSplit ? false : null, answer.At.Within ?? Duration.Zero, customers - buyers - less.Others);
            }
        }
    }

    /// <summary>How many there are of each group, each customer once.</summary>
    public Audience Audience
    {
        get
        {
            var audience = new Audience();
            foreach (var (verdict, customers) in Totals()) audience.Add(verdict.Group, customers);
            return audience;
        }
    }

    /// <param name="work">A snapshot: all of it is seen as it was at one moment.</param>
    public static async Task<AudienceLook> TakeAsync(UnitOfWork work, ContactRequest request, AudienceSegment segment, Instant now)
    {
        var store = new AudienceStore(work);
        var inquiry = new AudienceInquiry(request, await new PolicyStore(work).ReadAsync(), await new OfferedStore(work).ReadAsync(), now);
        var counts = await store.CountAsync(segment);
        // The gate is asked while the database looks for those who may differ from their class.
        var asking = Task.Run(() => inquiry.Ask(counts), work.Stop);
        var since = now - counts.Classes.Aggregate(ContactGate.LookBack(Wishes.Unsaid), (longest, one) => Duration.Max(longest, one.LookBack));
        var shared = await new AudienceSharedStore(work).ReadAsync(since);
        var histories = await store.HistoriesAsync(shared.Keys, segment, since, now);
        var look = new AudienceLook(segment, inquiry, counts, await asking);
        await look.AddOnesAsync(store, inquiry, histories, shared);
        await look.AddBoughtAsync(store);
        return look;
    }

    /// <summary>How many get each answer.</summary>
    public IReadOnlyDictionary<AudienceVerdict, long> Totals()
    {
        var totals = new Dictionary<AudienceVerdict, long>();
        foreach (var part in Parts) CollectionsMarshal.GetValueRefOrAddDefault(totals, part.Verdict, out _) += part.Customers;
        foreach (var one in _ones) CollectionsMarshal.GetValueRefOrAddDefault(totals, one.Verdict, out _)++;
        return totals;
    }

    /// <summary>The customers of a group, in the order of their ids.</summary>
    public async Task<List<AudienceName>> NamesAsync(UnitOfWork work, Func<AudienceGroup, bool> isMeant, AudiencePlace place)
    {
        var store = new AudienceStore(work);
        var choices = Parts.Where(part => isMeant(part.Verdict.Group)).GroupBy(part => (part.HasBought, part.Within))
            .Select(same => new AudienceChoice([.. same.Select(part => _counts.Known.At(part.Place).Key)], same.Key.HasBought, same.Key.Within)).ToList();
        var names = await store.NamesAsync(Segment, choices, [.. _ones.Select(one => one.CustomerId)], place with { Now = Now });
        names.AddRange(await store.NamesAsync(_ones.Where(one => isMeant(one.Verdict.Group)).Select(one => one.CustomerId), place));
        return [.. names.OrderBy(name => name.CustomerId).Take(place.Take)];
    }

    private ClassAnswer Answer(int place) => _answers[_questionOf[place]]!;

    private async Task AddOnesAsync(AudienceStore store, AudienceInquiry inquiry, List<AudienceStore.HistoryRow> histories, Dictionary<Guid, IReadOnlyList<CountedAt>> shared)
    {
        var customers = histories.GroupBy(row => (row.CustomerId, Place: _counts.Known.Find(row.ClassKey) ?? -1)).Where(one => one.Key.Place >= 0 && _counts.ByPlace[one.Key.Place] != 0).ToList();
        var split = customers.Where(one => Answer(one.Key.Place).IsSplit).Select(one => one.Key.CustomerId).ToList();
        var bought = split.Count == 0 ? [] : await store.LastPurchasesAsync(split);
        var verdicts = new AudienceVerdict[customers.Count];
        Parallel.For(0, customers.Count, n =>
        {
            var (customer, place) = customers[n].Key;
            verdicts[n] = inquiry.Ask(_counts.Known.At(place), Answer(place).At, customers[n], shared.GetValueOrDefault(customer) ?? [], bought.TryGetValue(customer, out var at) ? at : null);
        });
        foreach (var (verdict, (customer, place)) in verdicts.Zip(customers.Select(one => one.Key)))
        {
            var answer = Answer(place);
            var hasBought = answer.IsSplit && bought.TryGetValue(customer, out var at) && at <= Now && Now - at < answer.At.Within;
            if (ReferenceEquals(verdict, hasBought ? answer.Buyers : answer.Others)) continue;
            _ones.Add(new AudienceOne(verdict, customer));
            ref var less = ref CollectionsMarshal.GetValueRefOrAddDefault(_less, place, out _);
            less = hasBought ? (less.Buyers + 1, less.Others) : (less.Buyers, less.Others + 1);
        }
    }

    private async Task AddBoughtAsync(AudienceStore store)
    {
        var split = new List<(Guid Key, Duration Within)>();
        for (var place = 0; place < _counts.ByPlace.Length; place++)
            if (_counts.ByPlace[place] != 0 && Answer(place) is { IsSplit: true } answer)
                split.Add((_counts.Known.At(place).Key, answer.At.Within!.Value));
        foreach (var within in split.GroupBy(one => one.Within, one => one.Key))
            foreach (var (key, customers) in await store.BoughtAsync(within, Segment, within.Key, Now))
                _bought[key] = customers;
    }
}
