using Regard.Bench.Kit;
using Regard.Customers;
using Regard.Storage;

namespace Regard.Bench;

/// <summary>Many customers with names as unevenly spread as real ones: a few names are everywhere, most are rare.</summary>
internal static class SearchCustomers
{
    private const int Batch = 10_000;

    private static readonly Instant At = Instant.FromUtc(2026, 1, 1, 0, 0);

    private static readonly string[] Given = ["Anna", "Peter", "Maria", "Thomas", "Sofia", "Lukas", "Emma", "Jonas", "Clara", "Felix", "Paula", "Simon", "Helena", "Oskar", "Ingrid", "Bruno"];

    private static readonly string[] First = ["Berg", "Stein", "Wald", "Linden", "Kirch", "Ober", "Nieder", "Alten", "Neu", "Roth", "Gold", "Silber", "Eichen", "Birken", "Sommer", "Winter"];

    private static readonly string[] Last = ["mann", "bauer", "meier", "hofer", "berger", "huber", "feld", "thal", "hausen", "brunner", "becker", "schmidt", "lechner", "wirth", "stetter", "gruber"];

    private static readonly string[] Middle = ["", "er", "en", "l", "inger", "ast", "olt", "und", "im", "ar", "eck", "ott"];

    private static readonly Bulk<CustomerProfile> Customers = new(
        "customer", "customer_id",
        Column<CustomerProfile>.Id("customer_id", c => c.CustomerId), Column<CustomerProfile>.Text("kind", _ => "person"), Column<CustomerProfile>.Text("name", c => c.Name),
        Column<CustomerProfile>.Text("given_name", c => c.GivenName), Column<CustomerProfile>.Text("family_name", c => c.FamilyName),
        Column<CustomerProfile>.Text("source", _ => "bench"), Column<CustomerProfile>.At("created_at", _ => At), Column<CustomerProfile>.At("updated_at", _ => At));

    private static readonly Bulk<(Guid Customer, Identity Identity)> Identities = new(
        "identity", "customer_id, identity_id",
        Column<(Guid Customer, Identity Identity)>.Id("customer_id", i => i.Customer), Column<(Guid Customer, Identity Identity)>.Id("identity_id", i => i.Identity.IdentityId),
        Column<(Guid Customer, Identity Identity)>.Text("kind", i => Words.Of(i.Identity.Kind)), Column<(Guid Customer, Identity Identity)>.Text("value", i => i.Identity.Value),
        Column<(Guid Customer, Identity Identity)>.Text("source", _ => "bench"), Column<(Guid Customer, Identity Identity)>.At("recorded_at", _ => At),
        Column<(Guid Customer, Identity Identity)>.Text("recorded_by", _ => "system:bench"));

    private static readonly Bulk<(Guid Customer, SearchTerm Term)> Terms = new(
        "customer_term", "customer_id, term",
        Column<(Guid Customer, SearchTerm Term)>.Id("customer_id", t => t.Customer), Column<(Guid Customer, SearchTerm Term)>.Text("term", t => t.Term.Term),
        Column<(Guid Customer, SearchTerm Term)>.Text("name_key", t => t.Term.NameKey));

    private static readonly Bulk<(string Variant, string Term)> Variants = new(
        "term_variant", "variant, term",
        Column<(string Variant, string Term)>.Text("variant", v => v.Variant), Column<(string Variant, string Term)>.Text("term", v => v.Term));

    public static async Task FillAsync(Database database, int count)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        for (var start = 0; start < count; start += Batch)
        {
            var customers = Enumerable.Range(start, Math.Min(Batch, count - start)).Select(Make).ToList();
            var terms = customers.SelectMany(c => SearchTerm.Of(c).Select(term => (c.CustomerId, term))).ToList();
            var words = terms.Where(t => t.term.IsWord).Select(t => t.term.Term).Where(known.Add).ToList();
            await using var work = await database.WriteAsync(CancellationToken.None);
            await Customers.AppendAsync(work, customers);
            await Identities.AppendAsync(work, [.. customers.SelectMany(c => c.Identities.Select(i => (c.CustomerId, i)))]);
            await Terms.AppendAsync(work, terms);
            await Variants.AppendAsync(work, [.. words.SelectMany(word => TermVariants.Of(word).Select(variant => (variant, word)))]);
            await work.CommitAsync();
        }
    }

    /// <summary>The same question without an index of words: what the anchor does.</summary>
    public static Task ScanAsync(UnitOfWork work, string query) => work.ListAsync<Guid>(
        "select customer_id from customer where lower(name) like @like order by name limit 20", new { like = $"%{query.Split(' ')[^1]}%" });

    private static CustomerProfile Make(int n)
    {
        // Squares of evenly spread numbers crowd at the small end, as names do.
        var (a, b, c, d) = (Spread(n, 3, Given.Length), Spread(n, 5, First.Length), Spread(n, 7, Last.Length), Spread(n, 11, Middle.Length));
        var (given, family) = (Given[a], First[b] + Middle[d] + Last[c] + (n % 40 == 0 ? Letters(n) : ""));
        return new CustomerProfile
        {
            CustomerId = Ids.Of(At.Plus(Duration.FromMilliseconds(n)), "bench", $"{n}"),
            Name = $"{given} {family}",
            GivenName = given,
            FamilyName = family,
            Identities =
            [
                new Identity { IdentityId = Ids.Of(At, "email", $"{n}"), Kind = IdentityKind.Email, Value = $"{given}.{family}{n}@example.com".ToLowerInvariant() },
                new Identity { IdentityId = Ids.Of(At, "phone", $"{n}"), Kind = IdentityKind.Phone, Value = $"+49171{n:0000000}" },
            ],
        };
    }

    private static int Spread(int n, int salt, int size)
    {
        var even = (uint)n * 2654435761u ^ ((uint)n * 40503u * (uint)salt);
        var part = (even * 2246822519u >> 8) / (double)(1 << 24);
        return (int)(part * part * size);
    }

    private static string Letters(int n) => string.Concat(Enumerable.Range(0, 4).Select(i => (char)('a' + (n / (int)Math.Pow(26, i) % 26))));
}
