using System.Collections.Concurrent;
using Regard.Storage;

namespace Regard.Contact;

/// <summary>Customers of one class for whom the gate answers the same.</summary>
/// <param name="HasBought">Of the class only those who bought within <paramref name="Within"/>, or only the others; null = all.</param>
internal sealed record AudiencePart(AudienceGroup Group, Instant? Until, AudienceClass Class, bool? HasBought, Duration Within, long Customers);

/// <summary>One customer for whom it answers otherwise than for their class.</summary>
internal sealed record AudienceOne(AudienceGroup Group, Instant? Until, Guid CustomerId);

/// <summary>
/// What the gate would answer for everybody at a moment. It is asked once for each class; customers of whom it matters what reached them are
/// asked for one by one. A preview, not a decision: every real contact is decided from the rows themselves, when it is asked for and again.
/// </summary>
internal sealed class AudienceLook
{
    private AudienceLook(AudienceSegment segment, Instant now) => (Segment, Now) = (segment, now);

    public AudienceSegment Segment { get; }

    public Instant Now { get; }

    public IReadOnlyList<AudiencePart> Parts { get; private set; } = [];

    public IReadOnlyList<AudienceOne> Ones { get; private set; } = [];

    /// <summary>How many there are of each group, each customer once.</summary>
    public Audience Audience
    {
        get
        {
            var audience = new Audience();
            foreach (var part in Parts.Where(part => part.Customers != 0)) audience.Add(part.Group, part.Customers);
            foreach (var one in Ones) audience.Add(one.Group, 1);
            return audience;
        }
    }

    /// <param name="work">A snapshot: all of it is seen as it was at one moment.</param>
    public static async Task<AudienceLook> TakeAsync(UnitOfWork work, ContactRequest request, AudienceSegment segment, Instant now)
    {
        var look = new AudienceLook(segment, now);
        var (store, policy, offered) = (new AudienceStore(work), await new PolicyStore(work).ReadAsync(), await new OfferedStore(work).ReadAsync());
        var question = new Question(request, policy, offered, now);
        var classes = question.Ask(await store.ClassesAsync(segment));
        await look.AddOnesAsync(work, classes, question);
        var parts = new List<AudiencePart>(classes.Length);
        foreach (var within in classes.Where(asked => asked.IsSplit).GroupBy(asked => asked.Within))
        {
            var bought = await store.BoughtAsync(within.Select(asked => asked.Class.Key), segment, within.Key, now);
            foreach (var asked in within)
            {
                var buyers = bought.GetValueOrDefault(asked.Class.Key);
                parts.Add(asked.Part(true, buyers));
                parts.Add(asked.Part(false, asked.Class.Customers - buyers));
            }
        }
        foreach (var asked in classes)
            if (!asked.IsSplit) parts.Add(asked.Part(null, asked.Class.Customers));
        look.Parts = parts;
        return look;
    }

    /// <summary>The customers of a group, in the order of their ids.</summary>
    public async Task<List<AudienceName>> NamesAsync(UnitOfWork work, Func<AudienceGroup, bool> isMeant, AudiencePlace place)
    {
        var store = new AudienceStore(work);
        var choices = Parts.Where(part => part.Customers != 0 && isMeant(part.Group)).GroupBy(part => (part.HasBought, part.Within))
            .Select(same => new AudienceChoice([.. same.Select(part => part.Class.Key)], same.Key.HasBought, same.Key.Within)).ToList();
        var names = await store.NamesAsync(Segment, choices, [.. Ones.Select(one => one.CustomerId)], place with { Now = Now });
        names.AddRange(await store.NamesAsync(Ones.Where(one => isMeant(one.Group)).Select(one => one.CustomerId), place));
        return [.. names.OrderBy(name => name.CustomerId).Take(place.Take)];
    }

    private async Task AddOnesAsync(UnitOfWork work, Asked[] classes, Question question)
    {
        var (isOpen, longest) = (false, ContactGate.LookBack(Wishes.Unsaid));
        foreach (var asked in classes)
        {
            if (!asked.IsOpen) continue;
            isOpen = true;
            if (asked.Class.Facts.Wishes.Limits.Count > 0) longest = Duration.Max(longest, ContactGate.LookBack(asked.Class.Facts.Wishes));
        }
        if (!isOpen) return;
        var (store, request, policy, since) = (new AudienceStore(work), question.Request, question.Policy, Now - longest);
        var counted = Purposes.All.Where(purpose => purpose == request.Purpose || purpose.IsOurInitiative());
        var busy = await store.BusyAsync(counted, ContactGate.FewestThatMatter(Wishes.Unsaid, policy, request.Purpose), Now - ContactGate.LookBack(Wishes.Unsaid), since);
        var shared = await new AudienceSharedStore(work).ReadAsync(since);
        var (ones, known, isSplit) = (new List<AudienceOne>(), (Dictionary<string, Asked>?)null, classes.Any(asked => asked.IsSplit));
        foreach (var chunk in busy.Concat(shared.Keys).Distinct().Chunk(5000))
        {
            known ??= classes.Where(asked => asked.IsOpen).ToDictionary(asked => asked.Class.Key, StringComparer.Ordinal);
            var members = (await store.MembersAsync(chunk, Segment)).Where(row => known.ContainsKey(row.ClassKey)).ToList();
            if (members.Count == 0) continue;
            var ids = members.Select(row => row.CustomerId).ToList();
            var contacts = (await store.ContactsAsync(ids, since)).ToLookup(row => row.CustomerId);
            var bought = isSplit ? await store.LastPurchasesAsync(ids) : [];
            foreach (var member in members)
            {
                var asked = known[member.ClassKey];
                var (history, purchase) = (contacts[member.CustomerId].ToList(), bought.TryGetValue(member.CustomerId, out var at) ? at : (Instant?)null);
                var verdict = asked.With(history, shared.GetValueOrDefault(member.CustomerId) ?? [], question, purchase).Ask(request, Now);
                var hasBought = asked.IsSplit && purchase <= Now && Now - purchase < asked.Within;
                if (asked.TakeOut(hasBought, verdict)) ones.Add(new AudienceOne(AudienceGroup.Of(verdict), verdict.Until, member.CustomerId));
            }
        }
        Ones = ones;
    }

