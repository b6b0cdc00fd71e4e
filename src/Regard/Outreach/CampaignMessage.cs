using System.Text.RegularExpressions;

namespace Regard.Outreach;

/// <summary>A campaign's message in one language: plain text, in which <c>{{product}}</c> stands for what is so of the reader.</summary>
/// <param name="Subject">One line.</param>
/// <param name="Text">Paragraphs apart by an empty line. Salutation and unsubscribe link are not part of it.</param>
public sealed partial record CampaignMessage(string Subject, string Text)
{
    /// <summary>The longest subject, in characters.</summary>
    public const int LongestSubject = 200;

    /// <summary>The longest text, in characters.</summary>
    public const int LongestText = 10_000;

    /// <summary>The fields that it names, each once.</summary>
    public IReadOnlySet<CampaignField> Fields => Names.Select(name => Words.Read<CampaignField>(name)).OfType<CampaignField>().ToHashSet();

    /// <summary>What stands in double braces and is no field.</summary>
    public IReadOnlyList<string> Unknown => [.. Names.Where(name => Words.Read<CampaignField>(name) is null).Distinct(StringComparer.Ordinal)];

    /// <summary>Whether it would read the same to everybody, or to everybody but for their name.</summary>
    public bool IsGeneric => !Place().Matches(Text).Select(match => Words.Read<CampaignField>(match.Groups["name"].Value)).Any(named => named?.IsTheirOwn() == true);

    private IEnumerable<string> Names => Place().Matches(Subject).Concat(Place().Matches(Text)).Select(match => match.Groups["name"].Value);

    /// <summary>The message as one customer gets it: values stand for themselves, whatever is in them.</summary>
    /// <param name="values">What is so of the customer; a field that is absent is not known.</param>
    /// <returns>Null = something that it names is not known of them: they get nothing rather than a gap.</returns>
    public CampaignMessage? For(IReadOnlyDictionary<CampaignField, string> values) =>
        Unknown.Count > 0 || Fields.Any(field => string.IsNullOrWhiteSpace(values.GetValueOrDefault(field))) ? null : new CampaignMessage(Filled(Subject, values).ReplaceLineEndings(" "), Filled(Text, values));

    private static string Filled(string text, IReadOnlyDictionary<CampaignField, string> values) => Place().Replace(text, match => values[Words.Must<CampaignField>(match.Groups["name"].Value)]);

    [GeneratedRegex(@"\{\{\{?\s*(?<name>[^{}]*?)\s*\}?\}\}")]
    private static partial Regex Place();
}
