using Regard.Access;
using Regard.Commands;
using Regard.Kit;

namespace Regard.Imports;

/// <summary>Imports a text as a file.</summary>
internal static class Importing
{
    public static async Task<ImportRun> ImportAsync(this TestDatabase data, string text, string format, ImportKind kind = ImportKind.Orders, string? mapping = null)
    {
        var path = Path.Combine(data.Settings.DataFolder, "told.csv");
        await File.WriteAllTextAsync(path, text);
        return await data.ImportFileAsync(path, format, kind, mapping);
    }

    public static Task<ImportRun> ImportFileAsync(this TestDatabase data, string path, string format, ImportKind kind = ImportKind.Orders, string? mapping = null) =>
        new ImportJob(data.Database, SystemClock.Instance).RunAsync(Ids.New(SystemClock.Instance.GetCurrentInstant()), new ImportRequest
        {
            Kind = kind,
            Format = format,
            Path = path,
            FileName = Path.GetFileName(path),
            Mapping = mapping,
            RejectsPath = Path.Combine(data.Settings.DataFolder, "rejects.csv"),
            By = Actor.System("test"),
        }, _ => { }, TestContext.Current.CancellationToken);

    public static async Task<IReadOnlyList<string>> DifferencesAsync(this TestDatabase data)
    {
        await using var work = await data.ReadAsync();
        var found = new List<string>();
        foreach (var check in Checks.All) found.AddRange(await check.FindAsync(work));
        return found;
    }
}
