using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Regard.Storage;

/// <summary>One step of the schema: a file <c>YYYY-MM-DD_NN_words</c> embedded in the program, with a variant for each engine.</summary>
/// <param name="Version">The file's name without engine and ending: the key under which it is recorded.</param>
/// <param name="Sql">The statements, in their order.</param>
/// <param name="CitusSql">What Citus needs after <paramref name="Sql"/>; null for SQLite.</param>
internal sealed record SchemaFile(string Version, string Sql, string? CitusSql)
{
    /// <summary>SHA-256 of the statements: a file that was changed after it was applied is noticed.</summary>
    public string Checksum => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n") + CitusSql?.ReplaceLineEndings("\n"))));

    /// <summary>All steps for an engine, oldest first.</summary>
    public static IReadOnlyList<SchemaFile> All(Engine engine)
    {
        var ending = engine == Engine.Sqlite ? ".sqlite.sql" : ".postgres.sql";
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("schema/", StringComparison.Ordinal) && name.EndsWith(ending, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => name["schema/".Length..^ending.Length])
            .Select(version => new SchemaFile(
                version,
                Read(assembly, $"schema/{version}{ending}"),
                engine == Engine.Sqlite ? null : Read(assembly, $"schema/{version}.citus.sql")))];
    }

    private static string Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The program was built without {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
