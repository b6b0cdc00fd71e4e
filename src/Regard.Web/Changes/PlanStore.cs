using Regard.Access;
using Regard.Storage;

namespace Regard.Changes;

/// <summary>Care plans: made, started, and how far they have come.</summary>
internal sealed class PlanStore(UnitOfWork work)
{
    private const string Columns =
        """
        p.plan_id, p.change_id, p.staff_minutes, p.currency, p.as_of, p.made_at, p.made_by, p.state, p.started_at, p.rule_version, p.summary,
        c.title, c.effective_on, c.state as change_state
        """;

    /// <summary>Opens a plan that is being made: its impacts come next.</summary>
    /// <param name="until">How long its maker has it for itself; now = whoever comes first makes it.</param>
    public Task BeginAsync(NewPlan plan, Actor by, Instant now, Instant until) => work.ExecuteAsync(
        """
        insert into care_plan (plan_id, change_id, staff_minutes, currency, as_of, made_at, made_by, state, making_until, rule_version, summary)
        values (@PlanId, @changeId, @StaffMinutes, @Currency, @AsOf, @now, @by, 'making', @until, @rule, @summary)
        """,
        new
        {
            plan.PlanId,
            changeId = plan.Change.Id,
            plan.Terms.StaffMinutes,
            plan.Change.Currency,
            plan.Terms.AsOf,
            now,
            by = by.Reference,
            until,
            rule = $"{StatedPrior.Version} {CarePlan.RuleVersion}",
            summary = Json.Of(new PlanSummary()),
        });

    /// <summary>Takes a plan that nobody is making. False = somebody is, or it is made, or withdrawn.</summary>
    public async Task<bool> TakeOverAsync(Guid planId, Instant now, Instant until) => await work.ExecuteAsync(
        "update care_plan set making_until = @until where plan_id = @planId and state = 'making' and making_until <= @now", new { planId, now, until }) == 1;

    /// <summary>Ends the making: from now on the plan can be started. False = somebody else ended it, or the change was withdrawn.</summary>
    public async Task<bool> FinishMakingAsync(Guid planId, string currency, PlanSummary summary) => await work.ExecuteAsync(
        "update care_plan set state = 'draft', making_until = null, currency = @currency, summary = @summary where plan_id = @planId and state = 'making'",
        new { planId, currency, summary = Json.Of(summary) }) == 1;

    public Task<PlanRow?> RowAsync(Guid planId) =>
        work.FirstAsync<PlanRow>($"select {Columns} from care_plan p join change c on c.change_id = p.change_id where p.plan_id = @planId", new { planId });

    /// <summary>A change's plans, the newest first; null = all changes'.</summary>
    public Task<List<PlanRow>> ListAsync(Guid? changeId, Guid? after, int take) => work.ListAsync<PlanRow>(
        $"""
        select {Columns} from care_plan p join change c on c.change_id = p.change_id where true
        {(changeId is null ? "" : "and p.change_id = @changeId")} {(after is null ? "" : "and p.plan_id < @after")}
        order by p.plan_id desc limit @take
        """,
        new { changeId, after, take });

    /// <summary>Plans that were asked for and nobody makes, and those whose start or withdrawal was asked for and is not finished.</summary>
    public Task<List<PlanRow>> UnfinishedAsync(Instant now) => work.ListAsync<PlanRow>(
        $"""
        select {Columns} from care_plan p join change c on c.change_id = p.change_id
        where p.state in ('starting', 'withdrawing') or (p.state = 'making' and p.making_until <= @now) order by p.plan_id
        """,
        new { now });

    /// <summary>Asks for the start. False = it was asked for before, for this plan or another one of its change, or the plan or its change was withdrawn.</summary>
    public async Task<bool> StartAsync(Guid planId, Instant now)
    {
        // Two plans of one change are started one after the other, so that the second sees the first.
        await work.ScalarAsync<Guid?>($"select change_id from change where change_id = (select change_id from care_plan where plan_id = @planId){work.ForUpdate}", new { planId });
        var isMine = await work.ExecuteAsync(
            """
            update care_plan set state = 'starting', started_at = @now where plan_id = @planId and state = 'draft'
            and exists (select 1 from change c where c.change_id = care_plan.change_id and c.state <> 'withdrawn')
            and not exists (select 1 from care_plan other where other.change_id = care_plan.change_id and other.state in ('starting', 'started'))
            """,
            new { planId, now }) == 1;
        if (isMine)
        {
            await work.ExecuteAsync(
                "update change set state = 'planned', version = version + 1 where state = 'registered' and change_id = (select change_id from care_plan where plan_id = @planId)",
                new { planId });
        }
        return isMine;
    }

