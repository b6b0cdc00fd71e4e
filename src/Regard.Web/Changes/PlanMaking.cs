using Regard.Access;
using Regard.Storage;

namespace Regard.Changes;

/// <summary>Makes a care plan: measures everybody's impact in one pass, asks how those most at risk may be reached, chooses within the minutes.</summary>
/// <param name="database">Where everything is kept.</param>
/// <param name="means">How a customer may be reached in person, as the contact gate sees it now; see <see cref="PlanContact.MeansAsync"/>.</param>
internal sealed class PlanMaking(Database database, Func<UnitOfWork, Guid, Task<MeansFound>> means)
{
    private const int AskedAtOnce = 100;

    /// <summary>The most customers whose wishes are looked up for one plan; nobody further down the list is worth a call before them.</summary>
    private const int MostAsked = 5000;

    /// <summary>How long a maker has a plan for itself: far longer than making one takes.</summary>
    public static readonly Duration Patience = Duration.FromMinutes(10);

    /// <summary>Makes the plan. A crash leaves it in the state <c>making</c>, in which it cannot be started; <see cref="PlanStartJob"/> makes it then.</summary>
    /// <param name="progress">Told how many affected customers were measured so far.</param>
    /// <returns>The plan's id.</returns>
    public async Task<Guid> MakeAsync(Change change, PlanTerms terms, Actor by, Instant now, IProgress<long>? progress, CancellationToken stop)
    {
        var plan = new NewPlan(Ids.New(now), change, terms);
        await using (var work = await database.WriteAsync(stop))
        {
            await new PlanStore(work).BeginAsync(plan, by, now, now + Patience);
            await work.CommitAsync();
        }
        await FinishAsync(plan, now, progress, stop);
        return plan.PlanId;
    }

    /// <summary>Makes a plan that was begun: also one that another process left half measured.</summary>
    public async Task FinishAsync(NewPlan plan, Instant now, IProgress<long>? progress, CancellationToken stop)
    {
        var currency = await MeasureAsync(plan, progress, stop);
        var candidates = await AskAsync(plan.PlanId, currency, plan.Terms.StaffMinutes, stop);
        await SettleAsync(plan, currency, candidates, now, stop);
    }

    // Of one customer's purchases in several currencies the most regular ones count: amounts of different currencies are never added up.
    internal static IEnumerable<Impact> Impacts(IReadOnlyList<CustomerHistory> block, Change change, LocalDate asOf) => block
        .Select(history => Impact.Of(history, change, asOf)).OfType<Impact>()
        .GroupBy(impact => impact.CustomerId)
        .Select(same => same.OrderByDescending(i => i.Components.MonthsBought).ThenBy(i => i.Currency, StringComparer.Ordinal).First());

    private async Task<string> MeasureAsync(NewPlan plan, IProgress<long>? progress, CancellationToken stop)
    {
        var (change, asOf) = (plan.Change, plan.Terms.AsOf);
        var buyers = new Dictionary<string, long>(StringComparer.Ordinal);
        long measured = 0;
        await using var stream = await database.ReadAsync(stop);
        await using var read = await database.ReadAsync(stop);
        await foreach (var block in new HistoryStore(stream, read).BlocksAsync(change, asOf).WithCancellation(stop))
        {
            var impacts = Impacts(block, change, asOf).ToList();
            await using var work = await database.WriteAsync(stop);
            await new ImpactStore(work).SaveAsync(plan.PlanId, impacts, plan.IsAgain);
            await work.CommitAsync();
            foreach (var impact in impacts) buyers[impact.Currency] = buyers.GetValueOrDefault(impact.Currency) + 1;
            progress?.Report(measured += impacts.Count);
        }
        if (change.Currency != Change.AnyCurrency) return change.Currency;
        return buyers.OrderByDescending(b => b.Value).ThenBy(b => b.Key, StringComparer.Ordinal).Select(b => b.Key).FirstOrDefault(Change.AnyCurrency);
    }

    // From the top of the list down, until even the best use of a minute for the next one is worse than the worst that the minutes are full of.
    private async Task<Asked> AskAsync(Guid planId, string currency, int minutes, CancellationToken stop)
    {
        var (asked, reasons) = (new List<PlanCandidate>(), new Dictionary<Guid, string>());
        await using var work = await database.ReadAsync(stop);
        var store = new ImpactStore(work);
        Candidate? last = null;
        while (minutes > 0 && asked.Count < MostAsked)
        {
            var next = await store.CandidatesAsync(planId, currency, last, AskedAtOnce);
            if (next.Count == 0 || IsSettled(asked, minutes, next[0])) break;
            foreach (var candidate in next)
            {
                var found = await means(work, candidate.CustomerId);
                asked.Add(new(candidate.CustomerId, candidate.ExpectedLossMinor, found.Means));
                reasons[candidate.CustomerId] = found.Reason;
            }
            last = next[^1];
        }
        return new(asked, reasons);
    }

