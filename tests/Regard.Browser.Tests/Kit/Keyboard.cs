using Microsoft.Playwright;

namespace Regard.Kit;

/// <summary>Goes through a page with the tabulator key, as somebody without a mouse does.</summary>
internal static class Keyboard
{
    // Where the focus is: nothing when it left the page, a fault in words, or an empty text when it can be seen.
    private const string Look =
        """
        () => {
          const at = document.activeElement;
          if (!at || at === document.body) return null;
          const box = at.getBoundingClientRect(), style = getComputedStyle(at);
          const name = `${at.tagName.toLowerCase()} ${(at.getAttribute("aria-label") || at.textContent || at.name || "").trim().slice(0, 40)}`;
          if (box.width < 1 || box.height < 1 || style.visibility === "hidden") return `the focus is on what cannot be seen: ${name}`;
          if (box.bottom < 0 || box.top > innerHeight) return `the focus is outside of the window: ${name}`;
          const marked = (s) => (s.outlineStyle !== "none" && s.outlineWidth !== "0px") || s.boxShadow !== "none";
          for (let up = at, steps = 0; up && steps < 3; up = up.parentElement, steps++) if (marked(getComputedStyle(up))) return "";
          return `the focus does not show on ${name}`;
        }
        """;

    /// <summary>What is wrong with the first stops, each once.</summary>
    public static async Task<IReadOnlyList<string>> WalkAsync(IPage page, int stops)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        for (var stop = 0; stop < stops; stop++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<string?>(Look) is not { } fault) break;
            if (fault.Length > 0) found.Add(fault);
        }
        return [.. found];
    }
}
