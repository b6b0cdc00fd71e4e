using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Regard.Storage;

namespace Regard.Access;

/// <summary>
/// The keys that protect cookies, antiforgery tokens and second-factor secrets, kept in the database so that every node has the same ones
/// and a restart signs nobody out. The framework asks for them synchronously, at start and when a key is renewed.
/// </summary>
internal sealed class DataProtectionKeyStore(Database database, IClock clock) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => Task.Run(ReadAsync).GetAwaiter().GetResult();

    public void StoreElement(XElement element, string friendlyName) => Task.Run(() => AddAsync(element, friendlyName)).GetAwaiter().GetResult();

    private async Task<IReadOnlyCollection<XElement>> ReadAsync()
    {
        await using var work = await database.ReadAsync(CancellationToken.None);
        return [.. (await work.ListAsync<string>("select xml from data_protection_key order by name")).Select(XElement.Parse)];
    }

    private async Task AddAsync(XElement element, string friendlyName)
    {
        var name = string.IsNullOrEmpty(friendlyName) ? Ids.New(clock.GetCurrentInstant()).ToString() : friendlyName;
        await using var work = await database.WriteAsync(CancellationToken.None);
        await work.ExecuteAsync(
            "insert into data_protection_key (name, xml) values (@name, @Xml) on conflict (name) do nothing",
            new { name, Xml = element.ToString(SaveOptions.DisableFormatting) });
        await work.CommitAsync();
    }
}
