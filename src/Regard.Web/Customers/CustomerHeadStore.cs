using Dapper;
using Regard.Contact;
using Regard.Storage;

namespace Regard.Customers;

/// <summary>
/// Loads what every page about a customer begins with. It shares its round trip with what the page itself shows: <see cref="Sql"/>
/// goes before the page's own statements, and <see cref="ReadAsync"/> reads it from the same answer.
/// </summary>
internal static class CustomerHeadStore
{
    /// <summary>Asks for the customer <c>@id</c>.</summary>
    public const string Sql =
        """
        select c.customer_id, c.kind, c.name, c.address_as, c.language, c.time_zone, c.country, c.created_at, c.version, c.merged_into, c.erased_at,
          coalesce(r.touchpoints, 0) as touchpoints, r.last_at as last_touchpoint_at
        from customer c left join timeline_rollup r on r.customer_id = c.customer_id where c.customer_id = @id;
        select identity_id, kind, value, source, recorded_at, confirmed_at, undeliverable_since, complained_at, text_failed_at from identity where customer_id = @id order by recorded_at, identity_id;
        select fact_id, topic, content, basis, said_by, said_at, recorded_by, recorded_at from customer_fact where customer_id = @id and retracted_at is null order by fact_id desc;
        select s.case_id as id, 'case' as kind, s.subject as title, s.promised_at as due_at, f.name as owner
        from service_case s left join staff f on f.staff_id = s.owner_id where s.customer_id = @id and s.resolved_at is null order by s.promised_at;
        select t.task_id as id, t.kind, t.title, t.due_at, f.name as owner
        from care_task t left join staff f on f.staff_id = t.assigned_to where t.customer_id = @id and t.state = 'open' order by t.due_at;
        select wishes from contact_state where customer_id = @id;

        """;

    /// <summary>Reads the answer to <see cref="Sql"/>; null = there is no such customer. What follows in the answer can be read either way.</summary>
    public static async Task<CustomerHead?> ReadAsync(RowSets rows)
    {
        var head = await rows.ReadFirstOrDefaultAsync<CustomerHead>();
        var identities = (await rows.ReadAsync<Identity>()).AsList();
        var facts = (await rows.ReadAsync<CustomerFact>()).AsList();
        var cases = (await rows.ReadAsync<OpenWork>()).AsList();
        var tasks = (await rows.ReadAsync<OpenWork>()).AsList();
        var wishes = await rows.ReadFirstOrDefaultAsync<Json?>();
        if (head is null) return null;
        cases.AddRange(tasks);
        return head with { Identities = identities, Facts = facts, Open = cases, Wishes = wishes?.Read<Wishes>() ?? Wishes.Unsaid };
    }
}
