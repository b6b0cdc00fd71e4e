using Regard.Storage;

namespace Regard.Contact;

/// <summary>
/// STOP and START: the customer's own acts at one number. A stop is a refusal of text messages; a start takes back the stops of the same
/// number and nothing else, so that what was refused or never given otherwise stays so.
/// </summary>
internal sealed class TextWishes(UnitOfWork work)
{
    private const string Source = "sms:";

    /// <summary>Records a stop.</summary>
    /// <param name="said">Who, when, and under which id it was told.</param>
    /// <param name="numberKey">The name under which the number is counted: the number itself is not kept with the statement.</param>
    /// <param name="words">As they wrote it; null = only the provider knows.</param>
    public Task<RecordedStatement?> StopAsync(TextSaid said, string numberKey, string? words) => SayAsync(said, numberKey, words, new Wish { NoChannels = [Channel.Sms] });

    /// <summary>Takes back the stops that stand. Answers how many there were.</summary>
    public async Task<int> StartAsync(TextSaid said, string numberKey, string words)
    {
        var statements = await new PreferenceStore(work).StatementsAsync(said.CustomerId);
        var taken = statements.Where(statement => statement.IsOwnWord).Select(statement => statement.Wish.Withdraws).OfType<Guid>().ToHashSet();
        var standing = statements.Where(statement => statement.Source == Source + numberKey && statement.Wish.NoChannels is { Count: > 0 } && !taken.Contains(statement.StatementId)).ToList();
        foreach (var (place, stop) in standing.Index()) await SayAsync(said with { SourceId = $"{said.SourceId}:{place}" }, numberKey, words, new Wish { Withdraws = stop.StatementId });
        return standing.Count;
    }

    private Task<RecordedStatement?> SayAsync(TextSaid said, string numberKey, string? words, Wish wish) => new PreferenceStore(work).RecordAsync(
        new PreferenceStatement
        {
            StatementId = Ids.New(said.At),
            CustomerId = said.CustomerId,
            SaidAt = said.At,
            Place = StatementPlace.Text,
            Words = words,
            Basis = StatementBasis.Volunteered,
            Wish = wish,
            RecordedBy = $"customer:{said.CustomerId}",
            RecordedAt = said.At,
            Source = Source + numberKey,
            SourceId = said.SourceId,
        },
        said.At);
}

/// <summary>Something said by text message.</summary>
/// <param name="CustomerId">By whom.</param>
/// <param name="At">When.</param>
/// <param name="SourceId">The provider's own id of it: told twice it is there once.</param>
internal sealed record TextSaid(Guid CustomerId, Instant At, string SourceId);
