namespace Regard.Insight;

/// <summary>Gauss–Legendre quadrature with twelve points on [0, 1] (DLMF 3.5(v)): exact for polynomials up to degree 23.</summary>
internal static class GaussLegendre
{
    private static readonly double[] Half =
        [0.1252334085114689154724414, 0.3678314989981801937526915, 0.5873179542866174472967024, 0.7699026741943046870368938, 0.9041172563704748566784659, 0.9815606342467192506905491];

    private static readonly double[] HalfWeights =
        [0.2491470458134027850005624, 0.2334925365383548087608499, 0.2031674267230659217490645, 0.1600783285433462263346525, 0.1069393259953184309602547, 0.0471753363865118271946160];

    public static readonly double[] Nodes = [.. Half.Reverse().Select(x => (1 - x) / 2), .. Half.Select(x => (1 + x) / 2)];

    public static readonly double[] Weights = [.. HalfWeights.Reverse().Select(w => w / 2), .. HalfWeights.Select(w => w / 2)];
}