    // Even a customer with the next smaller loss and the most welcome means would not raise what the minutes can prevent.
    private static bool IsSettled(List<PlanCandidate> asked, int minutes, Candidate next) =>
        CarePlan.Make(asked.Append(new PlanCandidate(next.CustomerId, next.ExpectedLossMinor, PersonalMeans.Mail)), minutes).UpperBoundMinor
            <= CarePlan.Make(asked, minutes).UpperBoundMinor;

    private async Task SettleAsync(NewPlan made, string currency, Asked asked, Instant now, CancellationToken stop)
    {
        var (planId, change) = (made.PlanId, made.Change);
        var plan = CarePlan.Make(asked.Candidates, made.Terms.StaffMinutes);
        await using var work = await database.WriteAsync(stop);
        var totals = await new ImpactStore(work).TotalsAsync(planId, currency);
        // First, because whoever ends the making alone writes the steps; a second one waits here for the first and goes away.
        if (!await new PlanStore(work).FinishMakingAsync(planId, currency, Summary(plan, totals, asked))) return;
        var callers = await new PlanStore(work).CallersAsync();
        var calls = plan.Personal.Where(c => c.Means == PersonalMeans.Call).OrderByDescending(c => c.ExpectedLossMinor).Select(c => c.CustomerId).ToList();
        var order = calls.Select((id, n) => (id, n)).ToDictionary(c => c.id, c => c.n);
        var today = now.InUtc().Date;
        var days = WorkingDays.Before(change.EffectiveOn, today);
        var steps = new PlanStepStore(work);
        await steps.PlanAsync(plan.Personal.Select(chosen => Step(planId, chosen, asked.Reasons[chosen.CustomerId]) with
        {
            AssignedTo = order.TryGetValue(chosen.CustomerId, out var n) && callers.Count > 0 ? callers[n % callers.Count] : null,
            NotBefore = order.TryGetValue(chosen.CustomerId, out var place) ? DueOn(WorkingDays.For(place, calls.Count, days), now) : now,
        }));
        await steps.PlanNoticesAsync(planId, now);
        await work.CommitAsync();
    }

    private static PlanSummary Summary(CarePlan plan, ImpactTotals totals, Asked asked)
    {
        var calls = plan.Personal.Count(c => c.Means == PersonalMeans.Call);
        return new PlanSummary
        {
            Affected = totals.Affected,
            InOtherCurrencies = totals.InOtherCurrencies,
            ExtraCostMinor = totals.ExtraCostMinor,
            ExpectedLossMinor = totals.ExpectedLossMinor,
            PreventedMinor = plan.PreventedMinor,
            UpperBoundMinor = plan.UpperBoundMinor,
            MinutesUsed = plan.MinutesUsed,
            Calls = calls,
            Mails = plan.Personal.Count - calls,
            NotInPerson = asked.Candidates.Count(c => c.Means == PersonalMeans.None),
        };
    }

    private static PlanStepRow Step(Guid planId, PlanCandidate chosen, string reason) => new()
    {
        CustomerId = chosen.CustomerId,
        PlanId = planId,
        Step = PlanSteps.AdvanceContact,
        Verdict = "planned",
        Minutes = chosen.Minutes,
        WantedChannel = chosen.Means == PersonalMeans.Call ? "phone" : "email",
        Reason = reason,
    };

    private sealed record Asked(List<PlanCandidate> Candidates, Dictionary<Guid, string> Reasons);

    // By the end of a working day in most of Europe; the customer's own hours are the gate's matter.
    private static Instant DueOn(LocalDate day, Instant now)
    {
        var due = day.At(new LocalTime(16, 0)).InUtc().ToInstant();
        return due > now ? due : now;
    }
}

/// <summary>How a customer may be reached in person.</summary>
/// <param name="Means">By call, by a personal mail, or not at all.</param>
/// <param name="Reason">Why, for staff.</param>
internal readonly record struct MeansFound(PersonalMeans Means, string Reason);

/// <summary>The steps of a plan, as they are written in the records.</summary>
internal static class PlanSteps
{
    /// <summary>A personal contact before the change.</summary>
    public const string AdvanceContact = "advance_contact";

    /// <summary>The written notice for everybody affected.</summary>
    public const string Notice = "notice";

    /// <summary>The gate's key for a step: one contact per step and customer, however often a plan is started.</summary>
    public static string Key(Guid planId, string step) => $"plan:{planId}:{step}";
}
