namespace Regard.Texts;

public sealed class TextActsTests
{
    [Theory, Trait("req", "P6")]
    [InlineData("STOP", TextAct.Stop), InlineData(" stop. ", TextAct.Stop), InlineData("Stop all", TextAct.Stop), InlineData("“Stopp!”", TextAct.Stop), InlineData("ABMELDEN", TextAct.Stop)]
    [InlineData("baja", TextAct.Stop), InlineData("Alto 🙏", TextAct.Stop), InlineData("END", TextAct.Stop), InlineData("quit", TextAct.Stop), InlineData("Unsubscribe", TextAct.Stop), InlineData("cancel", TextAct.Stop)]
    [InlineData("START", TextAct.Start), InlineData("unstop", TextAct.Start), InlineData("Yes", TextAct.Start), InlineData("help", TextAct.Help), InlineData("Hilfe!", TextAct.Help), InlineData("¿ayuda?", TextAct.Help)]
    [InlineData("Please cancel my order", TextAct.Words), InlineData("stop calling me", TextAct.Words), InlineData("don't stop", TextAct.Words), InlineData("yes, on Monday", TextAct.Words)]
    [InlineData("", TextAct.Words), InlineData("🙂", TextAct.Words), InlineData(null, TextAct.Words), InlineData("bajada", TextAct.Words)]
    public void a_keyword_counts_only_when_it_is_all_that_was_written(string? body, TextAct act) => TextActs.Read(body).ShouldBe(act);
}

public sealed class TextLengthTests
{
    [Theory]
    [InlineData(0, 0), InlineData(1, 1), InlineData(160, 1), InlineData(161, 2), InlineData(306, 2), InlineData(307, 3), InlineData(1530, 10)]
    public void a_part_holds_160_plain_characters_and_one_of_several_153(int characters, int parts) => TextLength.Of(new string('ä', characters)).ShouldBe(new TextLength(true, characters, parts));

    [Theory]
    [InlineData(70, 1), InlineData(71, 2), InlineData(134, 2), InlineData(135, 3)]
    public void one_sign_that_is_not_plain_makes_the_whole_text_wide(int characters, int parts) => TextLength.Of(new string('a', characters - 1) + "ç").ShouldBe(new TextLength(false, characters, parts));

    [Fact]
    public void a_sign_of_two_places_is_never_torn_apart()
    {
        TextLength.Of(new string('a', 159) + "€").ShouldBe(new TextLength(true, 161, 2));
        // 152 places are taken in the first part: the euro's two go to the second together, and what follows needs a third.
        TextLength.Of(new string('a', 152) + "€" + new string('a', 152)).Parts.ShouldBe(3);
        TextLength.Of(new string('я', 66) + "🙂" + new string('я', 66)).Parts.ShouldBe(3);
    }

    [Fact]
    public void what_is_longer_than_providers_take_does_not_fit()
    {
        TextLength.Of(new string('a', 1530)).Fits.ShouldBeTrue();
        TextLength.Of(new string('a', 1531)).Fits.ShouldBeFalse();
        TextLength.Of("").Fits.ShouldBeFalse();
    }
}

public sealed class DeliveriesTests
{
    [Fact]
    public void F15_whatever_the_order_of_the_reports_the_surest_stands()
    {
        foreach (var one in Enum.GetValues<Delivery>())
            foreach (var other in Enum.GetValues<Delivery>())
            {
                one.And(other).ShouldBe(other.And(one));
                one.And(other).And(one).ShouldBe(one.And(other));
            }
        Delivery.Sent.And(null).ShouldBe(Delivery.Sent);
    }

    [Fact]
    public void only_one_fault_is_the_recipients_own_word()
    {
        var stopped = Enumerable.Range(10_000, 30_000).Select(code => code.ToString(System.Globalization.CultureInfo.InvariantCulture)).Where(code => ProviderFault.Of(code).IsStopped);
        stopped.ShouldBe(["21610"]);
        ProviderFault.Of(null).InWords.ShouldNotBeEmpty();
    }
}
