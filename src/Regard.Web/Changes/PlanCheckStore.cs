using Regard.Storage;

namespace Regard.Changes;

/// <summary>What <c>regard check</c> asks about plans, tasks and cases.</summary>
internal static class PlanCheckStore
{
    /// <summary>Steps of started plans without the gate's decision.</summary>
    public static async Task<IReadOnlyList<string>> UndecidedAsync(UnitOfWork work) => await work.ListAsync<string>(
        """
        /* all customers: a check of every plan */
        select 'plan_step ' || s.step || ' in a started plan has the verdict ' || s.verdict || ' and no decision' from plan_step s
        join care_plan p on p.plan_id = s.plan_id
        where p.state = 'started' and s.decision_id is null and s.verdict <> 'merged' limit 1000
        """);

    /// <summary>Tasks that contradict themselves: finished without a moment and a doer, or open with one; a call without the gate's permission.</summary>
    public static async Task<IReadOnlyList<string>> TasksAsync(UnitOfWork work) => await work.ListAsync<string>(
        """
        /* all customers: a check of every task */
        select 'care_task ' || t.kind || ' is ' || t.state || ' and its end or permission does not fit: ' || t.step from care_task t
        where (t.state = 'open' and t.finished_at is not null) or (t.state in ('done', 'expired') and (t.finished_at is null or t.finished_by is null))
           or (t.kind in ('call', 'visit') and t.decision_id is null) limit 1000
        """);

    /// <summary>Open cases that nobody who works here answers for.</summary>
    public static async Task<IReadOnlyList<string>> OwnerlessAsync(UnitOfWork work) => await work.ListAsync<string>(
        """
        /* all customers: a check of every open case */
        select 'service_case of ' || c.source || ' ' || c.source_id || ': its owner does not work here' from service_case c
        where c.resolved_at is null and not exists (select 1 from staff s where s.staff_id = c.owner_id and s.disabled_at is null) limit 1000
        """);
}
