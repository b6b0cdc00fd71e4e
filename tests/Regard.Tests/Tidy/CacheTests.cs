using System.Text.RegularExpressions;

namespace Regard.Tidy;

/// <summary>A wish binds within a second everywhere: it is read from the database each time it decides.</summary>
public sealed partial class CacheTests
{
    // What a hash of its content names can not change: kept there for previews, which decide nothing. Who is in which class is read each time,
    // and how many are is kept with the fold up to which it was counted, which each preview asks for in its own snapshot.
    private const string Named = "Contact/AudienceKnown.cs";

    // Declaration by declaration.
    private static readonly (string File, string Declared)[] Argued = [(Named, "Dictionary<string, Wishes> _said ="), ("Contact/KnownQuestions.cs", "Dictionary<Wishes, int> _leftOf =")];

    [Fact]
    public void F4_what_classes_stand_for_is_kept_for_previews_and_asked_by_nothing_that_decides()
    {
        Repository.Keeps(
            from file in Repository.CSharp("src/")
            where !file.Path.Contains("/Contact/Audience", StringComparison.Ordinal) && !file.Path.EndsWith("/Contact/KnownQuestions.cs", StringComparison.Ordinal)
            from Match match in Kept().Matches(file.CSharp.Code)
            select $"{file.At(match.Index)}: {match.Value.Trim()}",
            "What is kept of classes is for previews (AudienceStore), never for a decision (F4):");
        // Nothing that is named by a person may be a key there.
        foreach (var name in new[] { Named, "Contact/KnownQuestions.cs", "Contact/AudienceCounts.cs" })
            Repository.CSharp("src/").Single(file => file.Path.EndsWith(name, StringComparison.Ordinal)).CSharp.Code.ShouldNotContain("customerId", Case.Insensitive);
    }

    [Fact]
    public void F4_no_wish_and_no_decision_is_kept_in_a_cache() => Repository.Keeps(
        from file in Repository.CSharp("src/")
        from Match match in Cache().Matches(file.CSharp.Code)
        where !Array.Exists(Argued, argued => file.Path.EndsWith(argued.File, StringComparison.Ordinal) && match.Value.EndsWith(argued.Declared, StringComparison.Ordinal))
        select $"{file.At(match.Index)}: {match.Value.Trim()}",
        "Read it from the database in the unit of work that decides (F4); what never changes may be kept, a customer's wishes, state, reach and history may not:");

    [Fact]
    public void F4_the_rule_sees_what_it_is_for()
    {
        Cache().IsMatch("    private static readonly ConcurrentDictionary<Guid, Wishes> Known = new();").ShouldBeTrue();
        Cache().IsMatch("    private static readonly ConcurrentDictionary<string, AudienceFacts> Known = new();").ShouldBeTrue();
        Cache().IsMatch("    private readonly Dictionary<Guid, ContactState> _states = [];").ShouldBeTrue();
        Cache().IsMatch("app.UseOutputCache();").ShouldBeTrue();
        Cache().IsMatch("    public IReadOnlyList<PurposeState> Purposes { get; init; }").ShouldBeFalse();
    }

    [GeneratedRegex(@"\b(?:AudienceKnown|AudienceCounts|AudienceCountStore|KnownQuestions)\b")]
    private static partial Regex Kept();

    [GeneratedRegex(@"(?:Dictionary|Cache|Lazy|ConditionalWeakTable)<[^;={]*\b(?:Wishes|ContactState|AudienceFacts|DecisionFacts|ContactHistory|ContactVerdict|PreferenceStatement)\b[^;={]*>\s+_?\w+\s*=|\bIMemoryCache\b|\bHybridCache\b|\bIDistributedCache\b|\bOutputCache\b|\bUseOutputCache\b|\bAddOutputCache\b|\bResponseCaching\b")]
    private static partial Regex Cache();
}
