using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using HandlebarsDotNet;

namespace Regard.Contact;

/// <summary>A letter that cannot be written. The message names what is missing, and no value.</summary>
internal sealed class LetterRefusal(string message) : Exception(message);

/// <summary>
/// Writes letters from their wordings (Handlebars) in the customer's language. A field that is missing or not allowed refuses the whole
/// letter, before anybody is asked whether it may be sent. Plain text: the HTML form is made from it, where every character means itself.
/// </summary>
internal static partial class LetterBook
{
    private static readonly IHandlebars Handlebars = HandlebarsDotNet.Handlebars.Create(new HandlebarsConfiguration { NoEscape = true, ThrowOnUnresolvedBindingExpression = true });

    private static readonly ConcurrentDictionary<(LetterKind, string), Wording> Wordings = new();

    /// <summary>Writes a letter.</summary>
    /// <param name="kind">What for.</param>
    /// <param name="language">BCP 47; English where there is no wording for it.</param>
    /// <param name="fields">Texts, truth values, and rows of them.</param>
    /// <exception cref="LetterRefusal">A needed field is missing or empty, or one is given that the letter does not know.</exception>
    public static ContactDraft Write(LetterKind kind, string? language, IReadOnlyDictionary<string, object?> fields)
    {
        var wording = Wordings.GetOrAdd((kind, Language(language)), key => Read(key.Item1, key.Item2));
        var values = Checked(LetterFields.Of(kind), fields);
        var text = Blank().Replace(wording.Write(values).ReplaceLineEndings("\n").Trim(), "\n\n");
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        return new ContactDraft { Short = wording.WriteShort?.Invoke(values).Trim(), Subject = text[..end].Trim(), Text = text[end..].Trim() + "\n", Wording = $"{Words.Of(kind)}.{Language(language)}@{wording.Version}" };
    }

    /// <summary>The language in which letters are written to somebody.</summary>
    public static string Language(string? language) => (HouseLanguages.Read(language) ?? HouseLanguage.English).Tag();

    /// <summary>The language of what was written from a wording, whatever its reader speaks; null = somebody wrote it freely.</summary>
    /// <param name="wording">As <see cref="ContactDraft.Wording"/> names it.</param>
    public static string? LanguageOf(string? wording) => wording?.Split('.', '@') is [_, var language, _] ? language : null;

    /// <summary>The names that a wording uses.</summary>
    public static IReadOnlyList<string> Names(LetterKind kind, string language) =>
        [.. Expression().Matches(Source(kind, language)!).Select(match => match.Groups["name"].Value).Where(name => name is not ("else" or "this")).Distinct()];

    private static Dictionary<string, object> Checked(LetterFields known, IReadOnlyDictionary<string, object?> fields)
    {
        if (fields.Keys.FirstOrDefault(name => !known.All.Contains(name)) is { } unknown) throw new LetterRefusal($"The letter has no field '{unknown}': it may have {string.Join(", ", known.All)}.");
        if (known.Needed.FirstOrDefault(name => fields.GetValueOrDefault(name) is not string { Length: > 0 }) is { } missing) throw new LetterRefusal($"The letter needs the field '{missing}'.");
        var values = known.All.ToDictionary(name => name, name => fields.GetValueOrDefault(name) ?? "", StringComparer.Ordinal);
        if (known.Rows is { } rows) values[rows.Name] = Rows(rows.Fields, fields.GetValueOrDefault(rows.Name), rows.Name);
        return values;
    }

    private static List<Dictionary<string, object>> Rows(IReadOnlyList<string> names, object? given, string list)
    {
        if (given is not IEnumerable<IReadOnlyDictionary<string, object?>> rows) throw new LetterRefusal($"The letter needs the field '{list}'.");
        var all = rows.ToList();
        if (all.Count == 0 || all.Any(row => row.GetValueOrDefault(names[0]) is not string { Length: > 0 })) throw new LetterRefusal($"Each of '{list}' needs the field '{names[0]}'.");
        if (all.SelectMany(row => row.Keys).FirstOrDefault(name => !names.Contains(name)) is { } unknown) throw new LetterRefusal($"'{list}' has no field '{unknown}'.");
        return [.. all.Select(row => names.ToDictionary(name => name, name => row.GetValueOrDefault(name) ?? "", StringComparer.Ordinal))];
    }

    private static Wording Read(LetterKind kind, string language)
    {
        var (source, shortly) = (Source(kind, language)!, Source(kind, "short." + language));
        var compiled = Handlebars.Compile(source);
        var brief = shortly is null ? null : Handlebars.Compile(shortly);
        return new Wording(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source + shortly)).AsSpan(0, 4)), values => compiled(values), brief is null ? null : values => brief(values));
    }

    // A wording for text messages and calls by a machine is there only for letters that can be said in a sentence or two.
    private static string? Source(LetterKind kind, string language)
    {
        using var stream = typeof(LetterBook).Assembly.GetManifestResourceStream($"letters/{Words.Of(kind)}.{language}.hbs");
        if (stream is null) return null;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <param name="Version">Changes with every change of the words.</param>
    /// <param name="Write">The letter, its first line the subject.</param>
    /// <param name="WriteShort">The same in a sentence or two; null = it has no short form.</param>
    private sealed record Wording(string Version, Func<object, string> Write, Func<object, string>? WriteShort);

    // Where a part was left out, its empty lines are.
    [GeneratedRegex(@"\n[ \t]*\n(?:[ \t]*\n)+")]
    private static partial Regex Blank();

    [GeneratedRegex(@"\{\{(?:[#/](?:if|each|unless)\s*)?(?<name>\w+)?[^}]*\}\}")]
    private static partial Regex Expression();
}