    /// <summary>The state now; a withdrawal that was committed is seen. A started step keeps it from changing until its transaction ends.</summary>
    public Task<string?> StateAsync(Guid planId) => work.ScalarAsync<string>($"select state from care_plan where plan_id = @planId{work.ForShare}", new { planId });

    /// <summary>Ends the start: every step has its verdict.</summary>
    public Task FinishStartAsync(Guid planId) => work.ExecuteAsync("update care_plan set state = 'started' where plan_id = @planId and state = 'starting'", new { planId });

    /// <summary>Ends the withdrawal: nothing of the plan waits any more.</summary>
    public Task FinishWithdrawalAsync(Guid planId) => work.ExecuteAsync("update care_plan set state = 'withdrawn' where plan_id = @planId and state = 'withdrawing'", new { planId });

    /// <summary>How many steps have which verdict, by channel.</summary>
    public Task<List<PlanCount>> CountsAsync(Guid planId) => work.ListAsync<PlanCount>(
        "select /* all customers: the counts of one plan */ step, verdict, channel, count(*) as steps from plan_step where plan_id = @planId group by step, verdict, channel order by step, verdict, channel", new { planId });

    /// <summary>Staff who make calls, in a fixed order.</summary>
    public Task<List<Guid>> CallersAsync() => work.ListAsync<Guid>("select staff_id from staff where disabled_at is null and role in ('agent', 'lead', 'manager') order by staff_id");
}

/// <summary>Under which terms a plan is made.</summary>
/// <param name="StaffMinutes">The staff's minutes for personal contacts.</param>
/// <param name="AsOf">The day from which "the last twelve months" are counted back.</param>
internal readonly record struct PlanTerms(int StaffMinutes, LocalDate AsOf);

/// <summary>A plan that is being made.</summary>
/// <param name="IsAgain">Somebody began it before and did not finish.</param>
internal sealed record NewPlan(Guid PlanId, Change Change, PlanTerms Terms, bool IsAgain = false);

/// <summary>What a plan comes to; amounts in the plan's currency.</summary>
public sealed record PlanSummary
{
    public long Affected { get; init; }

    /// <summary>Affected customers who buy in another currency: they get the notice, but nothing is guessed about exchange rates.</summary>
    public long InOtherCurrencies { get; init; }

    public long ExtraCostMinor { get; init; }
    public long ExpectedLossMinor { get; init; }
    public long PreventedMinor { get; init; }

    /// <summary>No choice within the minutes could prevent more than this.</summary>
    public long UpperBoundMinor { get; init; }

    public int MinutesUsed { get; init; }
    public int Calls { get; init; }
    public int Mails { get; init; }

    /// <summary>Customers high enough on the list whose wishes leave only the notice, or nothing.</summary>
    public int NotInPerson { get; init; }
}

/// <summary>A plan with its change.</summary>
public sealed record PlanRow
{
    public Guid PlanId { get; init; }
    public Guid ChangeId { get; init; }
    public int StaffMinutes { get; init; }
    public string Currency { get; init; } = "";
    public LocalDate AsOf { get; init; }
    public Instant MadeAt { get; init; }
    public string MadeBy { get; init; } = "";
    public string State { get; init; } = "";
    public Instant? StartedAt { get; init; }
    public string RuleVersion { get; init; } = "";
    internal Json Summary { get; init; }
    public string Title { get; init; } = "";
    public LocalDate EffectiveOn { get; init; }
    public string ChangeState { get; init; } = "";

    public PlanSummary Read() => Summary.Read<PlanSummary>();
}

/// <summary>A count of steps.</summary>
public sealed record PlanCount
{
    public string Step { get; init; } = "";
    public string Verdict { get; init; } = "";
    public string? Channel { get; init; }
    public long Steps { get; init; }
}
