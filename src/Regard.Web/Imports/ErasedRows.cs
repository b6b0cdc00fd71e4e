using Regard.Customers;
using Regard.Storage;

namespace Regard.Imports;

/// <summary>Whoever asked to be forgotten is not brought back by a file: what it tells about them is counted, and not kept anywhere.</summary>
internal static class ErasedRows
{
    private const string Reason = "asked to be forgotten";

    /// <summary>Takes such items out of a chunk, and adds them to its rejects without their text.</summary>
    public static async Task LeaveOutAsync(UnitOfWork work, ImportChunk chunk)
    {
        var erased = await new ErasedAddressStore(work).FindAsync(chunk.Items.SelectMany(Identities));
        if (erased.Count == 0) return;
        foreach (var item in chunk.Items.Where(item => Identities(item).Any(erased.Contains))) chunk.Rejects.Add(new Reject(item.Place with { Text = "" }, Reason));
        chunk.Items.RemoveAll(item => Identities(item).Any(erased.Contains));
    }

    private static IEnumerable<IdentityDraft> Identities(ImportItem item)
    {
        var customer = item switch { ImportedCustomer told => told.Customer, ImportedSale sale => sale.Customer, ImportedWish wish => wish.Customer, _ => null };
        if (customer is null) yield break;
        foreach (var identity in customer.Identities)
            if (IdentityForm.Normal(identity.Kind, identity.Value, customer.Country) is { } normal) yield return identity with { Value = normal };
    }
}
