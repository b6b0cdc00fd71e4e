using Regard.Storage;

namespace Regard.Contact;

/// <summary>What classes stand for.</summary>
internal sealed class AudienceClassStore(UnitOfWork work)
{
    private const int Part = 20_000;

    /// <summary>Learns what the classes stand for that were counted and are not known yet. They may be more than are kept: whoever counts has them all the same.</summary>
    public async Task LearnAsync(AudienceCounts counts)
    {
        foreach (var part in counts.Unknown.Chunk(Part)) await LearnAsync(part, counts.Known);
        counts.Learnt();
    }

    /// <summary>Those of these customers for whom all of the segment's conditions hold.</summary>
    public async Task<IReadOnlyList<Guid>> MeantAsync(AudienceSegment segment, IReadOnlyList<AudienceStore.MemberRow> rows)
    {
        if (segment.Countries.Count == 0 && segment.Languages.Count == 0) return [.. rows.Select(row => row.CustomerId)];
        var classes = (await work.ListAsync<ClassRow>(
            $"select class_key, country, language, email, phone, text, postal from audience_class where {work.InIds("class_key", "@keys")}", new { keys = new IdList(rows.Select(row => row.ClassKey).Distinct()) }))
            .Where(row => segment.Has(row.Facts(Wishes.Unsaid))).Select(row => row.ClassKey).ToHashSet();
        return [.. rows.Where(row => classes.Contains(row.ClassKey)).Select(row => row.CustomerId)];
    }

    private async Task LearnAsync(IReadOnlyCollection<Guid> keys, AudienceKnown known)
    {
        var rows = await work.ListAsync<ClassRow>(
            $"select class_key, wishes_key, time_zone, country, language, email, phone, text, postal from audience_class where {work.InIds("class_key", "@keys")}", new { keys = new IdList(keys) });
        var missing = rows.Select(row => row.WishesKey).Distinct(StringComparer.Ordinal).Where(key => known.FindWishes(key) is null).ToList();
        var read = (missing.Count == 0 ? [] : await work.ListAsync<WishesRow>($"select wishes_key, wishes from audience_wishes where {work.InWords("wishes_key", "@missing")}", new { missing = new WordList(missing) }))
            .AsParallel().Select(row => KeyValuePair.Create(row.WishesKey, row.Wishes.Read<Wishes>())).ToList();
        foreach (var (key, said) in read) known.Keep(key, said);
        foreach (var row in rows) known.Keep(row.ClassKey, row.Facts(known.FindWishes(row.WishesKey)!));
    }

    private sealed record ClassRow
    {
        public Guid ClassKey { get; init; }
        public string WishesKey { get; init; } = "";
        public string? TimeZone { get; init; }
        public string? Country { get; init; }
        public string Language { get; init; } = "";
        public string Email { get; init; } = "";
        public string Phone { get; init; } = "";
        public string Text { get; init; } = "";
        public string Postal { get; init; } = "";

        public AudienceFacts Facts(Wishes wishes) => new()
        {
            Wishes = wishes,
            TimeZone = TimeZone,
            Country = Country,
            Language = Language,
            Email = Words.Must<AddressStanding>(Email),
            Phone = Words.Must<AddressStanding>(Phone),
            Text = Words.Must<AddressStanding>(Text),
            Postal = Words.Must<AddressStanding>(Postal),
        };
    }

    private sealed record WishesRow
    {
        public string WishesKey { get; init; } = "";
        public Json Wishes { get; init; }
    }
}
