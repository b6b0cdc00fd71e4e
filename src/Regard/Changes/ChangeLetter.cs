using Regard.Customers;

namespace Regard.Changes;

/// <summary>
/// What a letter about a change says to one customer: what, from when, why, and what it means for them by their own purchases. It sells
/// nothing. The words around it are a wording's, in the customer's language.
/// </summary>
public static class ChangeLetter
{
    /// <summary>The fields of the letter.</summary>
    /// <param name="change">The change.</param>
    /// <param name="impact">What it means for this customer.</param>
    /// <param name="addressAs">How the customer likes to be addressed; null = not known.</param>
    /// <param name="isPersonal">Whether a member of staff stands behind it and awaits an answer.</param>
    /// <param name="language">Two letters: how the day is written.</param>
    public static IReadOnlyDictionary<string, object?> Fields(Change change, Impact impact, string? addressAs, bool isPersonal, string language)
    {
        var bought = impact.Components.Products.ToDictionary(p => p.ProductId);
        return new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["title"] = change.Title,
            ["address_as"] = CustomerProfile.Salutation(addressAs),
            ["day"] = DayText.InLetter(change.EffectiveOn, HouseLanguages.Read(language) ?? HouseLanguage.English),
            ["reason"] = change.Reason,
            ["is_price"] = change.Kind == ChangeKind.Price,
            ["is_personal"] = isPersonal,
            ["is_scaled"] = impact.Components.IsScaled,
            ["is_dearer"] = impact.ExtraCostMinor > 0,
            ["extra_cost"] = change.Kind == ChangeKind.Discontinued || impact.ExtraCostMinor == 0 ? null : new Money(Math.Abs(impact.ExtraCostMinor), impact.Currency).ToString(),
            ["products"] = change.Products.Where(p => bought.ContainsKey(p.ProductId)).Select(p => Row(change, p, bought[p.ProductId])).ToList(),
        };
    }

    private static Dictionary<string, object?> Row(Change change, ProductChange product, ProductImpact bought)
    {
        var row = new Dictionary<string, object?>(StringComparer.Ordinal) { ["name"] = product.Name };
        if (product is { OldPriceMinor: { } before, NewPriceMinor: { } after }) (row["old_price"], row["new_price"]) = (new Money(before, change.Currency).ToString(), new Money(after, change.Currency).ToString());
        else if (bought.Replacement != Replacement.None && product.ReplacementName is { } replacement) row["replacement"] = replacement;
        return row;
    }
}
