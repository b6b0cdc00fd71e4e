namespace Regard.Layout;

public sealed class TextTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 22, 12, 0);

    [Theory]
    [InlineData(123450, "EUR", "€1,234.50")]
    [InlineData(-300, "GBP", "−£3.00")]
    [InlineData(0, "USD", "$0.00")]
    [InlineData(500, "JPY", "¥500")]
    [InlineData(1234500, "KWD", "1,234.500\u00a0KWD")]
    [InlineData(long.MinValue, "EUR", "−€92,233,720,368,547,758.08")]
    public void money_is_written_with_its_currencys_own_decimals(long minor, string currency, string text) =>
        MoneyText.For(new Money(minor, currency)).ShouldBe(text);

    [Theory]
    [InlineData(-30, "just now")]
    [InlineData(30, "now")]
    [InlineData(-300, "5 min ago")]
    [InlineData(3600, "in 1 hour")]
    [InlineData(-7300, "2 hours ago")]
    [InlineData(86400 * 3, "in 3 days")]
    [InlineData(86400 * 7, null)]
    public void a_near_instant_is_told_by_its_distance(int seconds, string? text) =>
        WhenText.Distance(Now + Duration.FromSeconds(seconds), Now).ShouldBe(text);

    [Theory]
    [InlineData("/customers", "/customers", true)]
    [InlineData("/customers", "/customers/1", true)]
    [InlineData("/customers", "/customers-of-old", false)]
    public void a_menu_entry_is_current_on_its_page_and_beneath(string href, string path, bool current) =>
        new NavigationEntry("x", "X", href, Icons.Today).Leads(path).ShouldBe(current);

    [Theory]
    [InlineData("Maria Anna Lindgren", "ML")]
    [InlineData("Cher", "C")]
    [InlineData("  ", "?")]
    public void a_name_has_at_most_two_initials(string name, string initials) =>
        new Viewer(name, "Agent", "auto", DateTimeZone.Utc, []).Initials.ShouldBe(initials);
}
