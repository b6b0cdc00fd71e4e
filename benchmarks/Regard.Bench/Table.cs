using System.Text.Json;
using Regard.Bench.Kit;
using Regard.Storage;
using Spectre.Console;

namespace Regard.Bench;

/// <summary>The rows for people (a table) and for programs (JSON).</summary>
internal static class Table
{
    private static readonly JsonSerializerOptions Indented = new(Json.Options) { WriteIndented = true };

    public static void Print(IReadOnlyList<BenchRow> rows)
    {
        var table = new Spectre.Console.Table { Border = TableBorder.Markdown };
        table.AddColumns("row", "value", "unit", "anchor", "anchor value", "ratio", "CPU s", "load", "reach", "met");
        foreach (var row in rows)
            table.AddRow(
                Markup.Escape(row.Name), Number(row.Value), Markup.Escape(row.Unit), Markup.Escape(row.Anchor ?? "–"), Number(row.AnchorValue),
                row.Ratio is { } ratio ? $"{ratio:0.00}×" : "–", $"{row.CpuSeconds:0.00}", Number(row.Load), Markup.Escape(row.Reach.Words), row.IsMet ? "yes" : "NO");
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
        console.Profile.Width = 260;
        console.Write(table);
    }

    public static async Task SaveAsync(IReadOnlyList<BenchRow> rows, string file)
    {
        var written = rows.Select(row => new
        {
            row.Name,
            row.Value,
            row.Unit,
            row.Anchor,
            row.AnchorValue,
            row.Ratio,
            row.CpuSeconds,
            row.Load,
            Reach = row.Reach.Words,
            row.IsMet,
        });
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(written, Indented) + "\n");
    }

    private static string Number(double? number) => number switch
    {
        null => "–",
        >= 1000 => $"{number:#,0}",
        >= 10 => $"{number:0.0}",
        _ => $"{number:0.000}",
    };
}
