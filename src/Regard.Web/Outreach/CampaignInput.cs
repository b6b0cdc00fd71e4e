using Regard.Contact;
using Regard.Storage;

namespace Regard.Outreach;

/// <summary>A campaign as the API takes it, and as the form is read.</summary>
internal sealed record CampaignInput
{
    public string? Title { get; init; }
    public Purpose? Purpose { get; init; }

    /// <summary>For a legal notice: the law that requires it.</summary>
    public string? LegalGround { get; init; }

    /// <summary>The acceptable channels, the best first; none = the best way for each customer.</summary>
    public IReadOnlyList<Channel>? Channels { get; init; }

    public Instant? Earliest { get; init; }
    public Instant? LatestUseful { get; init; }

    /// <summary>Whom; everybody when absent.</summary>
    public AudienceSegment? Segment { get; init; }

    /// <summary>The message by language (en, de, es).</summary>
    public IReadOnlyDictionary<string, CampaignMessage?>? Messages { get; init; }

    /// <summary>The draft and whom it is for, and everything that must be put right; empty when it can be kept.</summary>
    public async Task<(CampaignDraft Draft, AudienceSegment Segment, IReadOnlyList<CampaignProblem> Problems)> ReadAsync(UnitOfWork work, Instant now)
    {
        var draft = new CampaignDraft
        {
            Title = Plain(Title) ?? "",
            Purpose = Purpose,
            LegalGround = Purpose == Contact.Purpose.Legal ? Plain(LegalGround) : null,
            Channels = Channels ?? [],
            Earliest = Earliest,
            LatestUseful = LatestUseful,
            Messages = (Messages ?? new Dictionary<string, CampaignMessage?>()).Where(message => message.Value is not null)
                .ToDictionary(message => message.Key, message => new CampaignMessage(Plain(message.Value!.Subject) ?? "", Lines(message.Value.Text)), StringComparer.Ordinal),
        };
        var segment = Segment ?? AudienceSegment.Everybody;
        segment = segment with { Countries = [.. segment.Countries.Select(country => country.Trim().ToUpperInvariant())], Product = Plain(segment.Product), Category = Plain(segment.Category) };
        return (draft, segment, [.. draft.Problems(now), .. await ProblemsAsync(work, segment)]);
    }

    private static async Task<IReadOnlyList<CampaignProblem>> ProblemsAsync(UnitOfWork work, AudienceSegment segment)
    {
        var problems = new List<CampaignProblem>();
        if (segment.Countries.FirstOrDefault(country => country.Length != 2 || !country.All(char.IsAsciiLetter)) is { } wrong) problems.Add(new("countries", $"'{wrong}' is no country: write its two letters, for example AT, DE."));
        if (segment.Languages.FirstOrDefault(language => !CampaignDraft.Languages.Contains(language)) is { } unknown) problems.Add(new("languages", $"We write in {string.Join(", ", CampaignDraft.Languages)}, not in '{unknown}'."));
        if (segment.BoughtSince is not null && segment.Product is null && segment.Category is null) problems.Add(new("bought_since", "Say what was bought: a product or a category."));
        var catalogue = new CampaignCatalogueStore(work);
        if (segment.Product is { } sku && !await catalogue.HasProductAsync(sku)) problems.Add(new("product", $"No product has the number '{sku}'."));
        if (segment.Category is { } category && !await catalogue.HasCategoryAsync(category)) problems.Add(new("category", $"No product is in the category '{category}'."));
        if (segment is { OrderedSince: { } since, SilentSince: { } silent } && silent <= since) problems.Add(new("silent_since", "Nobody can have ordered since the one day and not since an earlier one."));
        return problems;
    }

    // Control characters mean nothing in a line, and PostgreSQL keeps no NUL.
    private static string? Plain(string? text) => text is null ? null : new string([.. text.Where(c => !char.IsControl(c))]).Trim() is { Length: > 0 } plain ? plain : null;

    private static string Lines(string? text) => new string([.. (text ?? "").ReplaceLineEndings("\n").Where(c => c == '\n' || !char.IsControl(c))]).Trim();
}
