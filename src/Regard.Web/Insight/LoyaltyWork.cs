using Regard.Changes;
using Regard.Storage;

namespace Regard.Insight;

/// <summary>
/// Loyalty: models are fitted when there is a reason to, and customers with news are scored. What does not change with an order or a return
/// is not written: today's chances follow from the purchases, the model and the day.
/// </summary>
internal static class LoyaltyWork
{
    public const string Kind = "loyalty";

    /// <summary>A fit is used for so long, whatever happens.</summary>
    public static readonly Duration Lasts = Duration.FromDays(28);

    /// <summary>When so many more customers have come, the models are learned anew.</summary>
    private const double Growth = 1.2;

    private const int PartSize = 20_000, Page = 1000, TellEvery = 5000;

    private static readonly Guid LastId = new("ffffffff-ffff-ffff-ffff-ffffffffffff");

    public static readonly InsightWork Work = new(Kind, "Loyalty", PrepareAsync, PartAsync, EndAsync);

    /// <summary>Why the models are to be learned (anew), for people; null = those in use still hold.</summary>
    internal static async Task<string?> ReasonAsync(UnitOfWork work, InsightRun run, LoyaltyModel? current, Instant now)
    {
        if (current is null) return "There was no model yet";
        if (!run.AskedBy.StartsWith("system:", StringComparison.Ordinal)) return "Somebody asked for it";
        if (now - current.FittedAt >= Lasts) return $"The last fit was {Lasts.TotalDays} days old";
        var today = now.InUtc().Date;
        if (await HistoryStore.AsOfAsync(work, today) is var asOf && (asOf == today) != current.Read().IsLive) return "The records have begun or ceased to grow";
        var buyers = await new LoyaltyNewsStore(work).BuyersAsync();
        if (buyers > current.Customers * Growth) return $"There are {buyers} customers now and were {current.Customers} then";
        return await DriftAsync(work, current) is { IsDrifted: true } drift
            ? $"Since the last fit {drift.Real} repeat purchases came where {drift.Expected:0} were expected"
            : null;
    }

    private static async Task<IReadOnlyList<InsightPart>> PrepareAsync(RunAtHand hand)
    {
        var now = hand.Clock.GetCurrentInstant();
        string? reason;
        await using (var read = await hand.Database.ReadAsync(hand.Stop))
            reason = await ReasonAsync(read, hand.Run, await new LoyaltyModelStore(read).CurrentAsync(), now);
        if (reason is not null) await FitAsync(hand, reason, now);
        await using var work = await hand.Database.ReadAsync(hand.Stop);
        if (await new LoyaltyModelStore(work).CurrentAsync() is null) return [];
        List<Guid> ends = [.. await new LoyaltyNewsStore(work).EndsAsync(PartSize), LastId];
        return [.. ends.Select((end, n) => new InsightPart { Part = n, AfterId = n == 0 ? Guid.Empty : ends[n - 1], UntilId = end })];
    }

    private static async Task FitAsync(RunAtHand hand, string reason, Instant now)
    {
        LocalDate asOf;
        BuyerSurvey survey;
        await using (var read = await hand.Database.ReadAsync(hand.Stop))
        {
            if (await new LoyaltyNewsStore(read).FirstAsync() is not { } first)
            {
                await SayAsync(hand, "Nobody has bought yet: there is nothing to learn from.");
                return;
            }
            asOf = await HistoryStore.AsOfAsync(read, now.InUtc().Date);
            survey = new BuyerSurvey(await new LoyaltyNewsStore(read).BuyersAsync(), Buyer.Day(first), Math.Max(Buyer.Day(asOf), Buyer.Day(first)));
        }
        await using (var stream = await hand.Database.ReadAsync(hand.Stop))
        {
            long seen = 0;
            await foreach (var buyer in new BuyerStore(stream).AllAsync())
            {
                survey.Add(buyer);
                if (++seen % TellEvery == 0) await hand.TellAsync(new("Everybody's purchases are looked at", seen, survey.Customers));
            }
        }
        if (LoyaltyFitting.Refusal(survey) is { } refusal)
        {
            await SayAsync(hand, refusal);
            return;
        }
        var fitted = await LoyaltyFitting.FitAsync(survey, asOf == now.InUtc().Date, stage => hand.TellAsync(new(stage, 0, 0)));
        var model = new LoyaltyModel
        {
            ModelId = Ids.New(now),
            RunId = hand.Run.RunId,
            FittedAt = now,
            WindowFrom = Buyer.At(survey.FirstDay).InUtc().Date,
            WindowUntil = asOf,
            Customers = survey.Customers,
            Chosen = fitted.Chosen,
            Judge = fitted.Judge,
            Report = Json.Of(fitted.Report),
        };
        await hand.PrepareAsync(new("The models are kept", 0, 0), async work =>
        {
            await new LoyaltyModelStore(work).KeepAsync(model);
            await new InsightRunStore(work).SummarizeAsync(hand.Run.RunId, Json.Of(new LoyaltySummary { Reason = reason }));
        });
    }

