using System.CommandLine;
using System.CommandLine.Parsing;

namespace Regard.Commands;

/// <summary>The options that every verb knows: where the data is.</summary>
internal static class CommonOptions
{
    public static readonly Option<string> Data = new("--data")
    {
        Description = "folder for the database and files",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("REGARD_DATA") ?? "data",
        Recursive = true,
    };

    public static readonly Option<string?> Database = new("--database")
    {
        Description = "PostgreSQL connection string (Host=…;Database=…;Username=…); without it: SQLite in the data folder",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("REGARD_DATABASE"),
        Recursive = true,
    };

    public static RegardSettings Settings(ParseResult parsed) => new()
    {
        DataFolder = Path.GetFullPath(parsed.GetValue(Data)!),
        ConnectionString = parsed.GetValue(Database),
    };
}
