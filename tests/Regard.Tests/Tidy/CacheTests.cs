using System.Text.RegularExpressions;

namespace Regard.Tidy;

/// <summary>A wish binds within a second everywhere: it is read from the database each time it decides.</summary>
public sealed partial class CacheTests
{
    [Fact]
    public void F4_no_wish_and_no_decision_is_kept_in_a_cache() => Repository.Keeps(
        from file in Repository.CSharp("src/")
        from Match match in Cache().Matches(file.CSharp.Code)
        select $"{file.At(match.Index)}: {match.Value.Trim()}",
        "Read it from the database in the unit of work that decides (F4); what never changes may be kept, a customer's wishes, state, reach and history may not:");

    [Fact]
    public void F4_the_rule_sees_what_it_is_for()
    {
        Cache().IsMatch("    private static readonly ConcurrentDictionary<Guid, Wishes> Known = new();").ShouldBeTrue();
        Cache().IsMatch("    private readonly Dictionary<Guid, ContactState> _states = [];").ShouldBeTrue();
        Cache().IsMatch("app.UseOutputCache();").ShouldBeTrue();
        Cache().IsMatch("    public IReadOnlyList<PurposeState> Purposes { get; init; }").ShouldBeFalse();
    }

    [GeneratedRegex(@"(?:Dictionary|Cache|Lazy|ConditionalWeakTable)<[^;={]*\b(?:Wishes|ContactState|DecisionFacts|ContactHistory|ContactVerdict|PreferenceStatement)\b[^;={]*>\s+_?\w+\s*=|\bIMemoryCache\b|\bHybridCache\b|\bIDistributedCache\b|\bOutputCache\b|\bUseOutputCache\b|\bAddOutputCache\b|\bResponseCaching\b")]
    private static partial Regex Cache();
}
