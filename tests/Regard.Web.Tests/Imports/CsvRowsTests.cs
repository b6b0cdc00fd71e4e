using System.IO.Compression;
using System.Text;
using Regard.Kit;

namespace Regard.Imports;

public sealed class CsvRowsTests
{
    private static List<(long Line, string[] Fields, string Raw)> Read(string text)
    {
        var rows = new CsvRows(new StringReader("h\n" + text));
        var read = new List<(long, string[], string)>();
        while (rows.Read()) read.Add((rows.Line, [.. Enumerable.Range(0, rows.Count).Select(i => rows[i])], rows.Raw));
        return read;
    }

    [Fact]
    public void quotes_line_breaks_and_endings_are_read_as_the_standard_says()
    {
        var rows = Read("a,\"b,\"\"c\"\"\r\nd\",\r\n\n\"\",x\"y\n\"last\",1");
        rows.Select(row => row.Fields).ShouldBe([["a", "b,\"c\"\r\nd", ""], ["", "x\"y"], ["last", "1"]]);
        rows.Select(row => row.Line).ShouldBe([2, 5, 6]);
        rows[0].Raw.ShouldBe("a,\"b,\"\"c\"\"\r\nd\",");
    }

    [Fact]
    public void rows_that_cross_the_buffer_are_whole()
    {
        var text = new StringBuilder();
        for (var n = 0; n < 3000; n++) text.Append(n).Append(",\"").Append('x', n % 200).Append("\n\"\"").Append(n).Append("\",").Append('y', n % 61).Append('\n');
        var rows = Read(text.ToString());
        rows.Count.ShouldBe(3000);
        for (var n = 0; n < 3000; n++) rows[n].Fields.ShouldBe([$"{n}", $"{new string('x', n % 200)}\n\"{n}", new string('y', n % 61)]);
    }

    [Fact]
    public void a_quote_that_is_never_closed_ends_with_words_and_not_with_the_memory()
    {
        var rows = new CsvRows(new StringReader("h\n1\n\"" + new string('x', 5_000_000)));
        rows.Read().ShouldBeTrue();
        Should.Throw<ImportRefusal>(() => rows.Read()).Message.ShouldContain("from line 3 on");
    }

    [Fact]
    public async Task a_packed_file_that_was_cut_off_fails_and_keeps_what_came_before()
    {
        await using var data = await TestDatabase.MakeAsync("sqlite");
        var text = new StringBuilder("InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n");
        for (var n = 0; n < 20_000; n++) text.Append($"{1000 + n},{10000 + n * 7919 % 5000},THING {n * 104729 % 99991},{1 + n % 9},2011-01-01 10:00:00,1.25,{n % 50}.0,France\n");
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) await gzip.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()));
        var path = Path.Combine(data.Settings.DataFolder, "cut.csv.gz");
        await File.WriteAllBytesAsync(path, packed.ToArray()[..(int)(packed.Length / 2)]);
        var run = await data.ImportFileAsync(path, "online-retail");
        run.State.ShouldBe(ImportState.Failed);
        run.Report.New.ShouldBeGreaterThan(1000);
    }
}
