using Regard.Access;
using Regard.Contact;
using Regard.Customers;
using Regard.Storage;

namespace Regard.Imports;

/// <summary>
/// Records what a file tells about customers' wishes. A file can only tighten: a row that asks for more than the customer permits is
/// rejected, so that whoever sent it knows; the statements that remain only take away, whatever they say.
/// </summary>
internal sealed class WishWriter(UnitOfWork work, Actor by)
{
    /// <summary>Records the chunk's wishes; those that are not recorded are added to <paramref name="rejects"/>.</summary>
    public async Task WriteAsync(ImportChunk chunk, List<Reject> rejects, ImportCounts counts, Instant now)
    {
        var told = new List<(Guid CustomerId, ImportedWish Wish)>();
        foreach (var item in chunk.Items.OfType<ImportedWish>())
        {
            if (item.SaidAt > now) rejects.Add(new Reject(item.Place, "said in the future"));
            else if (await CustomerAsync(item, counts, now) is { } customerId) told.Add((customerId, item));
            else rejects.Add(new Reject(item.Place, "unknown customer"));
        }
        // In the order of customers, so that two imports cannot lock each other out; of one customer in the order of the file.
        foreach (var (customerId, wish) in told.OrderBy(row => row.CustomerId)) await RecordAsync(customerId, wish, rejects, counts, now);
    }

    private async Task RecordAsync(Guid customerId, ImportedWish item, List<Reject> rejects, ImportCounts counts, Instant now)
    {
        var store = new PreferenceStore(work);
        var present = await store.WishesAsync(customerId);
        if (await store.KnowsAsync(customerId, item.Source, item.StatementId) || (item.IsToldWithEveryOrder && present.For(Purpose.Marketing) is not null && Loosening.IsClosed(present, Purpose.Marketing)))
        {
            counts.Unchanged += item.Place.Lines;
            return;
        }
        if (item.Wish.Loosens(present))
        {
            rejects.Add(new Reject(item.Place, "an import cannot loosen a wish"));
            return;
        }
        var recorded = await store.RecordAsync(new PreferenceStatement
        {
            StatementId = Ids.New(now),
            CustomerId = customerId,
            SaidAt = item.SaidAt ?? now,
            Place = StatementPlace.Import,
            Basis = StatementBasis.Imported,
            Words = item.Words,
            Wish = item.Wish,
            RecordedBy = by.Reference,
            RecordedAt = now,
            Source = item.Source,
            SourceId = item.StatementId,
        }, now);
        if (recorded is { IsNew: true }) counts.New += item.Place.Lines;
        else counts.Unchanged += item.Place.Lines;
        counts.Made("statements", recorded is { IsNew: true } ? 1 : 0);
    }

    private async Task<Guid?> CustomerAsync(ImportedWish item, ImportCounts counts, Instant now)
    {
        var store = new CustomerStore(work);
        if (item.MakesCustomers)
        {
            var recorded = await store.RecordAsync(item.Customer, by, now);
            counts.Made("customers", recorded.IsNew ? 1 : 0);
            return recorded.Id;
        }
        foreach (var identity in item.Customer.Identities)
        {
            if (await store.ResolveAsync(identity.Kind, identity.Value, item.Customer.Country) is { } known) return known;
        }
        return null;
    }
}
