using System.Numerics;

namespace Regard.Insight;

/// <summary>
/// ln Q of MBG/CNBD-k and its derivatives, Q = Σ_{j&lt;k} (m)_j/j! · u^j with u = (T − t_x)/(α + T): the chance that the next purchase is
/// not due yet, k ticks making a purchase (Platzer and Reutterer 2016, appendix).
/// </summary>
internal readonly struct Rhythm
{
    private readonly double[] _rising;
    private readonly double[] _risingByM;

    public Rhythm(double m, int ticks)
    {
        (_rising, _risingByM) = (new double[ticks], new double[ticks]);
        double rising = 1, byM = 0;
        for (var j = 0; j < ticks; j++)
        {
            (_rising[j], _risingByM[j]) = (rising, rising * byM);
            rising *= (m + j) / (j + 1);
            byM += 1 / (m + j);
        }
    }

    /// <summary>ln Q, ∂ ln Q/∂m and ∂ ln Q/∂α.</summary>
    public (Vector<double> Log, Vector<double> ByM, Vector<double> ByAlpha) At(Vector<double> u, Vector<double> atAge)
    {
        Vector<double> q = default, byM = default, byU = default;
        for (var j = _rising.Length - 1; j >= 0; j--)
        {
            byU = (byU * u) + q;
            q = (q * u) + new Vector<double>(_rising[j]);
            byM = (byM * u) + new Vector<double>(_risingByM[j]);
        }
        return (Vector.Log(q), byM / q, -byU * u / (q * atAge));
    }
}
