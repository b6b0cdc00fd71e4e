using System.Collections.Concurrent;

namespace Regard.Contact;

/// <summary>
/// What the keys of classes stand for, kept by the process for previews. A key is a hash of what it names: what is kept here can not become
/// untrue, and which customer is in which class is read anew for each preview. Nothing that decides (F4) asks here.
/// </summary>
internal sealed class AudienceKnown
{
    /// <summary>Not more than so many of each are kept; beyond it all are forgotten and read again.</summary>
    public const int Most = 300_000;

    private static AudienceKnown _current = new();

    private readonly ConcurrentDictionary<Guid, int> _places = new();
    private readonly ConcurrentDictionary<string, Wishes> _said = new(StringComparer.Ordinal);
    private readonly Lock _learning = new();
    private readonly Dictionary<AudienceReach, AudienceReach> _reaches = [];
    private readonly KnownQuestions[] _questions = [.. Purposes.All.Select(purpose => new KnownQuestions(purpose))];
    private KnownClass[] _classes = [];
    private int _count;

    /// <summary>What is known now. Whoever has it may go on with it, also when it grows beyond what is kept.</summary>
    public static AudienceKnown Current
    {
        get
        {
            if (_current.Count > Most || _current._said.Count > Most) Forget();
            return _current;
        }
    }

    /// <summary>How many classes are known: each has a place below it, for as long as this is not forgotten.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>All is read again when it is next asked for.</summary>
    public static void Forget() => _current = new AudienceKnown();

    /// <summary>A class's place; null = it is to be read.</summary>
    public int? Find(Guid classKey) => _places.TryGetValue(classKey, out var place) ? place : null;

    /// <summary>The class at a place.</summary>
    public KnownClass At(int place) => Volatile.Read(ref _classes)[place];

    /// <summary>What the gate is asked about the classes that are known now, for a purpose.</summary>
    public KnownQuestions For(Purpose purpose)
    {
        var questions = _questions[(int)purpose];
        lock (_learning) questions.Keep(_classes.AsSpan(questions.Places, _count - questions.Places));
        return questions;
    }

    /// <summary>Wishes by their key; null = to be read.</summary>
    public Wishes? FindWishes(string wishesKey) => _said.GetValueOrDefault(wishesKey);

    public void Keep(string wishesKey, Wishes said) => _said.TryAdd(wishesKey, said);

    public void Keep(Guid classKey, AudienceFacts facts)
    {
        lock (_learning)
        {
            if (_places.ContainsKey(classKey)) return;
            if (!_reaches.TryGetValue(facts.Reach, out var reach)) _reaches[facts.Reach] = reach = facts.Reach;
            var place = _count;
            if (place == _classes.Length) Array.Resize(ref _classes, Math.Max(1024, place * 2));
            _classes[place] = new KnownClass(classKey, facts, reach, ContactGate.LookBack(facts.Wishes));
            Volatile.Write(ref _count, place + 1);
            // The last of all: whoever finds the place finds what is there.
            _places[classKey] = place;
        }
    }
}

/// <summary>A class of which it is known what it stands for.</summary>
/// <param name="Reach">One object for all classes that are reached alike.</param>
/// <param name="LookBack">How far its customers' own limits, and the house's, look back.</param>
internal sealed record KnownClass(Guid Key, AudienceFacts Facts, AudienceReach Reach, Duration LookBack);
