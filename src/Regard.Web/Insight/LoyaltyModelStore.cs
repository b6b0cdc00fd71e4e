using Regard.Storage;

namespace Regard.Insight;

/// <summary>A fit that was used, with all that is known about it.</summary>
public sealed record LoyaltyModel
{
    private LoyaltyReport? _read;

    public Guid ModelId { get; init; }
    public Guid RunId { get; init; }
    public Instant FittedAt { get; init; }
    public LocalDate WindowFrom { get; init; }

    /// <summary>The last day that was looked at.</summary>
    public LocalDate WindowUntil { get; init; }

    public long Customers { get; init; }

    /// <summary>Who foretells purchases, for people.</summary>
    public string Chosen { get; init; } = "";

    /// <summary>Who judges silence, for people.</summary>
    public string Judge { get; init; } = "";

    internal Json Report { get; init; }

    internal LoyaltyReport Read() => _read ??= Report.Read<LoyaltyReport>();

    /// <summary>The day on which customers are looked at: today, or, where the records ended long ago, the day after they did.</summary>
    public LocalDate Today(Instant now) => Read().IsLive ? now.InUtc().Date : WindowUntil;
}

/// <summary>The fits that were ever used. The newest one is in use.</summary>
internal sealed class LoyaltyModelStore(UnitOfWork work)
{
    private const string Columns = "model_id, run_id, fitted_at, window_from, window_until, customers, chosen, judge, report";

    /// <summary>The fit in use; null = there is none yet.</summary>
    public Task<LoyaltyModel?> CurrentAsync() => work.FirstAsync<LoyaltyModel>($"select {Columns} from loyalty_model order by model_id desc limit 1");

    public Task<LoyaltyModel?> FindAsync(Guid modelId) => work.FirstAsync<LoyaltyModel>($"select {Columns} from loyalty_model where model_id = @modelId", new { modelId });

    /// <summary>The newest fits before one (null: the newest of all), without their reports.</summary>
    public Task<List<LoyaltyModelRow>> PageAsync(Guid? before, int size) => work.ListAsync<LoyaltyModelRow>(
        $"select model_id, fitted_at, window_from, window_until, customers, chosen, judge from loyalty_model {(before is null ? "" : "where model_id < @before")} order by model_id desc limit @size", new { before, size });

    public Task KeepAsync(LoyaltyModel model) => work.ExecuteAsync(
        $"insert into loyalty_model ({Columns}) values (@ModelId, @RunId, @FittedAt, @WindowFrom, @WindowUntil, @Customers, @Chosen, @Judge, @Report)",
        new { model.ModelId, model.RunId, model.FittedAt, model.WindowFrom, model.WindowUntil, model.Customers, model.Chosen, model.Judge, model.Report });
}

/// <summary>A fit in the list of fits.</summary>
public sealed record LoyaltyModelRow
{
    public Guid ModelId { get; init; }
    public Instant FittedAt { get; init; }
    public LocalDate WindowFrom { get; init; }
    public LocalDate WindowUntil { get; init; }
    public long Customers { get; init; }
    public string Chosen { get; init; } = "";
    public string Judge { get; init; } = "";
}
