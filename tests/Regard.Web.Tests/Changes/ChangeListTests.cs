using System.Net;
using System.Text.RegularExpressions;
using Regard.Access;
using Regard.Kit;

namespace Regard.Changes;

[Trait("req", "C1")]
public sealed partial class ChangeListTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task every_change_is_on_exactly_one_page_in_either_order_and_the_file_has_the_same_order(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        server.Clock.Reset(ChangeShop.Now);
        var shop = await ChangeShop.OpenAsync(server.Data);
        await using (var work = await server.Data.WriteAsync())
        {
            for (var n = 0; n < 60; n++)
            {
                var id = Ids.Of(ChangeShop.Now, "test", $"change {n}");
                // Three take effect on each day.
                var change = new Change { Id = id, Title = $"Change {n:00}", Reason = "Clay.", Kind = ChangeKind.Price, Currency = "GBP", EffectiveOn = new LocalDate(2027, 1, 1).PlusDays(n / 3), Products = [new ProductChange(shop.Mug, "MUG", "Mug") { OldPriceMinor = 500, NewPriceMinor = 510 }] };
                await new ChangeStore(work).RegisterAsync(change, "test", id.ToString(), ChangeShop.Manager, ChangeShop.Now);
            }
            await work.CommitAsync();
        }
        using var manager = await server.SignInAsync(Role.Manager);
        foreach (var dir in new[] { "", "&dir=asc" })
        {
            var seen = new List<string>();
            for (var path = "/changes?state=registered" + dir; path is not null;)
            {
                var page = await manager.GetStringAsync(path);
                seen.AddRange(Title().Matches(page).Select(found => found.Value));
                path = Next().Match(page) is { Success: true } next ? WebUtility.HtmlDecode(next.Groups[1].Value) : null;
            }
            seen.Distinct().Count().ShouldBe(60);
            seen.Count.ShouldBe(60);
            var days = seen.Select(title => int.Parse(title[^2..], null) / 3).ToList();
            days.ShouldBe(dir.Length == 0 ? days.OrderDescending() : days.Order());
            var file = await manager.GetStringAsync("/changes.csv?state=registered" + dir);
            Title().Matches(file).Select(found => found.Value).ShouldBe(seen);
        }
        Title().Count(await manager.GetStringAsync("/changes?state=nonsense&dir=x&after=y_z")).ShouldBe(50);
    }

    [GeneratedRegex(@"Change \d\d")]
    private static partial Regex Title();

    [GeneratedRegex(@"rel=""next"" href=""([^""]+)""")]
    private static partial Regex Next();
}
