using Regard.Storage;

namespace Regard.Changes;

/// <summary>The steps of plans: who is told how, and what the gate said to it.</summary>
internal sealed class PlanStepStore(UnitOfWork work)
{
    private const string Columns = "customer_id, plan_id, step, wanted_channel, channel, verdict, reason, minutes, assigned_to, not_before, decision_id, task_id, outbox_id";

    /// <summary>Plans the written notice for everybody affected, apart from those who get the news in a personal mail.</summary>
    public Task PlanNoticesAsync(Guid planId, Instant notBefore) => work.ExecuteAsync(
        """
        insert into plan_step (customer_id, plan_id, step, wanted_channel, verdict, reason, minutes, not_before)
        select i.customer_id, i.plan_id, 'notice', 'email', 'planned', 'Everybody affected is told in writing, in time.', 0, @notBefore
        from change_impact i where i.plan_id = @planId and not exists (
          select 1 from plan_step s where s.customer_id = i.customer_id and s.plan_id = i.plan_id and s.step = 'advance_contact' and s.wanted_channel = 'email')
        """,
        new { planId, notBefore });

    public Task PlanAsync(IEnumerable<PlanStepRow> steps) => work.ExecuteAsync(
        $"""
        insert into plan_step ({Columns})
        values (@CustomerId, @PlanId, @Step, @WantedChannel, @Channel, @Verdict, @Reason, @Minutes, @AssignedTo, @NotBefore, @DecisionId, @TaskId, @OutboxId)
        """,
        steps);

    /// <summary>The next customers, in the order of their ids, who have steps without a verdict.</summary>
    public Task<List<Guid>> WaitingAsync(Guid planId, Guid after, int take) => work.ListAsync<Guid>(
        "select distinct customer_id from plan_step where plan_id = @planId and verdict = 'planned' and customer_id > @after order by customer_id limit @take",
        new { planId, after, take });

    /// <summary>A customer's steps without a verdict; nobody else can take them until the transaction ends.</summary>
    public Task<List<PlanStepRow>> TakeAsync(Guid planId, Guid customerId) => work.ListAsync<PlanStepRow>(
        $"select {Columns} from plan_step where customer_id = @customerId and plan_id = @planId and verdict = 'planned' order by step{work.ForUpdate}", new { planId, customerId });

    /// <summary>Whether a customer has this step in the plan, whatever its verdict.</summary>
    public async Task<bool> HasAsync(Guid planId, Guid customerId, string step) => await work.ScalarAsync<long>(
        "select count(*) from plan_step where customer_id = @customerId and plan_id = @planId and step = @step", new { planId, customerId, step }) > 0;

    /// <summary>Writes down what the gate said, and where the contact now waits.</summary>
    public Task DecideAsync(PlanStepRow step) => work.ExecuteAsync(
        """
        update plan_step set channel = @Channel, verdict = @Verdict, reason = @Reason, not_before = @NotBefore, decision_id = @DecisionId, task_id = @TaskId, outbox_id = @OutboxId
        where customer_id = @CustomerId and plan_id = @PlanId and step = @Step and verdict = 'planned'
        """,
        step);

    /// <summary>The next customers, in the order of their ids, whom a plan may still have something waiting for.</summary>
    public Task<List<Guid>> ContactedAsync(Guid planId, Guid after, int take) => work.ListAsync<Guid>(
        "select distinct customer_id from plan_step where plan_id = @planId and (outbox_id is not null or task_id is not null) and customer_id > @after order by customer_id limit @take",
        new { planId, after, take });

    /// <summary>A plan's steps by customer, and of each customer by name; one page of them.</summary>
    /// <param name="verdict">Null = whatever the gate said.</param>
    /// <param name="after">Customer and step of the last one seen; null = from the first.</param>
    public Task<List<PlanStepRow>> PageAsync(Guid planId, string? verdict, (Guid Customer, string Step)? after, int take) => work.ListAsync<PlanStepRow>(
        $"""
        select /* all customers: the steps of one plan */ {Columns} from plan_step where plan_id = @planId
        {(verdict is null ? "" : "and verdict = @verdict")}
        {(after is null ? "" : "and (customer_id > @customer or (customer_id = @customer and step > @step))")}
        order by customer_id, step limit @take
        """,
        new { planId, verdict, customer = after?.Customer ?? default, step = after?.Step ?? "", take });

    /// <summary>One customer's steps in all plans, the newest plan first.</summary>
    public Task<List<PlanStepRow>> OfCustomerAsync(Guid customerId) =>
        work.ListAsync<PlanStepRow>($"select {Columns} from plan_step where customer_id = @customerId order by plan_id desc, step", new { customerId });
}

/// <summary>One step of a plan for one customer.</summary>
public sealed record PlanStepRow
{
    public Guid CustomerId { get; init; }
    public Guid PlanId { get; init; }
    public string Step { get; init; } = "";
    public string WantedChannel { get; init; } = "";
    public string? Channel { get; init; }
    public string Verdict { get; init; } = "";
    public string Reason { get; init; } = "";
    public int Minutes { get; init; }
    public Guid? AssignedTo { get; init; }
    public Instant? NotBefore { get; init; }
    public Guid? DecisionId { get; init; }
    public Guid? TaskId { get; init; }
    public Guid? OutboxId { get; init; }
}
