namespace Regard.Orders;

/// <summary>
/// One customer's bought lines with what is left of each: finds what a return took back. Holds no more than it was given;
/// lines bought before the records begin are simply absent.
/// </summary>
public sealed class Purchases
{
    /// <summary>An order whose every piece came back within this time of buying was a mistake, not a purchase.</summary>
    public static readonly Duration MistakeWindow = Duration.FromHours(24);

    private readonly List<Bought> _lines = [];

    /// <summary>Adds a line that was bought.</summary>
    /// <param name="orderId">Its order.</param>
    /// <param name="orderNumber">The order's number in its source.</param>
    /// <param name="at">When the order was placed.</param>
    /// <param name="line">The line.</param>
    /// <param name="alreadyBack">Pieces of it that earlier returns took back.</param>
    public void Add(Guid orderId, string orderNumber, Instant at, OrderLine line, long alreadyBack = 0) =>
        _lines.Add(new Bought(orderId, orderNumber, at, line) { Left = Math.Max(0, line.Quantity - alreadyBack) });

    /// <summary>
    /// Says which lines a return took pieces from, and takes them. Of the lines of the same product that were bought no later and have
    /// pieces left come first those of the order that the return names, then those with the same price for a piece, then the most
    /// recent. What finds no line is answered as a part without an order: it was bought before the records begin.
    /// </summary>
    /// <returns>For every line of the return one part or more; their pieces and amounts add up to the line's.</returns>
    public IReadOnlyList<ReturnedPart> TakeBack(ReturnRecord back)
    {
        var parts = new List<ReturnedPart>(back.Lines.Count);
        foreach (var line in back.Lines) TakeBack(back, line, parts);
        return parts;
    }

    /// <summary>
    /// Whether an order was a mistake: every piece of it is back, and the last came within <see cref="MistakeWindow"/> of the order.
    /// </summary>
    /// <param name="orderId">An order all of whose lines were added.</param>
    /// <param name="lastBack">When the last piece came back.</param>
    public bool IsMistake(Guid orderId, Instant lastBack)
    {
        var isKnown = false;
        foreach (var line in _lines)
        {
            if (line.OrderId != orderId) continue;
            if (line.Left > 0 || lastBack - line.At > MistakeWindow) return false;
            isKnown = true;
        }
        return isKnown;
    }

    private void TakeBack(ReturnRecord back, OrderLine line, List<ReturnedPart> parts)
    {
        var (pieces, money) = (line.Quantity, line.AmountMinor);
        var part = 0;
        while (pieces > 0 && Best(back, line) is { } bought)
        {
            var taken = Math.Min(pieces, bought.Left);
            var amount = taken == pieces ? money : (long)Math.Round((decimal)money * taken / pieces, MidpointRounding.ToEven);
            bought.Left -= taken;
            pieces -= taken;
            money -= amount;
            parts.Add(new ReturnedPart(line, part++, taken, amount, bought.OrderId, bought.Line.LineNo, bought.At));
        }
        if (pieces > 0 || part == 0) parts.Add(new ReturnedPart(line, part, pieces, money, null, null, null));
    }

    private Bought? Best(ReturnRecord back, OrderLine line)
    {
        Bought? best = null;
        var bestRank = (false, false, Instant.MinValue);
        foreach (var bought in _lines)
        {
            if (bought.Left == 0 || bought.Line.ProductId != line.ProductId || bought.At > back.At) continue;
            var isNamed = back.OrderNumber is not null && string.Equals(bought.OrderNumber, back.OrderNumber, StringComparison.Ordinal);
            var rank = (isNamed, HasSamePrice(bought.Line, line), bought.At);
            if (best is not null && rank.CompareTo(bestRank) <= 0) continue;
            (best, bestRank) = (bought, rank);
        }
        return best;
    }

    // a/b = c/d without a fraction.
    private static bool HasSamePrice(OrderLine bought, OrderLine back) =>
        (Int128)bought.AmountMinor * back.Quantity == (Int128)back.AmountMinor * bought.Quantity;

    private sealed record Bought(Guid OrderId, string OrderNumber, Instant At, OrderLine Line)
    {
        public long Left { get; set; }
    }
}

/// <summary>Pieces of one line of a return that came from one line of an order.</summary>
/// <param name="Line">The line of the return.</param>
/// <param name="Part">0 for the first part of that line, then 1, 2 …</param>
/// <param name="Quantity">Pieces.</param>
/// <param name="AmountMinor">Money given back for them.</param>
/// <param name="OrderId">The order they were bought in; null = bought before the records begin.</param>
/// <param name="OrderLineNo">The order's line; null as <paramref name="OrderId"/>.</param>
/// <param name="BoughtAt">When the order was placed; null as <paramref name="OrderId"/>.</param>
public sealed record ReturnedPart(OrderLine Line, int Part, long Quantity, long AmountMinor, Guid? OrderId, int? OrderLineNo, Instant? BoughtAt);
