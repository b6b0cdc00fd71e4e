using Regard.Storage;

namespace Regard.Contact;

/// <summary>Which contact policy the house chose. Decisions read it with their facts, each time.</summary>
internal sealed class PolicyStore(UnitOfWork work)
{
    public async Task<ContactPolicy> ReadAsync() =>
        await work.FirstAsync<Json?>("select value from setting where name = 'contact_policy'") is { } value && ContactPolicy.Of(value.Read<string>()) is { } policy ? policy : ContactPolicy.Strict;

    public Task WriteAsync(ContactPolicy policy, string by, Instant now) => work.ExecuteAsync(
        """
        insert into setting (name, value, changed_at, changed_by) values ('contact_policy', @value, @now, @by)
        on conflict (name) do update set value = excluded.value, changed_at = excluded.changed_at, changed_by = excluded.changed_by
        """,
        new { value = Json.Of(policy.Version), now, by });
}