    private static async Task<long> PartAsync(RunAtHand hand, InsightPart part)
    {
        var now = hand.Clock.GetCurrentInstant();
        LoyaltyModel model;
        await using (var first = await hand.Database.WriteAsync(hand.Stop))
        {
            model = (await new LoyaltyModelStore(first).CurrentAsync())!;
            await new LoyaltyNewsStore(first).ForgetAsync(part);
            await first.CommitAsync();
        }
        var (judge, today, scored) = (model.Read().Judge(), model.Today(now), 0L);
        for (var left = part; ;)
        {
            await hand.TellAsync(default);
            List<NewsRow> news;
            List<ScoredRow> rows;
            await using (var read = await hand.Database.ReadAsync(hand.Stop))
            {
                news = await new LoyaltyNewsStore(read).PageAsync(left, model.ModelId, today.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant(), Page);
                if (news.Count == 0) return scored;
                rows = await ScoreAsync(read, news, model, judge, now);
            }
            await using (var work = await hand.Database.WriteAsync(hand.Stop))
            {
                await new LoyaltyScoreStore(work).SaveAsync(rows);
                await work.CommitAsync();
            }
            scored += rows.Count;
            left = left with { AfterId = news[^1].CustomerId };
        }
    }

    private static async Task<List<ScoredRow>> ScoreAsync(UnitOfWork work, List<NewsRow> news, LoyaltyModel model, LoyaltyJudge judge, Instant now)
    {
        var today = Buyer.Day(model.Today(now));
        var seen = news.ToDictionary(row => row.CustomerId);
        var buyers = await new BuyerStore(work).OfAsync(seen.Keys);
        // Who bought for the first time after the day that is looked at has no past yet.
        return [.. buyers.Where(buyer => buyer.Days[0] <= today).Select(buyer => new ScoredRow(seen[buyer.CustomerId], model.ModelId, LoyaltyMeasure.Of(judge, buyer, today), now))];
    }

    private static async Task<string> EndAsync(RunAtHand hand, long customers)
    {
        await using var work = await hand.Database.WriteAsync(hand.Stop);
        var (runs, run) = (new InsightRunStore(work), (await new InsightRunStore(work).FindAsync(hand.Run.RunId))!);
        var summary = run.Summary.Read<LoyaltySummary>();
        if (await new LoyaltyModelStore(work).CurrentAsync() is not { } model) return summary.Refusal ?? "There is nothing to learn from yet.";
        var today = model.Today(hand.Clock.GetCurrentInstant());
        await runs.SummarizeAsync(run.RunId, Json.Of(summary with { ModelId = model.ModelId, AsOf = today, Purchases = await new LoyaltyScoreStore(work).PurchasesAsync(model.FittedAt) }));
        await work.CommitAsync();
        var fit = summary.Refusal is { } refusal ? refusal + " The models before are used on."
            : summary.Reason is { } reason ? $"{reason}: the models were learned anew. {model.Chosen} foretells purchases, {model.Judge} judges silence."
            : $"The models of {model.FittedAt.InUtc().Date.ToString("d MMM uuuu", System.Globalization.CultureInfo.InvariantCulture)} still hold.";
        return $"{fit} {customers.ToString("#,0", System.Globalization.CultureInfo.InvariantCulture)} {(customers == 1 ? "customer" : "customers")} with news {(customers == 1 ? "was" : "were")} scored.";
    }

    private static Task SayAsync(RunAtHand hand, string refusal) => hand.PrepareAsync(
        new("Nothing can be learned", 0, 0), work => new InsightRunStore(work).SummarizeAsync(hand.Run.RunId, Json.Of(new LoyaltySummary { Refusal = refusal })));

    /// <summary>Purchases since the fit in use beside those expected, as far as runs have counted them.</summary>
    private static async Task<Drift?> DriftAsync(UnitOfWork work, LoyaltyModel model)
    {
        var runs = (await new InsightRunStore(work).PageAsync(Kind, null, 40)).Where(run => run.State == InsightState.Finished)
            .Select(run => run.Summary.Read<LoyaltySummary>()).Where(summary => summary.ModelId == model.ModelId && summary.AsOf is not null).ToList();
        if (runs.Count < 2) return null;
        var (last, first) = (runs[0], runs[^1]);
        var (from, until) = (Period.DaysBetween(model.WindowUntil, first.AsOf!.Value), Period.DaysBetween(model.WindowUntil, last.AsOf!.Value));
        return new Drift(Drift.ExpectedAfter(until, model.Read().Coming) - Drift.ExpectedAfter(from, model.Read().Coming), last.Purchases - first.Purchases);
    }
}

/// <summary>What a run of loyalty came to.</summary>
internal sealed record LoyaltySummary
{
    /// <summary>Why the models were learned anew; null = they were not.</summary>
    public string? Reason { get; init; }

    /// <summary>Why they could not be; null = they were, or there was no reason to.</summary>
    public string? Refusal { get; init; }

    public Guid? ModelId { get; init; }

    /// <summary>The day that was looked at.</summary>
    public LocalDate? AsOf { get; init; }

    /// <summary>Purchases by then of the customers whom the model learned from: how the next run sees whether it still holds.</summary>
    public long Purchases { get; init; }
}
