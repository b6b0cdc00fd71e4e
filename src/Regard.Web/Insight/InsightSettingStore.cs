using Regard.Storage;

namespace Regard.Insight;

/// <summary>What the business says about its own.</summary>
internal sealed class InsightSettingStore(UnitOfWork work)
{
    public async Task<InsightSettings> ReadAsync() =>
        await work.FirstAsync<Json?>("select value from setting where name = 'insight'") is { Text: not null } value ? value.Read<InsightSettings>() : InsightSettings.Usual;

    public Task WriteAsync(InsightSettings settings, string by, Instant now) => work.ExecuteAsync(
        """
        insert into setting (name, value, changed_at, changed_by) values ('insight', @value, @now, @by)
        on conflict (name) do update set value = excluded.value, changed_at = excluded.changed_at, changed_by = excluded.changed_by
        """,
        new { value = Json.Of(settings), now, by });
}
