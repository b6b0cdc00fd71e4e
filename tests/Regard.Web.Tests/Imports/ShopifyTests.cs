using Regard.Kit;
using Regard.Orders;
using Regard.Storage;

namespace Regard.Imports;

public sealed class ShopifyTests
{
    private const string File = """
        Name,Email,Financial Status,Currency,Subtotal,Shipping,Taxes,Total,Discount Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem discount,Billing Name,Billing Country,Billing Phone,Refunded Amount,Cancelled at,Accepts Marketing,Source
        #1001,Ana@Example.org,paid,EUR,45.00,4.90,0.00,49.90,5.00,2026-03-01 10:15:00 +0100,2,"Teapot, blue",20.00,TEA-1,0.00,Ana Lima,PT,'+351912345678,0.00,,no,web
        #1001,ana@example.org,,,,,,,,2026-03-01 10:15:00 +0100,1,"Cup
        with saucer",10.00,CUP-1,0.00,,,,,,,
        #1002,bo@example.org,refunded,USD,20.00,0.00,1.60,21.60,0.00,2026-03-02 09:00:00 -0500,1,Teapot,20.00,TEA-1,0.00,Bo Ek,US,,21.60,2026-03-20 09:00:00 -0500,yes,pos
        #1003,,paid,EUR,10.00,0,0,10.00,0,2026-03-03 09:00:00 +0100,1,Cup,10.00,CUP-1,0,,,,0,,no,web
        #1004,cy@example.org,partially_refunded,EUR,30.00,0,0,30.00,0,2026-03-04 09:00:00 +0100,3,Cup,10.00,,0,Cy,DE,,7.50,,no,web
        """;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task orders_of_several_rows_come_with_fees_cancellations_and_refunds(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var run = await data.ImportAsync(File, "shopify");
        run.State.ShouldBe(ImportState.Finished);
        (run.Report.Read, run.Report.New, run.Report.RejectedLines).ShouldBe((5, 4, 1));
        run.Report.Rejected.Keys.ShouldBe(["no e-mail address or phone number"]);
        await using var work = await data.ReadAsync();
        (await work.ListAsync<long>("select total_minor from sales_order order by source_id")).ShouldBe([5000, 2000, 3000]);
        (await work.ListAsync<string>("select kind || ' ' || amount_minor from order_fee order by amount_minor")).ShouldBe(["other -750", "discount -500", "other 160", "postage 490"]);
        (await work.ListAsync<string>("select reason from order_return where order_id is not null and quantity = 1")).ShouldBe(["cancelled"]);
        (await work.ListAsync<string>("select value from identity where kind <> 'external' order by value")).ShouldBe(["+351912345678", "ana@example.org", "bo@example.org", "cy@example.org"]);
        (await work.ListAsync<string>("select name from product order by sku")).ShouldBe(["Cup\nwith saucer", "Cup", "Teapot, blue"]);
        (await data.DifferencesAsync()).ShouldBeEmpty();
        var again = (await data.ImportAsync(File, "shopify")).Report;
        (again.New, again.Updated, again.Unchanged).ShouldBe((0, 0, 4));
    }

    [Fact]
    public async Task a_file_that_is_something_else_is_refused_in_words()
    {
        await using var data = await TestDatabase.MakeAsync("sqlite");
        var run = await data.ImportAsync("a,b\n1,2\n", "shopify");
        run.State.ShouldBe(ImportState.Failed);
        run.Explanation.ShouldBe("The file has no column 'Name'; it has: a, b.");
    }
}
