namespace Regard.Changes;

/// <summary>Whether there is something to buy in place of what a customer loses.</summary>
public enum Replacement
{
    /// <summary>The product stays; only its price changes.</summary>
    NotNeeded,

    /// <summary>There is a replacement, and the customer has bought it before.</summary>
    AlreadyBought,

    /// <summary>There is a replacement that the customer does not know yet.</summary>
    Offered,

    /// <summary>There is none.</summary>
    None,
}

/// <summary>
/// How likely a customer is to buy less or leave because of a change, while there are no past changes to learn it from. It is a
/// stated opinion, not a measurement: a logistic function with these published weights.
/// <code>
/// chance = 1 / (1 + e^-z)
/// z = -4.0 + 2.0 · share of spend + 8.0 · relative rise + 0.8 · regularity + 0.6 · open problems (at most 3) + replacement + silence
/// replacement: not needed 0, already bought 0.4, offered 1.2, none 2.4
/// silence: unusual for this customer 0.8, else 0
/// </code>
/// A rise of 8 % on a quarter of the spend of who buys every month so gives 11 %; a discontinued product that takes half of it and has no
/// replacement 55 %. The weights rise with every component: more affected is never less at risk. Chances from past changes take its place (C3)
/// under another <see cref="Version"/>.
/// </summary>
public static class StatedPrior
{
    /// <summary>Names these weights in every record made with them.</summary>
    public const string Version = "stated-prior-2";

    /// <summary>The chance, above 0 and below 1.</summary>
    /// <param name="shareOfSpend">0 to 1.</param>
    /// <param name="relativeRise">Extra cost by affected spend, 0 (none) to 1 (doubled or more); taken within these bounds.</param>
    /// <param name="regularity">0 to 1.</param>
    /// <param name="openProblems">0 or more; above 3 counts as 3.</param>
    /// <param name="replacement">Whether there is something else to buy.</param>
    public static double Chance(double shareOfSpend, double relativeRise, double regularity, int openProblems, Replacement replacement)
    {
        var z = -4.0 + (2.0 * Math.Clamp(shareOfSpend, 0, 1)) + (8.0 * Math.Clamp(relativeRise, 0, 1)) + (0.8 * Math.Clamp(regularity, 0, 1))
            + (0.6 * Math.Clamp(openProblems, 0, 3)) + Weight(replacement);
        return 1 / (1 + Math.Exp(-z));
    }

    /// <summary>The chance of somebody whose silence is unusual for them already: the odds times e^0.8.</summary>
    /// <param name="chance">What the other parts say, above 0 and below 1.</param>
    public static double WhenSilent(double chance)
    {
        var odds = Math.Exp(0.8) * chance / (1 - chance);
        return odds / (1 + odds);
    }

    private static double Weight(Replacement replacement) => replacement switch
    {
        Replacement.NotNeeded => 0,
        Replacement.AlreadyBought => 0.4,
        Replacement.Offered => 1.2,
        Replacement.None => 2.4,
        _ => throw new ArgumentOutOfRangeException(nameof(replacement)),
    };
}
