using System.Globalization;
using System.Text;

namespace Regard.Changes;

/// <summary>
/// The words in which a customer is told of a change: what, from when, why, and what it means for them by their own purchases. Plain
/// text; it sells nothing, and says how to reach a person.
/// </summary>
/// <param name="Subject">One line.</param>
/// <param name="Text">The whole text, lines ended by a line feed.</param>
public sealed record ChangeLetter(string Subject, string Text)
{
    /// <summary>Writes the letter.</summary>
    /// <param name="change">The change.</param>
    /// <param name="impact">What it means for this customer.</param>
    /// <param name="addressAs">How the customer likes to be addressed; null = not known.</param>
    /// <param name="isPersonal">Whether a member of staff stands behind it and awaits an answer.</param>
    public static ChangeLetter Write(Change change, Impact impact, string? addressAs, bool isPersonal)
    {
        var text = new StringBuilder();
        text.Append(addressAs is null ? "Good day," : $"Dear {addressAs},").Append("\n\n");
        var day = change.EffectiveOn.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
        var bought = impact.Components.Products.ToDictionary(p => p.ProductId);
        text.Append(change.Kind == ChangeKind.Price ? $"from {day} these prices change:\n\n" : $"from {day} we no longer have:\n\n");
        foreach (var product in change.Products.Where(p => bought.ContainsKey(p.ProductId))) text.Append(Line(change, product, bought[product.ProductId])).Append('\n');
        text.Append("\nWhy: ").Append(change.Reason).Append("\n\n").Append(Meaning(change, impact));
        text.Append(isPersonal
            ? "\nWe wanted you to know before it happens. If this is a difficulty for you, simply answer this mail: a person reads it and will look for a way with you.\n"
            : "\nIf you have a question, simply answer this mail: a person reads it.\n");
        return new(change.Title, text.ToString());
    }

    private static string Line(Change change, ProductChange product, ProductImpact bought)
    {
        if (product is { OldPriceMinor: { } before, NewPriceMinor: { } after })
            return $"  {product.Name}: {new Money(before, change.Currency)} becomes {new Money(after, change.Currency)}";
        return bought.Replacement == Replacement.None || product.ReplacementName is null
            ? $"  {product.Name}"
            : $"  {product.Name} (in its place: {product.ReplacementName})";
    }

    private static string Meaning(Change change, Impact impact)
    {
        if (change.Kind == ChangeKind.Discontinued) return "You have bought this from us lately, which is why we tell you.\n";
        var basis = impact.Components.IsScaled ? "Going by what you have bought so far" : "Going by your purchases of the last twelve months";
        var extra = new Money(Math.Abs(impact.ExtraCostMinor), impact.Currency);
        return impact.ExtraCostMinor switch
        {
            > 0 => $"{basis}, this would cost you about {extra} more in a year.\n",
            < 0 => $"{basis}, this would save you about {extra} in a year.\n",
            _ => "",
        };
    }
}
