using System.Numerics;

namespace Regard.Insight;

/// <summary>Logarithms of odds, in vectors.</summary>
internal static class Odds
{
    /// <summary>ln(1 + e^odds), and the chance that belongs to the odds; −∞ and large odds are no trouble.</summary>
    public static (Vector<double> Soft, Vector<double> Chance) Soften(Vector<double> odds)
    {
        var one = Vector<double>.One;
        var small = Vector.Exp(-Vector.Abs(odds));
        var share = one / (one + small);
        var isLikely = Vector.GreaterThan(odds, Vector<double>.Zero);
        return (Vector.Max(odds, Vector<double>.Zero) + Vector.Log(one + small), Vector.ConditionalSelect(isLikely, share, small * share));
    }
}
