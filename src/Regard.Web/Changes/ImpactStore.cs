using System.Globalization;
using Regard.Storage;

namespace Regard.Changes;

/// <summary>What a change means for each customer, as measured for one plan.</summary>
internal sealed class ImpactStore(UnitOfWork work)
{
    private static readonly Bulk<PlannedImpact> Rows = new(
        "change_impact",
        "customer_id, plan_id",
        Column<PlannedImpact>.Id("customer_id", row => row.Impact.CustomerId),
        Column<PlannedImpact>.Id("plan_id", row => row.PlanId),
        Column<PlannedImpact>.Text("currency", row => row.Impact.Currency),
        Column<PlannedImpact>.Whole("spend_minor", row => row.Impact.SpendMinor),
        Column<PlannedImpact>.Whole("affected_spend_minor", row => row.Impact.AffectedSpendMinor),
        Column<PlannedImpact>.Whole("extra_cost_minor", row => row.Impact.ExtraCostMinor),
        Column<PlannedImpact>.Real("chance_of_leaving", row => row.Impact.ChanceOfLeaving),
        Column<PlannedImpact>.Whole("expected_loss_minor", row => row.Impact.ExpectedLossMinor),
        Column<PlannedImpact>.Document("components", row => Json.Of(row.Impact.Components)));

    private const string Columns =
        """
        i.customer_id, c.name, c.address_as, i.currency, i.spend_minor, i.affected_spend_minor, i.extra_cost_minor, i.chance_of_leaving, i.expected_loss_minor, i.components,
        a.wanted_channel, a.channel, a.verdict, a.reason, a.minutes, n.channel as notice_channel, n.verdict as notice_verdict, n.reason as notice_reason
        """;

    private const string From =
        """
        from change_impact i join customer c on c.customer_id = i.customer_id
        left join plan_step a on a.customer_id = i.customer_id and a.plan_id = i.plan_id and a.step = 'advance_contact'
        left join plan_step n on n.customer_id = i.customer_id and n.plan_id = i.plan_id and n.step = 'notice'
        """;

    /// <summary>Keeps the impacts of a block of customers.</summary>
    /// <param name="isAgain">Some may have been kept before, by somebody who did not finish: they stay as they are. False = nobody has one in this plan.</param>
    public Task SaveAsync(Guid planId, IEnumerable<Impact> impacts, bool isAgain)
    {
        var rows = impacts.Select(impact => new PlannedImpact(planId, impact)).ToList();
        return isAgain ? Rows.InsertNewAsync(work, rows) : Rows.AppendAsync(work, rows);
    }

    /// <summary>Who has most at risk, in one currency, by expected loss and id; the next ones after a place.</summary>
    public Task<List<Candidate>> CandidatesAsync(Guid planId, string currency, Candidate? after, int take) => work.ListAsync<Candidate>(
        $"""
        select customer_id, expected_loss_minor from change_impact where plan_id = @planId and currency = @currency and expected_loss_minor > 0
        {(after is null ? "" : "and (expected_loss_minor < @loss or (expected_loss_minor = @loss and customer_id > @id))")}
        order by expected_loss_minor desc, customer_id limit @take
        """,
        new { planId, currency, loss = after?.ExpectedLossMinor ?? 0, id = after?.CustomerId ?? default, take });

    /// <summary>The totals of a plan's impacts in one currency, and how many there are in others.</summary>
    public async Task<ImpactTotals> TotalsAsync(Guid planId, string currency) => (await work.FirstAsync<ImpactTotals>(
        """
        /* all customers: the totals of one plan */
        select count(*) as affected, count(case when currency <> @currency then 1 end) as in_other_currencies,
          cast(coalesce(sum(case when currency = @currency then extra_cost_minor else 0 end), 0) as bigint) as extra_cost_minor,
          cast(coalesce(sum(case when currency = @currency then expected_loss_minor else 0 end), 0) as bigint) as expected_loss_minor
        from change_impact where plan_id = @planId
        """,
        new { planId, currency }))!;

    /// <summary>The impact table, one page of it.</summary>
    public Task<List<ImpactRow>> PageAsync(Guid planId, ImpactQuery query, int take)
    {
        var column = query.Column;
        var order = query.IsAscending ? "asc" : "desc";
        var beyond = query.IsAscending ? ">" : "<";
        return work.ListAsync<ImpactRow>(
            $"""
            select {Columns} {From} where i.plan_id = @planId
            {(query.Text is null ? "" : "and lower(c.name) like @text escape '\\'")}
            {query.StepCondition}
            {(query.After is null ? "" : $"and ({column} {beyond} @value or ({column} = @value and i.customer_id > @id))")}
            order by {column} {order}, i.customer_id limit @take
            """,
            new { planId, text = query.Like, value = query.After is { } after ? query.Value(after.Value) : null, id = query.After?.Id ?? default, take });
    }

