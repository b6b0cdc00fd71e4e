using Dapper;
using Regard.Access;
using Regard.Bench.Kit;

namespace Regard.Bench;

/// <summary>A shop of a million customers, drawn by the database itself: the timeline page is measured on it.</summary>
internal static class CustomerPageShop
{
    private const int Parts = 10;

    public static Guid CustomerOf(int number) => Guid.Parse($"01900000-0000-7000-8000-{number:x12}");

    /// <summary>Fills a scratch database; every customer has identities, facts, wishes and an equal share of the touchpoints.</summary>
    public static async Task FillAsync(Scratch scratch, int customers, int touchpoints)
    {
        await using var connection = await scratch.Database.OpenAsync(CancellationToken.None);
        // Only reading is measured: what checks and orders the rows is made once, after they stand.
        await connection.ExecuteAsync("alter table touchpoint drop constraint touchpoint_customer_id_fkey, drop constraint touchpoint_pkey, drop constraint touchpoint_customer_id_source_source_id_key");
        await connection.ExecuteAsync("alter table identity drop constraint identity_customer_id_fkey; alter table timeline_rollup drop constraint timeline_rollup_customer_id_fkey; alter table customer_fact drop constraint customer_fact_customer_id_fkey");
        for (var part = 0; part < Parts; part++)
        {
            var range = new { first = customers / Parts * part, last = customers / Parts * (part + 1) - 1, each = touchpoints / customers };
            foreach (var statement in Statements) await connection.ExecuteAsync(statement, range, commandTimeout: 0);
        }
        await connection.ExecuteAsync("alter table touchpoint add primary key (customer_id, touchpoint_id)", commandTimeout: 0);
        await connection.ExecuteAsync("alter table touchpoint add unique (customer_id, source, source_id)", commandTimeout: 0);
        await scratch.AnalyzeAsync();
    }

    /// <summary>The secret of a session of somebody who may see customers.</summary>
    public static async Task<string> SignInAsync(Scratch scratch)
    {
        var now = SystemClock.Instance.GetCurrentInstant();
        var id = Ids.New(now);
        await using var work = await scratch.Database.WriteAsync(CancellationToken.None);
        await new StaffStore(work).AddAsync(new StaffMember
        {
            StaffId = id,
            Email = "bench@staff.example",
            Name = "Bench",
            Role = Words.Of(Role.Agent),
            TimeZone = "Europe/London",
            CreatedAt = now,
        });
        var secret = await new StaffSessionStore(work).BeginAsync(id, now);
        await work.CommitAsync();
        return secret;
    }

    private const string Id = "('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid";

    private static readonly string[] Statements =
    [
        $"""
        insert into customer (customer_id, kind, name, address_as, language, time_zone, country, source, created_at, updated_at)
        select {Id}, 'person', 'Customer ' || n, 'Mx ' || n, 'de', 'Europe/Vienna', 'AT', 'bench', now(), now() from generate_series(@first, @last) n
        """,
        $"""
        insert into identity (customer_id, identity_id, kind, value, source, recorded_at, recorded_by)
        select {Id}, {Id}, 'email', 'customer' || n || '@example.org', 'bench', now(), 'system:bench' from generate_series(@first, @last) n
        """,
        $"""
        insert into customer_fact (customer_id, fact_id, topic, content, basis, said_by, said_at, recorded_by, recorded_at)
        select {Id}, {Id}, 'delivery', 'Leave parcels with the neighbour', 'told', 'customer', now(), 'system:bench', now() from generate_series(@first, @last) n
        """,
        $"insert into timeline_rollup (customer_id, touchpoints, first_at, last_at) select {Id}, @each, now(), now() from generate_series(@first, @last) n",
        $"""
        insert into touchpoint (customer_id, touchpoint_id, at, department, kind, channel, direction, summary, source, source_id, recorded_at)
        select {Id}, ('0192' || lpad(to_hex(t * 65536), 8, '0') || '7000' || '8000' || lpad(to_hex(n), 12, '0'))::uuid, now() - t * interval '3 days', 'service',
          case t % 3 when 0 then 'call' when 1 then 'mail' else 'visit' end, case t % 3 when 0 then 'phone' when 1 then 'email' end, 'in', 'Asked about delivery number ' || t, 'bench', t::text, now()
        from generate_series(@first, @last) n, generate_series(1, @each) t
        """,
    ];
}
