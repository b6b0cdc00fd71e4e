using Regard.Storage;

namespace Regard.Kit;

/// <summary>Both engines, as a theory's data: <c>[MemberData(nameof(Engines.All), MemberType = typeof(Engines))]</c>.</summary>
public static class Engines
{
    public static TheoryData<string> All => ["sqlite", "postgres"];

    /// <summary>The connection string of a PostgreSQL server on which tests may make databases; null when there is none.</summary>
    internal static string? Server => Environment.GetEnvironmentVariable("REGARD_TEST_POSTGRES");

    internal static Engine Of(string name) => Words.Must<Engine>(name);
}
