using Regard.Orders;
using Regard.Storage;

namespace Regard.Imports;

/// <summary>A line of which nobody knows to whom it was sold, with the product it is of.</summary>
internal sealed record UnattributedLine(ImportedNobody Item, Guid ProductId, Instant Now);

/// <summary>Keeps lines of which nobody knows to whom they were sold: they count for products and make no profile.</summary>
internal sealed class UnattributedLineStore(UnitOfWork work)
{
    private static readonly Bulk<UnattributedLine> Lines = new(
        "unattributed_line", "source_id, source, source_line",
        Column<UnattributedLine>.Text("source_id", row => row.Item.Number),
        Column<UnattributedLine>.Text("source", row => row.Item.Source),
        Column<UnattributedLine>.Small("source_line", row => row.Item.Sold.LineNo),
        Column<UnattributedLine>.At("at", row => row.Item.At),
        Column<UnattributedLine>.Id("product_id", row => row.ProductId),
        Column<UnattributedLine>.Whole("quantity", row => row.Item.Sold.Quantity),
        Column<UnattributedLine>.Whole("amount_minor", row => row.Item.Sold.AmountMinor),
        Column<UnattributedLine>.Text("currency", row => row.Item.Currency),
        Column<UnattributedLine>.At("recorded_at", row => row.Now));

    /// <summary>Keeps the lines that are not there yet (same source, number and line = the same line). Answers how many were new.</summary>
    public async Task<int> RecordAsync(IReadOnlyCollection<UnattributedLine> told)
    {
        var isNew = await KeepAsync(told);
        if (isNew == 0) return 0;
        var news = new SaleNewsStore(work);
        foreach (var line in told) news.Tell(line.Item.At);
        await news.WriteAsync(told.First().Now);
        return isNew;
    }

    private async Task<int> KeepAsync(IReadOnlyCollection<UnattributedLine> told)
    {
        var lines = told.DistinctBy(line => (line.Item.Number, line.Item.Source, line.Item.Sold.LineNo)).ToList();
        if (!work.MayCollide) return (await Lines.InsertNewAsync(work, lines)).Count(isNew => isNew);
        // A number has many lines: where it is new altogether, they need not be looked for one by one.
        var numbers = (await work.ListAsync<string>(
            $"select distinct source_id from unattributed_line where {work.InWords("source_id", "@numbers")}",
            new { numbers = new WordList(lines.Select(line => line.Item.Number).Distinct(StringComparer.Ordinal)) })).ToHashSet(StringComparer.Ordinal);
        var byNumber = lines.ToLookup(line => numbers.Contains(line.Item.Number));
        await Lines.AppendAsync(work, [.. byNumber[false]]);
        return byNumber[false].Count() + (await Lines.InsertNewAsync(work, [.. byNumber[true]])).Count(isNew => isNew);
    }
}
