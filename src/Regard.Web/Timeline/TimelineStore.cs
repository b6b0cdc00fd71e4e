using System.Text;
using Dapper;
using Regard.Customers;
using Regard.Storage;

namespace Regard.Timeline;

/// <summary>Every department's touchpoints with a customer, on one line: added to, never changed.</summary>
internal sealed class TimelineStore(UnitOfWork work)
{
    private const int Chunk = 64;

    private const string AddUp = """
        set touchpoints = timeline_rollup.touchpoints + excluded.touchpoints,
          first_at = case when excluded.first_at < timeline_rollup.first_at then excluded.first_at else timeline_rollup.first_at end,
          last_at = case when excluded.last_at > timeline_rollup.last_at then excluded.last_at else timeline_rollup.last_at end
        """;

    private static readonly Bulk<Row> Rows = new(
        "touchpoint", "customer_id, source, source_id",
        Column<Row>.Id("customer_id", row => row.CustomerId),
        Column<Row>.Id("touchpoint_id", row => row.Told.TouchpointId ?? Ids.Of(row.Told.At, row.Told.Source, row.Told.SourceId)),
        Column<Row>.At("at", row => row.Told.At),
        Column<Row>.Text("department", row => Words.Of(row.Told.Department)),
        Column<Row>.Text("kind", row => row.Told.Kind),
        Column<Row>.Text("channel", row => row.Told.Channel),
        Column<Row>.Text("direction", row => Words.Of(row.Told.Direction)),
        Column<Row>.Text("summary", row => row.Told.Summary),
        Column<Row>.Document("body", row => row.Told.Body is { } body ? new Json(body) : default),
        Column<Row>.Text("source", row => row.Told.Source),
        Column<Row>.Text("source_id", row => row.Told.SourceId),
        Column<Row>.Id("staff_id", row => row.Told.StaffId),
        Column<Row>.At("recorded_at", row => row.RecordedAt));

    private static readonly Bulk<Count> Rollups = new(
        "timeline_rollup", "customer_id",
        Column<Count>.Id("customer_id", row => row.CustomerId),
        Column<Count>.Whole("touchpoints", row => row.Touchpoints),
        Column<Count>.At("first_at", row => row.First),
        Column<Count>.At("last_at", row => row.Last));

    /// <summary>
    /// Adds touchpoints that are not there yet (same source and source id = the same touchpoint) and keeps the rollup in the same
    /// transaction. A merged customer's touchpoints go to the survivor. Answers how many were new.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is no such customer.</exception>
    public async Task<int> AppendAsync(Guid customerId, IReadOnlyList<Touchpoint> touchpoints, Instant now)
    {
        if (touchpoints.Count == 0) return 0;
        var current = await new CustomerStore(work).CurrentAsync(customerId) ?? throw new InvalidOperationException($"There is no customer {customerId}.");
        var added = new List<Instant>();
        foreach (var chunk in touchpoints.Chunk(Chunk)) added.AddRange(await InsertAsync(current, chunk, now));
        if (added.Count > 0) await RollUpAsync(current, added);
        return added.Count;
    }

    /// <summary>
    /// The same for touchpoints of many customers at once, none of whom is merged into another. Answers how many were new.
    /// </summary>
    public async Task<int> AppendAsync(IReadOnlyList<(Guid CustomerId, Touchpoint Touchpoint)> touchpoints, Instant now)
    {
        var isNew = await Rows.InsertNewAsync(work, [.. touchpoints.Select(told => new Row(told.CustomerId, told.Touchpoint, now))]);
        var counts = touchpoints.Where((_, index) => isNew[index]).GroupBy(told => told.CustomerId, told => told.Touchpoint.At)
            .Select(added => new Count(added.Key, added.LongCount(), added.Min(), added.Max())).OrderBy(count => count.CustomerId).ToList();
        await Rollups.UpsertAsync(work, counts, AddUp);
        return isNew.Count(added => added);
    }

