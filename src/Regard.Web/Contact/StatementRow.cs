using Regard.Storage;

namespace Regard.Contact;

/// <summary>A row of <c>preference_statement</c>.</summary>
internal sealed record StatementRow
{
    public Guid CustomerId { get; init; }

    public Guid? OriginId { get; init; }

    public Guid StatementId { get; init; }

    public Instant SaidAt { get; init; }

    public string Place { get; init; } = "";

    public string? Spoken { get; init; }

    public string Basis { get; init; } = "";

    public Json Wish { get; init; }

    public string RecordedBy { get; init; } = "";

    public Instant RecordedAt { get; init; }

    public string Source { get; init; } = "";

    public string SourceId { get; init; } = "";

    public string? Wording { get; init; }

    public PreferenceStatement Read() => new()
    {
        CustomerId = CustomerId,
        OriginId = OriginId,
        StatementId = StatementId,
        SaidAt = SaidAt,
        Place = Words.Must<StatementPlace>(Place),
        Words = Spoken,
        Basis = Words.Must<StatementBasis>(Basis),
        Wish = Wish.Read<Wish>(),
        RecordedBy = RecordedBy,
        RecordedAt = RecordedAt,
        Source = Source,
        SourceId = SourceId,
        Wording = Wording,
    };
}
