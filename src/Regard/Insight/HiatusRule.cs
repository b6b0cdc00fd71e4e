namespace Regard.Insight;

/// <summary>
/// The plain rule that shops use without a model: who has not bought for longer than this has gone, who has will buy as before. Wübben and
/// von Wangenheim, "Instant customer base analysis: managerial heuristics often get it right", Journal of Marketing 72 (2008). It is
/// always computed beside the models, and used where it foretells the shop's own past better.
/// </summary>
/// <param name="Silence">Longest silence of somebody who still buys, in units of time.</param>
public sealed record HiatusRule(double Silence)
{
    /// <summary>Whether the customer still buys, by the rule.</summary>
    public bool IsActive(BuyingSummary customer) => customer.Age - customer.Recency <= Silence;

    /// <summary>Purchases in the coming time: as often as so far, or none. The first purchase counts, or a newcomer would never buy again.</summary>
    public double ExpectedPurchases(BuyingSummary customer, double horizon) =>
        IsActive(customer) ? (customer.Repeats + 1) * horizon / Math.Max(customer.Age + Silence, 1e-9) : 0;

    /// <summary>
    /// The silence that tells best who bought and who did not in a time that is known: the fewest errors, the shortest of equals. Without
    /// customers, or when nobody bought, 0.
    /// </summary>
    /// <param name="customers">Each with the past, and whether they bought in the time after it.</param>
    public static HiatusRule Learn(IReadOnlyList<KnownCustomer> customers)
    {
        var silences = customers.Select(c => c.Past.Age - c.Past.Recency).ToArray();
        var bought = customers.Select(c => c.Later > 0).ToArray();
        Array.Sort(silences, bought);
        int errors = bought.Count(b => b), fewest = errors;
        var best = 0.0;
        for (var i = 0; i < silences.Length; i++)
        {
            errors += bought[i] ? -1 : 1;
            if (errors >= fewest || (i + 1 < silences.Length && silences[i + 1] == silences[i])) continue;
            (fewest, best) = (errors, silences[i]);
        }
        return new HiatusRule(best);
    }
}

/// <summary>A customer's past up to a moment, and how often they bought in the known time after it.</summary>
public readonly record struct KnownCustomer(BuyingSummary Past, int Later);
