using Regard.Storage;

namespace Regard.Contact;

/// <summary>
/// Which of the channels that need a provider the house has. It stands in the database: whoever asks the gate, on whichever node, gets
/// the same answer.
/// </summary>
internal sealed class OfferedStore(UnitOfWork work)
{
    /// <summary>The setting that holds them, as words with a space between.</summary>
    public const string Name = "message_channels";

    /// <summary>The channels that a house without a provider does not have.</summary>
    public static IReadOnlyList<Channel> NeedProvider { get; } = [Channel.Sms, Channel.Voice];

    /// <summary>The channels of a setting's text; null = none.</summary>
    public static IReadOnlyList<Channel>? Read(string? setting) =>
        string.IsNullOrEmpty(setting) ? null : [.. setting.Split(' ').Select(word => Words.Read<Channel>(word)).OfType<Channel>()];

    public async Task<IReadOnlyList<Channel>> ReadAsync() => Read((await work.FirstAsync<Json?>("select value from setting where name = @Name", new { Name }))?.Read<string>()) ?? [];

    /// <summary>Writes them when they are others than before. Answers whether they were.</summary>
    public async Task<bool> WriteAsync(IReadOnlyList<Channel> channels, string by, Instant now)
    {
        if ((await ReadAsync()).SequenceEqual(channels)) return false;
        await work.ExecuteAsync(
            """
            insert into setting (name, value, changed_at, changed_by) values (@Name, @value, @now, @by)
            on conflict (name) do update set value = excluded.value, changed_at = excluded.changed_at, changed_by = excluded.changed_by
            """,
            new { Name, value = Json.Of(string.Join(' ', channels.Select(Words.Of))), now, by });
        return true;
    }
}
