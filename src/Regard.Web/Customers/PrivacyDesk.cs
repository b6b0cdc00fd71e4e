using System.Text.Json.Nodes;
using Regard.Access;
using Regard.Imports;
using Regard.Storage;

namespace Regard.Customers;

/// <summary>A customer's right to have what is kept about them, and to have it erased: asked for by themselves, or by staff on their behalf.</summary>
internal sealed class PrivacyDesk(UnitOfWork work)
{
    private const string Explanation =
        "Everything that is kept about you, table by table as it lies in the records. Instants are UTC; amounts are in the smallest unit of their currency; ids tell which rows belong together.";

    /// <summary>All that is kept about a customer, as a document for people; null = there is no such customer. Staff's asking stands in the audit trail.</summary>
    public async Task<JsonObject?> ExportAsync(Guid customerId, Actor by, Instant now)
    {
        if (await new DataExportStore(work).OfAsync(customerId) is not { } tables) return null;
        if (by.Kind != ActorKind.Customer) await new AuditStore(work).AppendAsync(by, "customer_data_exported", $"customer:{customerId}", Json.Of(new { }), now);
        return new JsonObject { ["explanation"] = Explanation, ["made_at"] = now.ToString(), ["kept"] = tables };
    }

    /// <summary>
    /// Erases a customer, and those who live on in the profile. Lines that imports rejected are forgotten first: should the transaction
    /// not come about, nothing is lost with them. False = there is no such customer, or they were erased before.
    /// </summary>
    public async Task<bool> EraseAsync(Guid customerId, Actor by, Instant now)
    {
        if (await new CustomerStore(work).CurrentAsync(customerId) is not { } current || await new ProfileStore(work).BareAsync(current) is not { ErasedAt: null } profile) return false;
        var words = new List<string> { profile.Name };
        foreach (var id in await new MergeStore(work).FamilyAsync(current))
            words.AddRange((await new IdentityStore(work).AllAsync(id)).Select(identity => identity.Value[(identity.Value.IndexOf(':', StringComparison.Ordinal) + 1)..]));
        foreach (var path in await new ImportRunStore(work).RejectsAsync()) RejectsFile.Forget(path, words);
        await new EraseStore(work).EraseAsync(current, now);
        await new AuditStore(work).AppendAsync(by, "customer_erased", $"customer:{current}", Json.Of(new { }), now);
        return true;
    }
}
