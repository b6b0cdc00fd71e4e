using Regard.Storage;

namespace Regard.Texts;

/// <summary>A row of <c>received_text</c>.</summary>
internal sealed record ReceivedTextRow
{
    public Guid CustomerId { get; init; }
    public Guid TextId { get; init; }
    public Instant At { get; init; }
    public string Act { get; init; } = "";
    public string Number { get; init; } = "";
    public string Words { get; init; } = "";
    public string Source { get; init; } = "sms";
    public string SourceId { get; init; } = "";
}

/// <summary>Text messages that came in from customers. Each is kept once, as it came.</summary>
internal sealed class TextStore(UnitOfWork work)
{
    /// <summary>Every living profile that has a number, the one that the number leads to first.</summary>
    public Task<List<Guid>> WithNumberAsync(string number) => work.ListAsync<Guid>(
        """
        select c.customer_id from identity i /* all customers: who has the number */ join customer c on c.customer_id = i.customer_id
        left join identity_lookup l on l.value = i.value and l.kind = 'phone'
        where i.value = @number and i.kind = 'phone' and c.merged_into is null and c.erased_at is null
        order by case when l.customer_id = c.customer_id then 0 else 1 end, c.customer_id
        """,
        new { number });

    /// <summary>Keeps a text. False = it was kept before.</summary>
    public async Task<bool> KeepAsync(ReceivedTextRow row) => await work.ExecuteAsync(
        """
        insert into received_text (customer_id, text_id, at, act, number, words, source, source_id)
        values (@CustomerId, @TextId, @At, @Act, @Number, @Words, @Source, @SourceId) on conflict (customer_id, source, source_id) do nothing
        """,
        row) == 1;

    /// <summary>Notes to which case a text belongs.</summary>
    public Task BelongsAsync(ReceivedTextRow row, Guid caseId) => work.ExecuteAsync(
        "update received_text set case_id = @caseId where customer_id = @CustomerId and text_id = @TextId", new { row.CustomerId, row.TextId, caseId });

    /// <summary>What the last text of ours was about, when it was sent since a moment; null = there was none.</summary>
    public Task<string?> LastAboutAsync(Guid customerId, Instant since) => work.FirstAsync<string>(
        "select about from outbox where customer_id = @customerId and channel = 'sms' and state in ('sent', 'ambiguous') and finished_at > @since order by finished_at desc limit 1", new { customerId, since });

    /// <summary>The open case that texts opened last; null = none is.</summary>
    public Task<Guid?> OpenCaseAsync(Guid customerId) => work.FirstAsync<Guid?>(
        "select case_id from service_case where customer_id = @customerId and source = 'sms' and resolved_at is null order by opened_at desc limit 1", new { customerId });
}
