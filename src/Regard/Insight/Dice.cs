namespace Regard.Insight;

/// <summary>
/// Seeded random numbers, the same everywhere for ever: xoshiro256++ (Blackman and Vigna 2021), seeded by splitmix64. For shuffling and
/// drawing in statistics; never for secrets.
/// </summary>
internal struct Dice
{
    private ulong _a, _b, _c, _d;

    public Dice(ulong seed) => (_a, _b, _c, _d) = (Split(ref seed), Split(ref seed), Split(ref seed), Split(ref seed));

    public ulong Next()
    {
        var result = ulong.RotateLeft(_a + _d, 23) + _a;
        var t = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= t;
        _d = ulong.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>A whole number from 0 to below a limit, evenly but for one part in 2³² (Lemire 2019, without the rejection).</summary>
    public int Below(int limit) => (int)(((Next() >> 32) * (uint)limit) >> 32);

    private static ulong Split(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
