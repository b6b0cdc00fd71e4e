using System.Text.Json;
using Microsoft.Playwright;

namespace Regard.Kit;

/// <summary>Asks axe-core what it finds wrong with a page for people who see, hear or move differently (WCAG 2.2 A and AA).</summary>
internal static class Axe
{
    private const string Ask =
        """
        async () => {
          const found = await axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"] });
          return JSON.stringify(found.violations.flatMap((rule) => rule.nodes.slice(0, 3).map((node) => `${rule.id}: ${node.target.join(" ")}: ${node.failureSummary}`)));
        }
        """;

    /// <summary>One sentence for each finding; empty = nothing.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(IPage page)
    {
        await page.EvaluateAsync(await File.ReadAllTextAsync(Script));
        return JsonSerializer.Deserialize<List<string>>(await page.EvaluateAsync<string>(Ask)) ?? [];
    }

    private static string Script
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Regard.slnx"))) folder = folder.Parent;
            return Path.Combine(folder?.FullName ?? "", "web", "node_modules", "axe-core", "axe.min.js");
        }
    }
}
