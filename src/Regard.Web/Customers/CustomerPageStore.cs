using System.Text;
using Dapper;
using Regard.Storage;
using Regard.Timeline;

namespace Regard.Customers;

/// <summary>Loads the pages about one customer, each in one round trip.</summary>
internal sealed class CustomerPageStore(UnitOfWork work)
{
    /// <summary>The first page: the head and a part of the timeline. Null = there is no such customer.</summary>
    public async Task<(CustomerHead Head, TimelineView Timeline)?> TimelineAsync(Guid id, TimelineFilter filter, Guid? before)
    {
        using var rows = await work.ManyAsync(CustomerHeadStore.Sql + TimelineSql(filter, before), TimelineArguments(id, filter, before));
        var head = await CustomerHeadStore.ReadAsync(rows);
        return head is null ? null : (head, ViewOf(filter, before, (await rows.ReadAsync<TimelineRow>()).AsList()));
    }

    /// <summary>The head alone, for a page whose own contents come from other stores.</summary>
    public async Task<CustomerHead?> HeadAsync(Guid id)
    {
        using var rows = await work.ManyAsync(CustomerHeadStore.Sql, new { id });
        return await CustomerHeadStore.ReadAsync(rows);
    }

    /// <summary>The record: all facts, who belongs together, who may be the same. Null = there is no such customer.</summary>
    public async Task<(CustomerHead Head, CustomerRecord Record)?> RecordAsync(Guid id)
    {
        CustomerHead? head;
        CustomerRecord record;
        using (var rows = await work.ManyAsync(
            $"""
            {CustomerHeadStore.Sql}
            select fact_id, topic, content, basis, said_by, said_at, recorded_by, recorded_at, retracted_at from customer_fact where customer_id = @id and retracted_at is not null order by fact_id desc limit 50;
            select m.merge_id, m.absorbed_id, m.reason, m.merged_at, m.undone_at from customer_merge m where m.customer_id = @id order by m.merge_id desc;
            select customer_id as account_id, person_id, role, is_primary from account_member where customer_id = @id or person_id = @id order by is_primary desc, recorded_at;
            """,
            new { id }))
        {
            head = await CustomerHeadStore.ReadAsync(rows);
            record = new CustomerRecord
            {
                Retracted = (await rows.ReadAsync<CustomerFact>()).AsList(),
                Merges = (await rows.ReadAsync<MergeView>()).AsList(),
                Members = (await rows.ReadAsync<AccountMember>()).AsList(),
            };
        }
        if (head is null || head.MergedInto is not null) return head is null ? null : (head, record);
        var others = record.Members.Select(member => member.AccountId == id ? member.PersonId : member.AccountId).Concat(record.Merges.Select(merge => merge.AbsorbedId));
        record = record with { Addresses = await new PostalStore(work).CurrentAsync(id) };
        return (head, record with { Names = await NamesAsync(others), Doubles = await DoublesAsync(head) });
    }

    /// <summary>Who shares an address, a number or the whole name with a customer: perhaps they are the same. At most ten.</summary>
    private async Task<IReadOnlyList<PossibleDouble>> DoublesAsync(CustomerHead head)
    {
        var sharing = await work.ListAsync<PossibleDouble>(
            $"select customer_id, value as shared from identity where {work.InWords("value", "@values")} and customer_id <> @CustomerId order by value, customer_id limit 20",
            new { values = new WordList(head.Identities.Select(identity => identity.Value)), head.CustomerId });
        var sharers = new IdList(sharing.Select(one => one.CustomerId));
        var living = await work.ListAsync<PossibleDouble>(
            $"select customer_id, name from customer where ({work.InIds("customer_id", "@sharers")} or name = @Name) and customer_id <> @CustomerId and kind = @kind and merged_into is null order by customer_id limit 10",
            new { sharers, head.Name, head.CustomerId, kind = Words.Of(head.Kind) });
        return [.. living.Select(one => one with { Shared = sharing.FirstOrDefault(other => other.CustomerId == one.CustomerId)?.Shared })];
    }

    private async Task<IReadOnlyDictionary<Guid, string>> NamesAsync(IEnumerable<Guid> ids)
    {
        var wanted = ids.Distinct().ToList();
        if (wanted.Count == 0) return new Dictionary<Guid, string>();
        return (await work.ListAsync<PossibleDouble>($"select customer_id, name from customer where {work.InIds("customer_id", "@ids")}", new { ids = new IdList(wanted) }))
            .ToDictionary(one => one.CustomerId, one => one.Name);
    }

    private static string TimelineSql(TimelineFilter filter, Guid? before)
    {
        if (before is null && filter is { Department: null, Kind: null } && string.IsNullOrWhiteSpace(filter.Text)) return Unfiltered;
        var sql = new StringBuilder(Rows);
        if (before is not null) sql.Append(" and t.touchpoint_id < @before");
        if (filter.Department is not null) sql.Append(" and t.department = @department");
        if (filter.Kind is not null) sql.Append(" and t.kind = @kind");
        if (!string.IsNullOrWhiteSpace(filter.Text)) sql.Append(" and lower(t.summary) like @text escape '\\'");
        return sql.Append(Order).ToString();
    }

    private const string Rows =
        """
        select t.touchpoint_id, t.at, t.department, t.kind, t.channel, t.direction, t.summary, t.body, f.name as staff_name
        from touchpoint t left join staff f on f.staff_id = t.staff_id where t.customer_id = @id
        """;

    private const string Order = " order by t.touchpoint_id desc limit @take";
    private const string Unfiltered = Rows + Order;

    private static object TimelineArguments(Guid id, TimelineFilter filter, Guid? before) => new
    {
        id,
        before,
        department = filter.Department is { } department ? Words.Of(department) : null,
        kind = filter.Kind,
        text = string.IsNullOrWhiteSpace(filter.Text) ? null : TimelineStore.Containing(filter.Text),
        take = TimelineView.Size + 1,
    };

    private static TimelineView ViewOf(TimelineFilter filter, Guid? before, List<TimelineRow> rows)
    {
        var hasMore = rows.Count > TimelineView.Size;
        if (hasMore) rows.RemoveAt(rows.Count - 1);
        return new TimelineView { Filter = filter, Before = before, Rows = rows, HasMore = hasMore };
    }
}
