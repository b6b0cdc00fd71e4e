using Regard.Contact;
using Regard.Customers;
using Regard.Storage;

namespace Regard.Changes;

/// <summary>
/// Carries a started plan out, one customer a transaction: the gate's decision, the queued mail or the call task, and the step's verdict are
/// kept together or not at all. Whoever goes on after a crash, or at the same time, finds the steps that are left; each is asked for once.
/// </summary>
internal sealed class PlanStart(Database database, IClock clock)
{
    private const int Page = 200;

    /// <summary>Goes through the steps that have no verdict yet, until there are none or the plan is withdrawn.</summary>
    /// <param name="progress">Told after each customer how many were done.</param>
    public async Task RunAsync(Guid planId, IProgress<long>? progress, CancellationToken stop)
    {
        var (change, after, done) = (await ChangeAsync(planId, stop), Guid.Empty, 0L);
        while (await WaitingAsync(planId, after, stop) is { Count: > 0 } waiting)
        {
            foreach (var customerId in waiting)
            {
                if (!await TakeAsync(planId, customerId, change, stop)) return;
                progress?.Report(++done);
            }
            after = waiting[^1];
        }
        await using var work = await database.WriteAsync(stop);
        await new PlanStore(work).FinishStartAsync(planId);
        await work.CommitAsync();
    }

    /// <summary>Takes back what of a withdrawn plan still waits: queued messages and open calls.</summary>
    public async Task WithdrawAsync(Guid planId, CancellationToken stop)
    {
        var (change, after) = (await ChangeAsync(planId, stop), Guid.Empty);
        while (await ContactedAsync(planId, after, stop) is { Count: > 0 } contacted)
        {
            foreach (var customerId in contacted)
            {
                await using var work = await database.WriteAsync(stop);
                if (await new CustomerStore(work).CurrentAsync(customerId) is { } current)
                    foreach (var profile in new[] { current, customerId }.Distinct())
                        await new StepStore(work).CancelAsync(profile, $"change:{change.Id}", "The change was withdrawn.", clock.GetCurrentInstant());
                await work.CommitAsync();
            }
            after = contacted[^1];
        }
        await using var end = await database.WriteAsync(stop);
        await new PlanStore(end).FinishWithdrawalAsync(planId);
        await end.CommitAsync();
    }

    private async Task<bool> TakeAsync(Guid planId, Guid customerId, Change change, CancellationToken stop)
    {
        await using var work = await database.WriteAsync(stop);
        if (await new PlanStore(work).StateAsync(planId) != "starting") return false;
        var current = await new CustomerStore(work).CurrentAsync(customerId) ?? customerId;
        var steps = new PlanStepStore(work);
        var affected = await new ImpactStore(work).FindAsync(planId, customerId);
        foreach (var step in await steps.TakeAsync(planId, customerId))
        {
            var isTheirs = current == customerId || !await steps.HasAsync(planId, current, step.Step);
            await steps.DecideAsync(isTheirs && affected is not null
                ? await PlanContact.AskAsync(work, step, change, affected, clock.GetCurrentInstant())
                : step with { Verdict = "merged", Reason = "This profile was joined with another one, which has this step itself." });
        }
        await work.CommitAsync();
        return true;
    }

    private async Task<Change> ChangeAsync(Guid planId, CancellationToken stop)
    {
        await using var work = await database.ReadAsync(stop);
        var plan = await new PlanStore(work).RowAsync(planId) ?? throw new InvalidOperationException($"There is no plan {planId}.");
        return (await new ChangeStore(work).FindAsync(plan.ChangeId))!;
    }

    private async Task<List<Guid>> WaitingAsync(Guid planId, Guid after, CancellationToken stop)
    {
        await using var work = await database.ReadAsync(stop);
        return await new PlanStepStore(work).WaitingAsync(planId, after, Page);
    }

    private async Task<List<Guid>> ContactedAsync(Guid planId, Guid after, CancellationToken stop)
    {
        await using var work = await database.ReadAsync(stop);
        return await new PlanStepStore(work).ContactedAsync(planId, after, Page);
    }
}
