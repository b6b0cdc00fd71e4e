namespace Regard.Tidy;

public sealed class CSharpTextTests
{
    [Fact]
    public void literals_and_comments_are_no_code_and_positions_stay()
    {
        const string source = "var a = \"x // \\\" y\"; // \"no\"\nvar b = '\"'; /* \"no\" */ var c = @\"d:\\\" + \"\";";
        var read = CSharpText.Read(source);
        read.Code.Length.ShouldBe(source.Length);
        read.Strings.Select(s => s.Text).ShouldBe(["x // \\\" y", "d:\\", ""]);
        read.Code.ShouldContain("var c = ");
        read.Code.ShouldNotContain("no");
    }

    [Fact]
    public void an_interpolated_string_goes_on_after_its_holes()
    {
        var read = CSharpText.Read("""" var q = $"a {work.In("id", $"{x}")} {{ b"; var r = $$"""c {d} {{e("f")}} "g" """; Done(); """");
        read.Strings.Select(s => s.Text).ShouldBe(["id", "{x}", """a {work.In("id", $"{x}")} {{ b""", "f", """c {d} {{e("f")}} "g" """]);
        read.Code.ShouldContain("Done();");
    }
}
