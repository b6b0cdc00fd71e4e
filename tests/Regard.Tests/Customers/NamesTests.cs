using FsCheck;
using FsCheck.Fluent;

namespace Regard.Customers;

[Trait("req", "M1")]
public sealed class NamesTests
{
    [Theory]
    [InlineData("Müller", "muller")]
    [InlineData("STRAẞE Straße", "strasse")]
    [InlineData("Søren Kierkegård", "soren kierkegard")]
    [InlineData("O'Brien-Łukasz", "obrien lukasz")]
    [InlineData("Zoë  Đặng", "zoe dang")]
    [InlineData("Ⅷ ﬁsh №1", "viii fish no1")]
    [InlineData("Παπαδόπουλος", "παπαδοπουλοσ")]
    [InlineData("王小明", "王小明")]
    [InlineData("\ud800 x", "x")]
    [InlineData("  --  ", "")]
    public void names_fold_to_what_anybody_would_type(string name, string folded) => string.Join(' ', NameFold.Words(name)).ShouldBe(folded);

    [Fact]
    public void folding_twice_is_folding_once() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll<string>(text => text is null || NameFold.Fold(NameFold.Fold(text)) == NameFold.Fold(text)));

    [Theory]
    [InlineData("schmidt", "schmidt", 0)]
    [InlineData("schmidt", "schmdit", 1)]
    [InlineData("schmidt", "schmit", 1)]
    [InlineData("schmidt", "schmiddt", 1)]
    [InlineData("schmidt", "schmiet", 1)]
    [InlineData("schmidt", "chmitd", 2)]
    [InlineData("ca", "abc", null)]
    [InlineData("", "ab", 2)]
    [InlineData("schmidt", "meier", null)]
    public void slips_are_counted_up_to_the_bound(string one, string other, int? distance)
    {
        EditDistance.Within(2, one, other).ShouldBe(distance);
        EditDistance.Within(2, other, one).ShouldBe(distance);
    }

    [Fact]
    public void the_bounded_distance_is_the_whole_distance_where_it_is_small()
    {
        var words = from letters in Gen.ListOf(Gen.Elements('a', 'b', 'c')) select new string([.. letters.Take(7)]);
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(5000),
            Prop.ForAll(Arb.From(words), Arb.From(words), (a, b) =>
            {
                var whole = Whole(a, b);
                return Enumerable.Range(0, 5).All(bound => EditDistance.Within(bound, a, b) == (whole <= bound ? whole : null));
            }));
    }

    [Fact]
    public void two_words_one_slip_apart_share_a_variant()
    {
        foreach (var word in new[] { "anna", "schmidt", "muller", "bennett" })
        {
            foreach (var slip in Slips(word).Where(s => s.Length >= TermVariants.ShortestMisspelt))
                TermVariants.Of(word).Intersect(TermVariants.Of(slip), StringComparer.Ordinal).ShouldNotBeEmpty($"{word} and {slip}");
        }
        TermVariants.Of("ann").ShouldBe(["ann"]);
        TermVariants.Of("a1234").ShouldBe(["a1234"]);
    }

    private static IEnumerable<string> Slips(string word)
    {
        for (var i = 0; i < word.Length; i++)
        {
            yield return word.Remove(i, 1);
            yield return word.Insert(i, "x");
            yield return word.Remove(i, 1).Insert(i, "x");
            if (i > 0) yield return word.Remove(i - 1, 2).Insert(i - 1, $"{word[i]}{word[i - 1]}");
        }
    }

    // The textbook recurrence, without bound or band.
    private static int Whole(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) d[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) d[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                d[i, j] = Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }
        return d[a.Length, b.Length];
    }
}