    /// <summary>One customer's impact; null = not affected by this plan's change.</summary>
    public Task<ImpactRow?> FindAsync(Guid planId, Guid customerId) =>
        work.FirstAsync<ImpactRow>($"select {Columns} {From} where i.plan_id = @planId and i.customer_id = @customerId", new { planId, customerId });

    private readonly record struct PlannedImpact(Guid PlanId, Impact Impact);
}

/// <summary>How the impact table is looked at.</summary>
public sealed record ImpactQuery
{
    private static readonly Dictionary<string, string> Columns = new(StringComparer.Ordinal)
    {
        ["loss"] = "i.expected_loss_minor",
        ["extra"] = "i.extra_cost_minor",
        ["affected"] = "i.affected_spend_minor",
        ["spend"] = "i.spend_minor",
        ["chance"] = "i.chance_of_leaving",
    };

    /// <summary>loss, extra, affected, spend or chance; anything else is loss.</summary>
    public string Sort { get; init; } = "loss";

    public bool IsAscending { get; init; }

    /// <summary>Part of the customer's name; null = everybody.</summary>
    public string? Text { get; init; }

    /// <summary>personal, notice or held_back; anything else is everybody.</summary>
    public string? Show { get; init; }

    /// <summary>The last row seen: its sorted value and id.</summary>
    public (string Value, Guid Id)? After { get; init; }

    public string Column => Columns.GetValueOrDefault(Sort, Columns["loss"]);

    public string Like => $"%{(Text ?? "").Trim().ToLowerInvariant().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";

    public string StepCondition => Show switch
    {
        "personal" => "and a.step is not null",
        "notice" => "and a.step is null",
        "held_back" => "and (a.verdict in ('refused', 'deferred') or n.verdict in ('refused', 'deferred'))",
        _ => "",
    };

    public object Value(string text) => Sort == "chance"
        ? double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0d
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : 0L;

    /// <summary>What <see cref="After"/> holds for a row.</summary>
    public string Key(ImpactRow row) => Sort switch
    {
        "extra" => row.ExtraCostMinor.ToString(CultureInfo.InvariantCulture),
        "affected" => row.AffectedSpendMinor.ToString(CultureInfo.InvariantCulture),
        "spend" => row.SpendMinor.ToString(CultureInfo.InvariantCulture),
        "chance" => row.ChanceOfLeaving.ToString("R", CultureInfo.InvariantCulture),
        _ => row.ExpectedLossMinor.ToString(CultureInfo.InvariantCulture),
    };
}

/// <summary>A customer with something at risk.</summary>
internal sealed record Candidate
{
    public Guid CustomerId { get; init; }
    public long ExpectedLossMinor { get; init; }
}

/// <summary>Sums over a plan's impacts.</summary>
internal sealed record ImpactTotals
{
    public long Affected { get; init; }
    public long InOtherCurrencies { get; init; }
    public long ExtraCostMinor { get; init; }
    public long ExpectedLossMinor { get; init; }
}

/// <summary>A line of the impact table, with what the plan does for this customer.</summary>
public sealed record ImpactRow
{
    public Guid CustomerId { get; init; }
    public string Name { get; init; } = "";
    public string? AddressAs { get; init; }
    public string Currency { get; init; } = "";
    public long SpendMinor { get; init; }
    public long AffectedSpendMinor { get; init; }
    public long ExtraCostMinor { get; init; }
    public double ChanceOfLeaving { get; init; }
    public long ExpectedLossMinor { get; init; }
    internal Json Components { get; init; }
    public string? WantedChannel { get; init; }
    public string? Channel { get; init; }
    public string? Verdict { get; init; }
    public string? Reason { get; init; }
    public int? Minutes { get; init; }
    public string? NoticeChannel { get; init; }
    public string? NoticeVerdict { get; init; }
    public string? NoticeReason { get; init; }

    /// <summary>The impact as it was measured.</summary>
    public Impact Read() => new()
    {
        CustomerId = CustomerId,
        Currency = Currency,
        SpendMinor = SpendMinor,
        AffectedSpendMinor = AffectedSpendMinor,
        ExtraCostMinor = ExtraCostMinor,
        Components = Components.Read<ImpactComponents>(),
        ChanceOfLeaving = ChanceOfLeaving,
        ExpectedLossMinor = ExpectedLossMinor,
    };
}
