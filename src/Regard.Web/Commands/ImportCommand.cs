using System.CommandLine;
using System.CommandLine.Parsing;
using Regard.Access;
using Regard.Imports;
using Spectre.Console;

namespace Regard.Commands;

/// <summary><c>regard import orders --format online-retail FILE</c>: records a file and says what became of its lines.</summary>
internal static class ImportCommand
{
    private static readonly Argument<string> Kind = new("kind") { Description = "what the file holds: " + string.Join(", ", Words.All<ImportKind>()) };
    private static readonly Argument<string> Path = new("file") { Description = "the file, packed with gzip or not" };
    private static readonly Option<string> Format = new("--format") { Description = "how it is read: " + string.Join(", ", ImportFormats.Names), DefaultValueFactory = _ => "csv" };
    private static readonly Option<string?> Mapping = new("--mapping") { Description = "for --format csv: the JSON file that says which column is what" };
    private static readonly Option<string?> Rejects = new("--rejects") { Description = "where to write the lines that are not recorded (default: in the data folder)" };

    public static Command Build()
    {
        Kind.AcceptOnlyFromAmong([.. Words.All<ImportKind>()]);
        Format.AcceptOnlyFromAmong([.. ImportFormats.Names]);
        var command = new Command("import", "Import orders, customers, products or preferences (exit code 2: the file cannot be read to its end)") { Kind, Path, Format, Mapping, Rejects };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        var settings = CommonOptions.Settings(parsed);
        await using var database = await Startup.OpenAsync(settings, SystemClock.Instance, stop);
        var runId = Ids.New(SystemClock.Instance.GetCurrentInstant());
        ImportRun run;
        try
        {
            var path = parsed.GetValue(Path)!;
            var request = new ImportRequest
            {
                Kind = Words.Must<ImportKind>(parsed.GetValue(Kind)!),
                Format = parsed.GetValue(Format)!,
                Path = path,
                FileName = System.IO.Path.GetFileName(path),
                Mapping = parsed.GetValue(Mapping) is { } mapping ? await File.ReadAllTextAsync(mapping, stop) : null,
                RejectsPath = parsed.GetValue(Rejects) ?? System.IO.Path.Combine(settings.DataFolder, "imports", $"{runId}.rejects.csv"),
                By = Actor.System("import"),
            };
            run = await Terminal.WithProgressAsync($"Importing {request.FileName}", line => new ImportJob(database, SystemClock.Instance).RunAsync(runId, request, line.Report, stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Terminal.Note("regard: the import was interrupted; what was read is recorded. Run the same command again for the rest.");
            return 4;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Terminal.Note("regard: " + failure.Message);
            return 2;
        }
        Say(run);
        return run.State == ImportState.Finished ? 0 : 2;
    }

    private static void Say(ImportRun run)
    {
        var counts = run.Report;
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns(new TableColumn("lines"), new TableColumn("").RightAligned());
        table.AddRow("read", $"{counts.Read:#,0}");
        table.AddRow("new", $"{counts.New:#,0}");
        table.AddRow("updated", $"{counts.Updated:#,0}");
        table.AddRow("unchanged", $"{counts.Unchanged:#,0}");
        table.AddRow("rejected", $"{counts.RejectedLines:#,0}");
        foreach (var (reason, lines) in counts.Rejected) table.AddRow(Markup.Escape($"  {reason}"), $"{lines:#,0}");
        foreach (var (what, count) in counts.Ignored) table.AddRow(Markup.Escape($"not recorded: {what}"), $"{count:#,0}");
        foreach (var (what, count) in counts.Records) table.AddRow(Markup.Escape($"new {what}"), $"{count:#,0}");
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
        console.Write(table);
        if (run.RejectsFile is { } file) Terminal.Say($"The rejected lines are in {file}.");
        if (run.Explanation is { } why) Terminal.Note("regard: " + why);
    }
}
