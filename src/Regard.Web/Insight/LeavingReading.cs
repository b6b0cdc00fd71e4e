using Regard.Storage;

namespace Regard.Insight;

/// <summary>Reads silent leavers as they are on the day that is looked at: what is stored does not change with the days, these figures do.</summary>
internal sealed class LeavingReading(UnitOfWork work, LoyaltyModel model, Instant now)
{
    private readonly LoyaltyJudge _judge = model.Read().Judge();

    /// <summary>The day that is looked at.</summary>
    public LocalDate Today { get; } = model.Today(now);

    /// <summary>Its beginning: the clock of the silence.</summary>
    public Instant Clock => Today.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant();

    public async Task<List<LeavingRow>> PageAsync(LeavingQuery query, int size)
    {
        var rows = await new LeavingStore(work).PageAsync(query, Clock, size);
        var before = await new TroubleStore(work).BeforeAsync(rows.ToDictionary(row => row.CustomerId, row => row.LastAt), Clock);
        return [.. rows.Select(row => Measured(row) with { Before = [.. before[row.CustomerId]] })];
    }

    private LeavingRow Measured(LeavingRow row)
    {
        int first = Buyer.Day(row.FirstAt), last = Buyer.Day(row.LastAt), today = Math.Max(last, Buyer.Day(Today));
        var summary = new BuyingSummary(row.Purchases - 1, last - first, today - first);
        return row with { SilentDays = today - last, ChanceOfSilence = _judge.Rhythm.ChanceOfSilence(summary), ChanceAlive = _judge.ChanceAlive(summary) };
    }
}