    /// <summary>The latest touchpoints before one (null = the latest of all), newest first.</summary>
    public async Task<IReadOnlyList<Touchpoint>> PageAsync(Guid customerId, TimelineFilter filter, Guid? before, int size)
    {
        var sql = new StringBuilder("select * from touchpoint where customer_id = @customerId");
        if (before is not null) sql.Append(" and touchpoint_id < @before");
        if (filter.Until is not null) sql.Append(" and touchpoint_id < @until");
        if (filter.From is not null) sql.Append(" and touchpoint_id >= @from");
        if (filter.Department is not null) sql.Append(" and department = @department");
        if (filter.Kind is not null) sql.Append(" and kind = @kind");
        if (!string.IsNullOrWhiteSpace(filter.Text)) sql.Append(" and lower(summary) like @text escape '\\'");
        sql.Append(" order by touchpoint_id desc limit @size");
        return await work.ListAsync<Touchpoint>(sql.ToString(), new
        {
            customerId,
            before,
            until = filter.Until is { } until ? Ids.First(until) : (Guid?)null,
            from = filter.From is { } from ? Ids.First(from) : (Guid?)null,
            department = filter.Department is { } department ? Words.Of(department) : null,
            kind = filter.Kind,
            text = filter.Text is { } text ? Containing(text) : null,
            size,
        });
    }

    /// <summary>Counts a customer's rollup anew from the touchpoints.</summary>
    public async Task RecountAsync(Guid customerId)
    {
        await work.ExecuteAsync("delete from timeline_rollup where customer_id = @customerId", new { customerId });
        await work.ExecuteAsync(
            """
            insert into timeline_rollup (customer_id, touchpoints, first_at, last_at)
            select customer_id, count(*), min(at), max(at) from touchpoint where customer_id = @customerId group by customer_id
            """,
            new { customerId });
    }

    private async Task<IReadOnlyList<Instant>> InsertAsync(Guid customerId, Touchpoint[] chunk, Instant now)
    {
        var sql = new StringBuilder("insert into touchpoint (customer_id, touchpoint_id, at, department, kind, channel, direction, summary, body, source, source_id, staff_id, recorded_at) values ");
        var arguments = new DynamicParameters(new { customerId, now });
        for (var i = 0; i < chunk.Length; i++)
        {
            var t = chunk[i];
            sql.Append(i == 0 ? "" : ", ").Append($"(@customerId, @id{i}, @at{i}, @department{i}, @kind{i}, @channel{i}, @direction{i}, @summary{i}, @body{i}, @source{i}, @sourceId{i}, @staff{i}, @now)");
            arguments.Add($"id{i}", t.TouchpointId ?? Ids.Of(t.At, t.Source, t.SourceId));
            arguments.Add($"at{i}", t.At);
            arguments.Add($"department{i}", Words.Of(t.Department));
            arguments.Add($"kind{i}", t.Kind);
            arguments.Add($"channel{i}", t.Channel);
            arguments.Add($"direction{i}", Words.Of(t.Direction));
            arguments.Add($"summary{i}", t.Summary);
            arguments.Add($"body{i}", t.Body is { } body ? new Json(body) : (Json?)null);
            arguments.Add($"source{i}", t.Source);
            arguments.Add($"sourceId{i}", t.SourceId);
            arguments.Add($"staff{i}", t.StaffId);
        }
        return await work.ListAsync<Instant>(sql.Append(" on conflict do nothing returning at").ToString(), arguments);
    }

    private Task<int> RollUpAsync(Guid customerId, List<Instant> added) => work.ExecuteAsync(
        $"""
        insert into timeline_rollup (customer_id, touchpoints, first_at, last_at) values (@customerId, @count, @first, @last)
        on conflict (customer_id) do update {AddUp}
        """,
        new { customerId, count = (long)added.Count, first = added.Min(), last = added.Max() });

    /// <summary>The pattern (escape '\') of a lower-cased summary that holds this text somewhere.</summary>
    public static string Containing(string text) =>
        $"%{text.Trim().ToLowerInvariant().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";

    private sealed record Row(Guid CustomerId, Touchpoint Told, Instant RecordedAt);

    private sealed record Count(Guid CustomerId, long Touchpoints, Instant First, Instant Last);
}
