using Regard.Storage;

namespace Regard.Contact;

/// <summary>The audience's part of <c>regard check</c>: is every customer in the class that follows from their rows, is everybody counted once, and is every contact marked that may matter?</summary>
internal static class AudienceCheckStore
{
    private const int Part = 2000;

    public static async Task<IReadOnlyList<string>> FindAsync(UnitOfWork work)
    {
        var found = new List<string>();
        for (Guid? after = Guid.Empty; after is not null;)
        {
            // Of everybody who has a row, or should have.
            var ids = await work.ListAsync<Guid>("select customer_id from customer /* all customers: each is in a class */ where customer_id > @after order by customer_id limit @Part", new { after, Part });
            var kept = (await work.ListAsync<AudienceMemberStore.Member>(
                $"select customer_id, class_key from audience_member where {work.InIds("customer_id", "@ids")}", new { ids = new IdList(ids) })).ToDictionary(row => row.CustomerId);
            var due = (await AudienceMemberStore.FindAsync(work, ids)).ToDictionary(row => row.Member.CustomerId, row => row.Member);
            found.AddRange(ids.Select(id => Fault(id, kept.GetValueOrDefault(id), due.GetValueOrDefault(id))).OfType<string>());
            found.AddRange(await AudienceHistoryStore.FindAsync(work, [.. due.Keys]));
            after = ids.Count < Part ? null : ids[^1];
        }
        foreach (var sum in await work.ListAsync<SumRow>(
            """
            select class_key, cast(sum(counted) as bigint) as counted, cast(sum(kept) as bigint) as kept from (
              select class_key, count(*) as counted, 0 as kept from audience_member /* all customers: everybody is counted once */ group by class_key
              union all select class_key, 0, customers from audience_count
              union all select class_key, 0, customers from audience_move) all_of_them
            group by class_key
            """))
        {
            if (sum.Counted != sum.Kept) found.Add($"audience_count of {sum.ClassKey}: {sum.Kept} customers kept, {sum.Counted} counted");
        }
        return found;
    }

    private static string? Fault(Guid id, AudienceMemberStore.Member? kept, AudienceMemberStore.Member? due) => (kept, due) switch
    {
        (null, null) => null,
        (null, _) => $"audience_member of {id}: none is kept",
        (_, null) => $"audience_member of {id}: is kept for a profile that does not live any more",
        _ => kept == due ? null : $"audience_member of {id}: class {kept.ClassKey} is kept, {due.ClassKey} follows",
    };

    private sealed record SumRow
    {
        public Guid ClassKey { get; init; }
        public long Counted { get; init; }
        public long Kept { get; init; }
    }
}
