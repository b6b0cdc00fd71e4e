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
        var relationships = request.Purpose == Purpose.Marketing ? policy.Relationships.ToDictionary(rule => rule.Country, rule => Duration.FromDays(rule.Days), StringComparer.OrdinalIgnoreCase) : [];
        // Some tens of thousands of classes: on all processors a fraction of the time.
        var classes = (await store.ClassesAsync(segment)).AsParallel().Select(one => Asked.Of(one, policy, relationships, (request, offered, now))).ToList();
        var parts = new List<AudiencePart>();
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
        parts.AddRange(classes.Where(asked => !asked.IsSplit).Select(asked => asked.Part(null, asked.Class.Customers)));
        look.Parts = parts;
        await look.AddOnesAsync(work, [.. classes.Where(asked => asked.Fewest is not null)], policy, request);
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

    private async Task AddOnesAsync(UnitOfWork work, IReadOnlyList<Asked> classes, ContactPolicy policy, ContactRequest request)
    {
        if (classes.Count == 0) return;
        var (store, known) = (new AudienceStore(work), classes.ToDictionary(asked => asked.Class.Key, StringComparer.Ordinal));
        var longest = Now - classes.Max(asked => ContactGate.LookBack(asked.Class.Facts.Wishes));
        var counted = Purposes.All.Where(purpose => purpose == request.Purpose || purpose.IsOurInitiative());
        var busy = await store.BusyAsync(counted, ContactGate.FewestThatMatter(Wishes.Unsaid, policy, request.Purpose), Now - ContactGate.LookBack(Wishes.Unsaid), longest);
        var shared = await new AudienceSharedStore(work).ReadAsync(longest);
        var (ones, parts) = (new List<AudienceOne>(), Parts.ToDictionary(part => (part.Class.Key, part.HasBought)));
        foreach (var chunk in busy.Concat(shared.Keys).Distinct().Chunk(5000))
        {
            var members = (await store.MembersAsync(chunk, Segment)).Where(row => known.ContainsKey(row.ClassKey)).ToList();
            if (members.Count == 0) continue;
            var ids = members.Select(row => row.CustomerId).ToList();
            var contacts = (await store.ContactsAsync(ids, longest)).ToLookup(row => row.CustomerId);
            var bought = classes.Any(asked => asked.IsSplit) ? await store.LastPurchasesAsync(ids) : [];
            foreach (var member in members)
            {
                var asked = known[member.ClassKey];
                var (history, purchase) = (contacts[member.CustomerId].ToList(), bought.TryGetValue(member.CustomerId, out var at) ? at : (Instant?)null);
                var verdict = asked.With(history, shared.GetValueOrDefault(member.CustomerId) ?? [], policy, purchase, Now).Ask(request, Now);
                var key = (member.ClassKey, asked.IsSplit ? purchase <= Now && Now - purchase < asked.Within : (bool?)null);
                if (AudienceGroup.Of(verdict) == parts[key].Group && verdict.Until == parts[key].Until) continue;
                ones.Add(new AudienceOne(AudienceGroup.Of(verdict), verdict.Until, member.CustomerId));
                parts[key] = parts[key] with { Customers = parts[key].Customers - 1 };
            }
        }
        (Ones, Parts) = (ones, [.. parts.Values]);
    }

    /// <summary>A class and what the gate says of it, to those who bought lately and to the others.</summary>
    private sealed record Asked(AudienceClass Class, (AudienceGroup Group, Instant? Until) Buyers, (AudienceGroup Group, Instant? Until) Others, Duration Within, int? Fewest)
    {
        // What reached a customer can only hold back what nothing else does.
        private static readonly ReasonCode[] Settled =
        [
            ReasonCode.PurposeUnwelcome, ReasonCode.ChannelUnwelcome, ReasonCode.NeedsOwnYes, ReasonCode.NeedsConfirmation, ReasonCode.NotInPolicy,
            ReasonCode.NoAddress, ReasonCode.Undeliverable, ReasonCode.NotOffered, ReasonCode.ReportedUnwanted, ReasonCode.NoGround,
        ];

        public IReadOnlyList<Channel> Offered { get; private init; } = [];

        public bool IsSplit => Buyers != Others;

        public static Asked Of(AudienceClass one, ContactPolicy policy, Dictionary<string, Duration> relationships, (ContactRequest Request, IReadOnlyList<Channel> Offered, Instant Now) question)
        {
            var (request, offered, now) = question;
            var others = one.Facts.ForGate(policy, offered).Ask(request, now);
            var within = one.Facts.Country is { } country && relationships.TryGetValue(country, out var time) ? time : (Duration?)null;
            var buyers = within is null ? others : one.Facts.ForGate(policy, offered, now).Ask(request, now);
            var isSettled = IsSettled(others) && (within is null || IsSettled(buyers));
            return new Asked(
                one, (AudienceGroup.Of(buyers), buyers.Until), (AudienceGroup.Of(others), others.Until), within ?? Duration.Zero,
                isSettled ? null : ContactGate.FewestThatMatter(one.Facts.Wishes, policy, request.Purpose))
            { Offered = offered };
        }

        public AudiencePart Part(bool? hasBought, long customers)
        {
            var (group, until) = hasBought == true ? Buyers : Others;
            return new AudiencePart(group, until, Class, hasBought, Within, customers);
        }

        public DecisionFacts With(IReadOnlyList<AudienceStore.ContactRow> own, IReadOnlyList<CountedAt> elsewhere, ContactPolicy policy, Instant? purchase, Instant now)
        {
            var since = now - ContactGate.LookBack(Class.Facts.Wishes);
            var contacts = own.Where(row => row.IsPromised || row.At > since).ToList();
            var known = contacts.Select(row => row.Id).ToHashSet();
            return Class.Facts.ForGate(policy, Offered, purchase) with
            {
                Contacts = [.. contacts.Select(row => new PastContact(row.At, Words.Must<Purpose>(row.Purpose)))],
                AtAddresses = [.. elsewhere.Where(at => at.Contact.At > since && !known.Contains(at.ContactId)).Select(at => new AddressContact(at.Channel, at.Contact))],
            };
        }

        private static bool IsSettled(in ContactVerdict verdict) => verdict.Kind == VerdictKind.Refused && verdict.Reasons.All(reason => Settled.Contains(reason.Code));
    }
}
