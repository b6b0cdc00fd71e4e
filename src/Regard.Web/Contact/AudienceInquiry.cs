using System.Collections.Concurrent;

namespace Regard.Contact;

/// <summary>What the gate said, for all to whom it says the same: one object in a preview.</summary>
internal sealed record AudienceVerdict(AudienceGroup Group, Instant? Until);

/// <summary>What the gate says of classes that are one question to it.</summary>
/// <param name="At">Where their customers are reached.</param>
/// <param name="Buyers">To those who bought lately.</param>
/// <param name="Others">To the others.</param>
internal sealed record ClassAnswer(ReachedAt At, AudienceVerdict Buyers, AudienceVerdict Others)
{
    /// <summary>Whether it makes a difference that somebody bought.</summary>
    public bool IsSplit => !ReferenceEquals(Buyers, Others);
}

/// <summary>Where customers are reached, as the gate takes it, when nothing has reached them yet.</summary>
/// <param name="Within">How lately somebody must have bought for it to make a difference; null = it makes none.</param>
internal sealed record ReachedAt(ContactHistory Others, ContactHistory Buyers, Duration? Within);

/// <summary>What is asked of the gate for every class.</summary>
internal sealed class AudienceInquiry(ContactRequest request, ContactPolicy policy, IReadOnlyList<Channel> offered, Instant now)
{
    private readonly Dictionary<string, Duration> _relationships =
        request.Purpose == Purpose.Marketing ? policy.Relationships.ToDictionary(rule => rule.Country, rule => Duration.FromDays(rule.Days), StringComparer.OrdinalIgnoreCase) : [];

    // There are some hundreds of each, and every class has one of them.
    private readonly ConcurrentDictionary<AudienceReach, ReachedAt> _reached = new(ReferenceEqualityComparer.Instance);
    private readonly ConcurrentDictionary<(AudienceGroup, Instant?), AudienceVerdict> _verdicts = new();

    public Purpose Purpose => request.Purpose;

    public Instant Now { get; } = now;

    // The database, which is asked at the same time, may be on this machine: one processor is left to it.
    private static readonly ParallelOptions AllButOne = new() { MaxDegreeOfParallelism = Math.Max(1, Environment.ProcessorCount - 1) };

    /// <summary>By the number of a question, the answer: to those of which some class has customers.</summary>
    public ClassAnswer?[] Ask(AudienceCounts counts)
    {
        var questions = counts.Known.For(request.Purpose);
        var (ofPlace, isAsked) = (questions.OfPlace, new bool[questions.Count]);
        for (var place = 0; place < counts.ByPlace.Length; place++)
            if (counts.ByPlace[place] != 0)
                isAsked[ofPlace[place]] = true;
        var answers = new ClassAnswer?[isAsked.Length];
        if (answers.Length == 0) return answers;
        Parallel.ForEach(Partitioner.Create(0, answers.Length), AllButOne, range =>
        {
            for (var n = range.Item1; n < range.Item2; n++)
                if (isAsked[n])
                    answers[n] = Ask(questions[n]);
        });
        return answers;
    }

    /// <summary>The answer for one customer of a class.</summary>
    /// <param name="one">The class.</param>
    /// <param name="at">Where its customers are reached.</param>
    /// <param name="contacts">What reached the customer, and what is promised to them.</param>
    /// <param name="elsewhere">What reached others at their addresses.</param>
    /// <param name="purchase">When they last bought something; null = never, or it makes no difference.</param>
    public AudienceVerdict Ask(KnownClass one, ReachedAt at, IEnumerable<AudienceStore.HistoryRow> contacts, IReadOnlyList<CountedAt> elsewhere, Instant? purchase)
    {
        var since = Now - one.LookBack;
        var own = contacts.Where(row => row.Id is not null && (row.IsPromised == true || row.At > since)).ToList();
        return Verdict(one.Facts.Wishes, new ContactHistory
        {
            Reach = at.Others.Reach,
            Country = at.Others.Country,
            LastPurchaseAt = purchase,
            Contacts = own.ConvertAll(row => new PastContact(row.At!.Value, Words.Must<Purpose>(row.Purpose!))),
            AtAddresses = elsewhere.Count == 0 ? [] : [.. elsewhere.Where(other => other.Contact.At > since && !own.Exists(row => row.Id == other.ContactId)).Select(other => new AddressContact(other.Channel, other.Contact))],
        });
    }

    private ClassAnswer Ask(KnownQuestion question)
    {
        if (!_reached.TryGetValue(question.Reach, out var at)) at = _reached.GetOrAdd(question.Reach, Reached(question.Facts));
        var others = Verdict(question.Facts.Wishes, at.Others);
        return new ClassAnswer(at, at.Within is null ? others : Verdict(question.Facts.Wishes, at.Buyers), others);
    }

    private AudienceVerdict Verdict(Wishes wishes, ContactHistory history)
    {
        var verdict = ContactGate.Ask(wishes, history, policy, request, Now);
        var same = (AudienceGroup.Of(verdict), verdict.Until);
        return _verdicts.TryGetValue(same, out var known) ? known : _verdicts.GetOrAdd(same, new AudienceVerdict(same.Item1, same.Until));
    }

    private ReachedAt Reached(AudienceFacts facts) => new(
        facts.ForGate(policy, offered).History(), facts.ForGate(policy, offered, Now).History(),
        facts.Country is { } country && _relationships.TryGetValue(country, out var within) ? within : null);
}
