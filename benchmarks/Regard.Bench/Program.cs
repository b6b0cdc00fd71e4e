using System.CommandLine;
using System.Globalization;
using Regard.Bench;
using Regard.Bench.Kit;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

var names = new Argument<string[]>("name") { Description = "run only the benchmarks whose name contains this", Arity = ArgumentArity.ZeroOrMore };
var json = new Option<string?>("--json") { Description = "write the rows to this file too" };
var full = new Option<bool>("--full") { Description = "the large sizes" };
var operations = new Option<long?>("--operations") { Description = "how long a history is proved" };
var seed = new Option<ulong?>("--seed") { Description = "of the history, to see one again" };
var list = new Option<bool>("--list") { Description = "say which benchmarks there are" };
var command = new RootCommand("Regard's benchmarks, each with an anchor measured in the same run") { names, json, full, operations, seed, list };

command.SetAction(async parsed =>
{
    if (parsed.GetValue(list))
    {
        foreach (var benchmark in Benches.All) Console.Out.WriteLine($"{benchmark.Name,-16} {benchmark.Question}");
        return 0;
    }
    var wanted = parsed.GetValue(names) ?? [];
    var chosen = Benches.All.Where(b => wanted.Length == 0 || wanted.Any(w => b.Name.Contains(w, StringComparison.OrdinalIgnoreCase))).ToList();
    if (chosen.Count == 0)
    {
        Console.Error.WriteLine($"bench: no benchmark is named {string.Join(" or ", wanted)}; ./bench --list says which there are.");
        return 2;
    }
    var rows = new List<BenchRow>();
    foreach (var benchmark in chosen)
    {
        BenchRun.Note(benchmark.Name);
        await benchmark.RunAsync(new BenchRun(parsed.GetValue(full), rows.Add) { Operations = parsed.GetValue(operations), Seed = parsed.GetValue(seed) });
    }
    Table.Print(rows);
    if (parsed.GetValue(json) is { } file) await Table.SaveAsync(rows, file);
    return rows.All(row => row.IsMet) ? 0 : 1;
});
return await command.Parse(args).InvokeAsync();
