using Regard.Kit;
using Regard.Storage;

namespace Regard.Imports;

public sealed class MappingTests
{
    private const string Orders = """
        {"source": "oldshop", "delimiter": ";", "decimal_comma": true, "date_format": "dd.MM.uuuu HH:mm", "zone": "Europe/Berlin", "constants": {"currency": "EUR"},
         "columns": {"Beleg": "number", "Art": "kind", "Datum": "at", "Kunde": "external_id", "Mail": "email", "Artikel": "sku", "Bezeichnung": "product_name", "Menge": "quantity", "Preis": "unit_price", "Versand": "shipping"}}
        """;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task any_csv_is_read_by_its_mapping(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        const string file = "Beleg;Art;Datum;Kunde;Mail;Artikel;Bezeichnung;Menge;Preis;Versand\r\n"
            + "R1;;31.07.2025 23:30;77;eva@example.org;A1;Kännchen;2;1.234,50;4,90\r\nR1;;31.07.2025 23:30;77;eva@example.org;A2;Tasse;1;9,95;\r\n"
            + "G1;return;09.08.2025 10:00;77;;A1;;1;1.234,50;\r\nR2;;gestern;77;;A1;;1;1,00;\r\nR3;;31.07.2025 23:30;77;;A1;;1,5;1,00;\r\n";
        var run = await data.ImportAsync(file, "csv", mapping: Orders);
        run.Explanation.ShouldBeNull();
        run.Report.Rejected.ShouldBe(new SortedDictionary<string, long>(StringComparer.Ordinal) { ["unreadable quantity"] = 1, ["unreadable time"] = 1 });
        await using var work = await data.ReadAsync();
        (await work.FirstAsync<Instant>("select at from sales_order where total_minor = 247895")).ShouldBe(Instant.FromUtc(2025, 7, 31, 21, 30));
        (await work.ScalarAsync<long>("select amount_minor from order_return where order_id is not null")).ShouldBe(123450);
        (await work.ScalarAsync<long>("select count(*) from customer")).ShouldBe(1);
        (await data.DifferencesAsync()).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task products_come_with_prices_and_replacements_and_customers_with_identities(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        const string products = """{"source": "pim", "columns": {"sku": "sku", "name": "name", "price": "price", "from": "valid_from", "next": "replaced_by", "ends": "discontinued_on"}, "constants": {"currency": "EUR"}}""";
        const string list = "sku,name,price,from,next,ends\nA1,Pot,12.50,2025-01-01,A2,2025-12-31\nA2,Pot 2,13,2025-06-01,,\n,Nameless,1,2025-01-01,,\n";
        (await data.ImportAsync(list, "csv", ImportKind.Products, products)).Report.ShouldSatisfyAllConditions(c => c.New.ShouldBe(2), c => c.RejectedLines.ShouldBe(1));
        (await data.ImportAsync(list, "csv", ImportKind.Products, products)).Report.ShouldSatisfyAllConditions(c => c.New.ShouldBe(0), c => c.Unchanged.ShouldBe(2));
        (await data.ImportAsync(list.Replace("12.50", "14.50", StringComparison.Ordinal), "csv", ImportKind.Products, products)).Report.Updated.ShouldBe(1);
        const string customers = """{"source": "crm", "columns": {"id": "external_id", "mail": "email", "name": "name", "tz": "time_zone"}}""";
        const string people = "id,mail,name,tz\n1,a@example.org,Ana,Europe/Lisbon\n2,,Bo,Mars/Base\n,,Nobody,\n";
        (await data.ImportAsync(people, "csv", ImportKind.Customers, customers)).Report.ShouldSatisfyAllConditions(c => c.New.ShouldBe(2), c => c.RejectedLines.ShouldBe(1));
        (await data.ImportAsync(people, "csv", ImportKind.Customers, customers)).Report.ShouldSatisfyAllConditions(c => c.New.ShouldBe(0), c => c.Unchanged.ShouldBe(2));
    }

    [Theory]
    [InlineData(null, "needs a mapping file")]
    [InlineData("{", "cannot be read")]
    [InlineData("""{"source": "x", "columns": {"a": "colour"}}""", "names the field 'colour'")]
    [InlineData("""{"columns": {"a": "number"}}""", "needs a source")]
    [InlineData("""{"source": "x", "columns": {"a": "number"}}""", "no column or constant for 'at'")]
    [InlineData("""{"source": "x", "columns": {"z": "number"}}""", "no column 'z'")]
    [InlineData("""{"source": "x", "zone": "Mars/Base"}""", "no IANA zone")]
    public async Task a_wrong_mapping_says_what_is_wrong(string? mapping, string words)
    {
        await using var data = await TestDatabase.MakeAsync("sqlite");
        var run = await data.ImportAsync("a,b\n1,2\n", "csv", mapping: mapping);
        run.State.ShouldBe(ImportState.Failed);
        run.Explanation!.ShouldContain(words);
    }
}
