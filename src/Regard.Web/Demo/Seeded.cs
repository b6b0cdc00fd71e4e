namespace Regard.Demo;

/// <summary>
/// A stream of numbers that depends on its seed alone, on every machine and version of .NET: SplitMix64 (Steele, Lea, Flood 2014).
/// For the demo shop only; never for secrets.
/// </summary>
internal sealed class Seeded(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A stream of its own for a part, so that one part can change without moving the others.</summary>
    public Seeded For(string part) => new(part.Aggregate(_state ^ 0xcbf29ce484222325UL, (hash, c) => (hash ^ c) * 0x100000001b3UL));

    public ulong Next()
    {
        var z = _state += 0x9e3779b97f4a7c15UL;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9UL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebUL;
        return z ^ (z >> 31);
    }

    /// <summary>Even in [0, 1).</summary>
    public double Share() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Even in [low, high], both included.</summary>
    public int Between(int low, int high) => low + (int)(Next() % (ulong)(high - low + 1));

    public bool Chance(double chance) => Share() < chance;

    public T Pick<T>(IReadOnlyList<T> from) => from[(int)(Next() % (ulong)from.Count)];

    /// <summary>A wait with this mean whose chance of ending does not depend on how long it has lasted.</summary>
    public double Exponential(double mean) => -mean * Math.Log(1 - Share());

    /// <summary>Normal with mean 0 and deviation 1 (Box and Muller 1958).</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Share())) * Math.Cos(2 * Math.PI * Share());
}
