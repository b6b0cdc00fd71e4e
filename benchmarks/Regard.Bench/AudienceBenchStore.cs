using Regard.Contact;
using Regard.Storage;

namespace Regard.Bench;

/// <summary>What the benchmark of audiences asks the engine itself.</summary>
internal static class AudienceBenchStore
{
    public static Task<long> ClassesAsync(UnitOfWork work) => work.ScalarAsync<long>("select count(*) from audience_class");

    /// <summary>These customers move to another country: each of them is in another class then.</summary>
    public static async Task MoveAsync(UnitOfWork work, IReadOnlyCollection<Guid> customers, string country)
    {
        await work.ExecuteAsync($"update customer set country = @country where {work.InIds("customer_id", "@ids")}", new { country, ids = new IdList(customers) });
        await AudienceMemberStore.RefreshAsync(work, customers);
    }

    /// <summary>One sequential scan of the preference table: every row is read, and nothing is done with it. As the engine likes it, with all of its workers.</summary>
    public static Task<long> ScanAsync(UnitOfWork work) => work.ScalarAsync<long>(
        work.Engine == Engine.Postgres
            ? "select count(*) from contact_state /* all customers: the anchor */ where version >= 0"
            : "select count(*) from contact_state not indexed /* all customers: the anchor */ where version >= 0");
}
