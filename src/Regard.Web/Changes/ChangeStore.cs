using Regard.Access;
using Regard.Storage;
using Regard.Webhooks;

namespace Regard.Changes;

/// <summary>The register of changes.</summary>
internal sealed class ChangeStore(UnitOfWork work)
{
    private const string Columns =
        """
        c.change_id, c.kind, c.title, c.reason, c.effective_on, c.state, c.created_at, c.created_by, c.version,
        (select count(*) from change_product p where p.change_id = c.change_id) as products
        """;

    /// <summary>Registers a change. The same (source, source id) told twice is the same change: the first one stays as it is.</summary>
    public async Task<RegisteredChange> RegisterAsync(Change change, string source, string sourceId, Actor by, Instant now)
    {
        var added = await work.ExecuteAsync(
            """
            insert into change (change_id, kind, title, reason, effective_on, state, source, source_id, created_at, created_by)
            values (@Id, @kind, @Title, @Reason, @EffectiveOn, 'registered', @source, @sourceId, @now, @by)
            on conflict (source, source_id) do nothing
            """,
            new { change.Id, kind = Words.Of(change.Kind), change.Title, change.Reason, change.EffectiveOn, source, sourceId, now, by = by.Reference });
        if (added == 0)
            return new(await work.ScalarAsync<Guid>("select change_id from change where source = @source and source_id = @sourceId", new { source, sourceId }), false);
        await work.ExecuteAsync(
            """
            insert into change_product (change_id, product_id, currency, old_price_minor, new_price_minor, replacement_id)
            values (@change, @ProductId, @Currency, @OldPriceMinor, @NewPriceMinor, @ReplacementId)
            """,
            change.Products.Select(p => new { change = change.Id, p.ProductId, change.Currency, p.OldPriceMinor, p.NewPriceMinor, p.ReplacementId }));
        await new WebhookStore(work).TellAsync(
            WebhookStore.Nobody, WebhookTypes.ChangeRegistered, change.Id, new { change_id = change.Id, kind = change.Kind, effective_on = change.EffectiveOn, products = change.Products.Count }, now);
        return new(change.Id, true);
    }

    /// <summary>A change with its products; null = there is none with this id.</summary>
    public async Task<Change?> FindAsync(Guid id)
    {
        if (await RowAsync(id) is not { } row) return null;
        var products = await work.ListAsync<ProductRow>(
            """
            select c.product_id, p.sku, p.name, c.currency, c.old_price_minor, c.new_price_minor, c.replacement_id, r.name as replacement_name
            from change_product c join product p on p.product_id = c.product_id left join product r on r.product_id = c.replacement_id
            where c.change_id = @id order by p.name, p.sku
            """,
            new { id });
        return new Change
        {
            Id = id,
            Kind = Words.Must<ChangeKind>(row.Kind),
            Title = row.Title,
            Reason = row.Reason,
            EffectiveOn = row.EffectiveOn,
            Currency = products[0].Currency,
            Products = [.. products.Select(p => new ProductChange(p.ProductId, p.Sku, p.Name)
            {
                OldPriceMinor = p.OldPriceMinor, NewPriceMinor = p.NewPriceMinor, ReplacementId = p.ReplacementId, ReplacementName = p.ReplacementName,
            })],
        };
    }

    public Task<ChangeRow?> RowAsync(Guid id) => work.FirstAsync<ChangeRow>($"select {Columns} from change c where c.change_id = @id", new { id });

    /// <summary>Changes by the day they take effect (the latest first, or the earliest); <paramref name="state"/> null = in every state.</summary>
    /// <param name="after">Day and id of the last one seen; null = from the first.</param>
    public Task<List<ChangeRow>> ListAsync(ChangeState? state, (LocalDate EffectiveOn, Guid Id)? after, int take, bool isEarliestFirst = false) => work.ListAsync<ChangeRow>(
        $"""
        select {Columns} from change c
        where (cast(@state as text) is null or c.state = @state)
        {(after is null ? "" : $"and (c.effective_on {(isEarliestFirst ? ">" : "<")} @day or (c.effective_on = @day and c.change_id > @id))")}
        order by c.effective_on{(isEarliestFirst ? "" : " desc")}, c.change_id limit @take
        """,
        new { state = state is { } s ? Words.Of(s) : null, day = after?.EffectiveOn ?? default, id = after?.Id ?? default, take });

    /// <summary>Takes a change back: no plan for it starts or goes on any more. False = it was withdrawn before, or is unknown.</summary>
    public async Task<bool> WithdrawAsync(Guid id)
    {
        if (await work.ExecuteAsync("update change set state = 'withdrawn', version = version + 1 where change_id = @id and state <> 'withdrawn'", new { id }) == 0) return false;
        await work.ExecuteAsync(
            "update care_plan set state = case when state in ('starting', 'started') then 'withdrawing' else 'withdrawn' end where change_id = @id", new { id });
        return true;
    }

    private sealed record ProductRow
    {
        public Guid ProductId { get; init; }
        public string Sku { get; init; } = "";
        public string Name { get; init; } = "";
        public string Currency { get; init; } = "";
        public long? OldPriceMinor { get; init; }
        public long? NewPriceMinor { get; init; }
        public Guid? ReplacementId { get; init; }
        public string? ReplacementName { get; init; }
    }
}

/// <summary>What registering came to.</summary>
internal readonly record struct RegisteredChange(Guid Id, bool IsNew);

/// <summary>A change in a list.</summary>
public sealed record ChangeRow
{
    public Guid ChangeId { get; init; }
    public string Kind { get; init; } = "";
    public string Title { get; init; } = "";
    public string Reason { get; init; } = "";
    public LocalDate EffectiveOn { get; init; }
    public string State { get; init; } = "";
    public long Products { get; init; }
    public Instant CreatedAt { get; init; }
    public string CreatedBy { get; init; } = "";
    public long Version { get; init; }
}