    /// <summary>What is asked of the gate for every class.</summary>
    private sealed record Question(ContactRequest Request, ContactPolicy Policy, IReadOnlyList<Channel> Offered, Instant Now)
    {
        // What reached a customer can only hold back what nothing else does.
        private static readonly ReasonCode[] Settled =
        [
            ReasonCode.PurposeUnwelcome, ReasonCode.ChannelUnwelcome, ReasonCode.NeedsOwnYes, ReasonCode.NeedsConfirmation, ReasonCode.NotInPolicy,
            ReasonCode.NoAddress, ReasonCode.Undeliverable, ReasonCode.NotOffered, ReasonCode.ReportedUnwanted, ReasonCode.NoGround,
        ];

        private readonly bool _isLimited = ContactGate.FewestThatMatter(Wishes.Unsaid, Policy, Request.Purpose) is not null;
        private readonly Dictionary<string, Duration> _relationships =
            Request.Purpose == Purpose.Marketing ? Policy.Relationships.ToDictionary(rule => rule.Country, rule => Duration.FromDays(rule.Days), StringComparer.OrdinalIgnoreCase) : [];

        // By reach and whether they bought: there are some hundreds, and each class has one of them.
        private readonly ConcurrentDictionary<(AudienceReach, bool), ContactHistory> _histories = new();

        // Some tens of thousands of classes: on all processors a fraction of the time.
        public Asked[] Ask(IReadOnlyList<AudienceClass> classes)
        {
            var asked = new Asked[classes.Count];
            if (classes.Count == 0) return asked;
            Parallel.ForEach(Partitioner.Create(0, classes.Count), range =>
            {
                for (var n = range.Item1; n < range.Item2; n++) asked[n] = Ask(classes[n]);
            });
            return asked;
        }

        private Asked Ask(AudienceClass one)
        {
            var within = one.Facts.Country is { } country && _relationships.TryGetValue(country, out var time) ? time : (Duration?)null;
            var others = Ask(one.Facts, false);
            var buyers = within is null ? others : Ask(one.Facts, true);
            var isSettled = IsSettled(others) && (within is null || IsSettled(buyers));
            var isOpen = !isSettled && (_isLimited || (one.Facts.Wishes.Limits.Count > 0 && ContactGate.FewestThatMatter(one.Facts.Wishes, Policy, Request.Purpose) is not null));
            return new Asked(one, (AudienceGroup.Of(buyers), buyers.Until), (AudienceGroup.Of(others), others.Until), within ?? Duration.Zero, isOpen);
        }

        private ContactVerdict Ask(AudienceFacts facts, bool hasBought)
        {
            if (!_histories.TryGetValue((facts.Reach, hasBought), out var history)) _histories[(facts.Reach, hasBought)] = history = facts.ForGate(Policy, Offered, hasBought ? Now : null).History();
            return ContactGate.Ask(facts.Wishes, history, Policy, Request, Now);
        }

        private static bool IsSettled(in ContactVerdict verdict)
        {
            if (verdict.Kind != VerdictKind.Refused) return false;
            foreach (var reason in verdict.Reasons)
                if (!Settled.Contains(reason.Code)) return false;
            return true;
        }
    }

    /// <summary>A class and what the gate says of it, to those who bought lately and to the others.</summary>
    /// <param name="IsOpen">Whether it can matter what reached its customers.</param>
    private sealed record Asked(AudienceClass Class, (AudienceGroup Group, Instant? Until) Buyers, (AudienceGroup Group, Instant? Until) Others, Duration Within, bool IsOpen)
    {
        private long _lessBuyers;
        private long _lessOthers;

        public bool IsSplit { get; } = Buyers != Others;

        /// <summary>One of its customers is counted apart when what the gate says of them is something else.</summary>
        public bool TakeOut(bool hasBought, in ContactVerdict verdict)
        {
            if ((AudienceGroup.Of(verdict), verdict.Until) == (hasBought ? Buyers : Others)) return false;
            if (hasBought) _lessBuyers++;
            else _lessOthers++;
            return true;
        }

        public AudiencePart Part(bool? hasBought, long customers)
        {
            var (group, until) = hasBought == true ? Buyers : Others;
            return new AudiencePart(group, until, Class, hasBought, Within, customers - (hasBought == true ? _lessBuyers : _lessOthers));
        }

        public DecisionFacts With(IReadOnlyList<AudienceStore.ContactRow> own, IReadOnlyList<CountedAt> elsewhere, Question question, Instant? purchase)
        {
            var since = question.Now - ContactGate.LookBack(Class.Facts.Wishes);
            var contacts = own.Where(row => row.IsPromised || row.At > since).ToList();
            var known = contacts.Select(row => row.Id).ToHashSet();
            return Class.Facts.ForGate(question.Policy, question.Offered, purchase) with
            {
                Contacts = [.. contacts.Select(row => new PastContact(row.At, Words.Must<Purpose>(row.Purpose)))],
                AtAddresses = [.. elsewhere.Where(at => at.Contact.At > since && !known.Contains(at.ContactId)).Select(at => new AddressContact(at.Channel, at.Contact))],
            };
        }
    }
}
