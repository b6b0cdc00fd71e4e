using System.Text.RegularExpressions;

namespace Regard.Tidy;

/// <summary>SQL lives where it can be found, and a statement about a customer's rows names the customer.</summary>
public sealed partial class SqlTests
{
    private static readonly Lazy<IReadOnlyList<(RepositoryFile File, StringLiteral Literal)>> Statements = new(() =>
    [
        .. from file in Repository.CSharp("src/")
           from literal in file.CSharp.Strings
           where Statement().IsMatch(literal.Text)
           select (file, literal),
    ]);

    [Fact]
    public void sql_is_only_in_stores_and_storage() => Repository.Keeps(
        Statements.Value.Where(s => !s.File.Name.EndsWith("Store.cs", StringComparison.Ordinal) && !s.File.Path.StartsWith("src/Regard.Web/Storage/", StringComparison.Ordinal))
            .Select(s => $"{s.File.At(s.Literal.Position)}: {Short(s.Literal.Text)}"),
        "Move these statements into the store of their capability (a file named …Store.cs):");

    [Fact]
    public void a_statement_on_a_customers_table_names_the_customer()
    {
        var tables = CustomerTables();
        tables.ShouldContain("touchpoint");
        Repository.Keeps(
            from s in Statements.Value
            from Match match in Table().Matches(s.Literal.Text)
            let table = match.Groups["name"].Value
            let sql = WithConstants(s.File, s.Literal.Text)
            where tables.Contains(table) && !sql.Contains("customer_id", StringComparison.Ordinal) && !OverAll().IsMatch(sql)
            select $"{s.File.At(s.Literal.Position)}: {table} in {Short(s.Literal.Text)}",
            "Add customer_id to these statements: rows of a customer are found, joined and changed within one customer. A read-only list over everybody says so in its own text: /* all customers: why */");
    }

    /// <summary>The tables whose key begins with the customer, read from the schema itself.</summary>
    private static HashSet<string> CustomerTables() =>
    [
        .. from file in Repository.All
           where file.Path.Contains("/Storage/Schema/", StringComparison.Ordinal) && file.Path.EndsWith(".sqlite.sql", StringComparison.Ordinal)
           from Match match in CustomerTable().Matches(file.Content)
           select match.Groups["name"].Value,
    ];

    /// <summary>A list of columns is often a constant of the same file: <c>insert into touchpoint ({Columns}) …</c>.</summary>
    private static string WithConstants(RepositoryFile file, string sql) => Hole().Replace(sql, hole =>
        file.CSharp.Strings.FirstOrDefault(literal => Regex.IsMatch(file.Content[..literal.Position], $@"\b{hole.Groups["name"].Value}\s*=\s*$"))?.Text ?? hole.Value);

    private static string Short(string sql)
    {
        var line = Regex.Replace(sql, @"\s+", " ").Trim();
        return line.Length > 90 ? line[..90] + " …" : line;
    }

    [GeneratedRegex(@"^\s*(?:/\*.*?\*/\s*)?(?:select\b.+?\bfrom\s+\w|insert\s+(?:or\s+\w+\s+)?into\s|update\s+\w+\s+set\b|delete\s+from\s|with\s+(?:recursive\s+)?\w+\s*(?:\([^)]*\))?\s+as\b)", RegexOptions.Singleline)]
    private static partial Regex Statement();

    [GeneratedRegex(@"\b(?:from|join|into|update)\s+(?<name>[a-z_]+)\b")]
    private static partial Regex Table();

    [GeneratedRegex(@"\{(?<name>[A-Z]\w*)\}")]
    private static partial Regex Hole();

    [GeneratedRegex(@"(?:--|/\*)\s*all customers")]
    private static partial Regex OverAll();

    [GeneratedRegex(@"create table (?<name>\w+) \((?:(?!\n\);).)*?(?:^  customer_id blob (?:not null )?primary key|primary key \(customer_id,)", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CustomerTable();
}
