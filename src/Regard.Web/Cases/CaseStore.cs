using Regard.Storage;

namespace Regard.Cases;

/// <summary>Customers' cases: each has exactly one owner and a promised time from its first moment.</summary>
internal sealed class CaseStore(UnitOfWork work)
{
    private const string Columns =
        """
        s.customer_id, s.case_id, s.subject, s.description, s.channel, s.product_id, s.order_id, s.owner_id, s.promised_at, s.opened_at, s.opened_by,
        s.first_answered_at, s.resolved_at, s.resolution, c.name as customer_name
        """;

    /// <summary>Opens a case. The same (source, source id) told twice is one case.</summary>
    public async Task<bool> OpenAsync(CaseRow row, string source, string sourceId) => await work.ExecuteAsync(
        """
        insert into service_case (customer_id, case_id, subject, description, channel, product_id, order_id, owner_id, promised_at, opened_at, opened_by, source, source_id)
        values (@CustomerId, @CaseId, @Subject, @Description, @Channel, @ProductId, @OrderId, @OwnerId, @PromisedAt, @OpenedAt, @OpenedBy, @source, @sourceId)
        on conflict (customer_id, source, source_id) do nothing
        """,
        new
        {
            row.CustomerId,
            row.CaseId,
            row.Subject,
            row.Description,
            row.Channel,
            row.ProductId,
            row.OrderId,
            row.OwnerId,
            row.PromisedAt,
            row.OpenedAt,
            row.OpenedBy,
            source,
            sourceId,
        }) == 1;

    /// <summary>Keeps a case of the past as another system tells it, with its answer and end. The same (source, source id) told twice is one case.</summary>
    public async Task<bool> KeepAsync(CaseRow row, string source, string sourceId)
    {
        if (!await OpenAsync(row, source, sourceId)) return false;
        return await work.ExecuteAsync(
            """
            update service_case set first_answered_at = @FirstAnsweredAt, resolved_at = @ResolvedAt, resolution = @Resolution
            where customer_id = @CustomerId and case_id = @CaseId
            """,
            row) == 1;
    }

    public Task<CaseRow?> FindAsync(Guid customerId, Guid caseId) => work.FirstAsync<CaseRow>(
        $"select {Columns} from service_case s join customer c on c.customer_id = s.customer_id where s.customer_id = @customerId and s.case_id = @caseId", new { customerId, caseId });

    /// <summary>The case that another system told under this name; null = none.</summary>
    public Task<CaseRow?> BySourceAsync(Guid customerId, CaseOrigin origin) => work.FirstAsync<CaseRow>(
        $"select {Columns} from service_case s join customer c on c.customer_id = s.customer_id where s.customer_id = @customerId and s.source = @Source and s.source_id = @SourceId",
        new { customerId, origin.Source, origin.SourceId });

    /// <summary>Notes the first answer; a later one changes nothing.</summary>
    public Task AnsweredAsync(Guid customerId, Guid caseId, Instant now) => work.ExecuteAsync(
        "update service_case set first_answered_at = @now where customer_id = @customerId and case_id = @caseId and first_answered_at is null", new { customerId, caseId, now });

    /// <summary>Ends a case with what was done. False = it was resolved before.</summary>
    public async Task<bool> ResolveAsync(Guid customerId, Guid caseId, string resolution, Instant now) => await work.ExecuteAsync(
        "update service_case set resolved_at = @now, resolution = @resolution where customer_id = @customerId and case_id = @caseId and resolved_at is null",
        new { customerId, caseId, resolution, now }) == 1;

    /// <summary>Gives a case to another owner, who is the only one from then on. False = it is resolved.</summary>
    public async Task<bool> HandOverAsync(Guid customerId, Guid caseId, Guid ownerId) => await work.ExecuteAsync(
        "update service_case set owner_id = @ownerId where customer_id = @customerId and case_id = @caseId and resolved_at is null", new { customerId, caseId, ownerId }) == 1;

    public Task<List<CaseRow>> OfCustomerAsync(Guid customerId) => work.ListAsync<CaseRow>(
        $"select {Columns} from service_case s join customer c on c.customer_id = s.customer_id where s.customer_id = @customerId order by s.resolved_at is not null, s.promised_at", new { customerId });

    /// <summary>Cases by the promised time, the most pressing first.</summary>
    public Task<List<CaseRow>> ListAsync(CaseQuery query, int take) => work.ListAsync<CaseRow>(
        $"""
        select {Columns} from service_case s join customer c on c.customer_id = s.customer_id
        where s.resolved_at is {(query.IsResolved ? "not null" : "null")}
        {(query.OwnerId is null ? "" : "and s.owner_id = @OwnerId")}
        {(query.After is null ? "" : $"and ({query.Column} {query.Beyond} @at or ({query.Column} = @at and s.case_id > @id))")}
        order by {query.Column} {query.Order}, s.case_id limit @take
        """,
        new { query.OwnerId, at = query.After?.At ?? default, id = query.After?.Id ?? default, take });
}

/// <summary>How the list of cases is looked at.</summary>
public sealed record CaseQuery
{
    /// <summary>Null = everybody's.</summary>
    public Guid? OwnerId { get; init; }
    public bool IsResolved { get; init; }

    /// <summary>By the time of opening; false = by the promised time.</summary>
    public bool IsByOpening { get; init; }
    public bool IsDescending { get; init; }
    public (Instant At, Guid Id)? After { get; init; }

    public string Column => IsByOpening ? "s.opened_at" : "s.promised_at";
    public string Order => IsDescending ? "desc" : "asc";
    public string Beyond => IsDescending ? "<" : ">";
}

/// <summary>A case with the customer's name.</summary>
public sealed record CaseRow
{
    public Guid CustomerId { get; init; }
    public Guid CaseId { get; init; }
    public string CustomerName { get; init; } = "";
    public string Subject { get; init; } = "";
    public string Description { get; init; } = "";
    public string Channel { get; init; } = "";
    public Guid? ProductId { get; init; }
    public Guid? OrderId { get; init; }
    public Guid OwnerId { get; init; }
    public Instant PromisedAt { get; init; }
    public Instant OpenedAt { get; init; }
    public string OpenedBy { get; init; } = "";
    public Instant? FirstAnsweredAt { get; init; }
    public Instant? ResolvedAt { get; init; }
    public string? Resolution { get; init; }
}
