using Regard.Storage;

namespace Regard.Contact;

/// <summary>
/// What the gate is asked about classes for one purpose. Classes that differ only in what is of no matter to it, as long as nothing has
/// reached their customers, are one question. One thread adds at a time; others read meanwhile what was there before.
/// </summary>
internal sealed class KnownQuestions(Purpose purpose)
{
    private readonly Dictionary<Wishes, int> _leftOf = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, int> _left = new(StringComparer.Ordinal);
    private readonly Dictionary<(int, AudienceReach), int> _numbers = [];
    private KnownQuestion[] _questions = [];
    private int[] _ofPlace = [];

    /// <summary>How many questions there are.</summary>
    public int Count => _numbers.Count;

    /// <summary>How many classes they are about: those with places below it.</summary>
    public int Places { get; private set; }

    /// <summary>By the place of a class, the number of its question.</summary>
    public int[] OfPlace => Volatile.Read(ref _ofPlace);

    /// <summary>The question with a number.</summary>
    public KnownQuestion this[int number] => Volatile.Read(ref _questions)[number];

    /// <summary>Takes in the classes at the next places.</summary>
    public void Keep(ReadOnlySpan<KnownClass> classes)
    {
        var fresh = new HashSet<Wishes>(ReferenceEqualityComparer.Instance);
        foreach (var one in classes)
            if (!_leftOf.ContainsKey(one.Facts.Wishes))
                fresh.Add(one.Facts.Wishes);
        foreach (var (wishes, words) in fresh.AsParallel().Select(wishes => (wishes, Json.Of(WishClass.For(wishes, purpose)).Text)).ToList())
        {
            if (!_left.TryGetValue(words, out var left)) _left[words] = left = _left.Count;
            _leftOf[wishes] = left;
        }
        foreach (var one in classes) Keep(one, _leftOf[one.Facts.Wishes]);
    }

    private void Keep(KnownClass one, int left)
    {
        if (!_numbers.TryGetValue((left, one.Reach), out var number))
        {
            number = _numbers.Count;
            if (number == _questions.Length) Array.Resize(ref _questions, Math.Max(1024, number * 2));
            _questions[number] = new KnownQuestion(one.Facts, one.Reach);
            _numbers[(left, one.Reach)] = number;
        }
        if (Places == _ofPlace.Length) Array.Resize(ref _ofPlace, Math.Max(1024, Places * 2));
        _ofPlace[Places++] = number;
    }
}

/// <summary>Somebody whom nothing has reached yet: of any class of those that are this question.</summary>
/// <param name="Reach">One object for all who are reached alike.</param>
internal sealed record KnownQuestion(AudienceFacts Facts, AudienceReach Reach);
