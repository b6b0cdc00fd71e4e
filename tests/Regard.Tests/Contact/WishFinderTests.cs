namespace Regard.Contact;

/// <summary>Sentences that say a wish, and sentences that only look like it.</summary>
public sealed class WishFinderTests
{
    [Theory, Trait("req", "P6")]
    [InlineData("Please stop calling me.", FoundKind.NoPhone)]
    [InlineData("Could you please stop calling me?", FoundKind.NoPhone)]
    [InlineData("Don’t call me again!", FoundKind.NoPhone)]
    [InlineData("I do not want any more calls, thank you.", FoundKind.NoPhone)]
    [InlineData("Never phone us any more", FoundKind.NoPhone)]
    [InlineData("And no more phone calls please", FoundKind.NoPhone)]
    [InlineData("Please contact me only by e-mail.", FoundKind.OnlyEmail)]
    [InlineData("Stop calling me, e-mail only please.", FoundKind.OnlyEmail)]
    [InlineData("I'd prefer to be contacted by email", FoundKind.OnlyEmail)]
    [InlineData("Please write instead of calling.", FoundKind.OnlyEmail)]
    [InlineData("I would prefer a phone call.", FoundKind.OnlyPhone)]
    [InlineData("Stop sending me these emails", FoundKind.NoEmail)]
    [InlineData("Please stop texting me.", FoundKind.NoText)]
    [InlineData("No more text messages, please.", FoundKind.NoText)]
    [InlineData("Don't text me any more", FoundKind.NoText)]
    [InlineData("Please stop calling and stop texting me.", FoundKind.NoPhone)]
    [InlineData("No texts, e-mail only please.", FoundKind.OnlyEmail)]
    [InlineData("Unsubscribe", FoundKind.NoOffers)]
    [InlineData("Take me off your mailing list.", FoundKind.NoOffers)]
    [InlineData("I don't want any of your newsletters", FoundKind.NoOffers)]
    [InlineData("Leave me alone.", FoundKind.NothingAtAll)]
    [InlineData("Do not contact me again.", FoundKind.NothingAtAll)]
    [InlineData("You write too many emails.", FoundKind.LessOften)]
    [InlineData("Bitte rufen Sie mich nicht mehr an.", FoundKind.NoPhone)]
    [InlineData("Hören Sie bitte auf, mich anzurufen!", FoundKind.NoPhone)]
    [InlineData("Ich möchte nicht mehr angerufen werden.", FoundKind.NoPhone)]
    [InlineData("Kontakt bitte nur per E-Mail.", FoundKind.OnlyEmail)]
    [InlineData("Keine Werbung mehr, bitte", FoundKind.NoOffers)]
    [InlineData("Lassen Sie mich endlich in Ruhe.", FoundKind.NothingAtAll)]
    [InlineData("Schreiben Sie mir bitte seltener.", FoundKind.LessOften)]
    [InlineData("Bitte schicken Sie mir keine SMS mehr.", FoundKind.NoText)]
    [InlineData("Por favor, no me envíen más mensajes de texto.", FoundKind.NoText)]
    [InlineData("Por favor, no me llamen más.", FoundKind.NoPhone)]
    [InlineData("Dejen de llamarme.", FoundKind.NoPhone)]
    [InlineData("Escríbanme solo por correo.", FoundKind.OnlyEmail)]
    [InlineData("No quiero recibir más publicidad.", FoundKind.NoOffers)]
    [InlineData("Déjenme en paz", FoundKind.NothingAtAll)]
    public void what_says_a_wish_is_found(string text, FoundKind kind) => WishFinder.Find(text).Select(found => found.Kind).ShouldBe([kind]);

    [Theory, Trait("req", "P6")]
    [InlineData("Don't stop calling me, I like to hear from you.")]
    [InlineData("Please do not ever stop sending me the newsletter.")]
    [InlineData("I don't mind calls at all.")]
    [InlineData("You never called me back!")]
    [InlineData("Nobody called, and no more calls came.")]
    [InlineData("Why did you stop calling me?")]
    [InlineData("Please don't call me before ten.")]
    [InlineData("Don't call me today, I am at the dentist's.")]
    [InlineData("Do not contact me until Monday.")]
    [InlineData("I only emailed you once.")]
    [InlineData("Don't call it a refund when it is a voucher.")]
    [InlineData("Your email only arrived today.")]
    [InlineData("I got no calls from you.")]
    [InlineData("I will stop by your shop and call a taxi.")]
    [InlineData("Please call me, I prefer to talk.")]
    [InlineData("The calling card did not work; stop the order.")]
    [InlineData("I got no texts from you.")]
    [InlineData("Please don't stop texting me, it is the only way that works.")]
    [InlineData("Don't text me before ten.")]
    [InlineData("Ich habe keine SMS von Ihnen bekommen.")]
    [InlineData("No me envíen mensajes de texto por la noche.")]
    [InlineData("Hören Sie nicht auf, mich anzurufen.")]
    [InlineData("Bitte rufen Sie mich nicht vor zehn Uhr an.")]
    [InlineData("Sie haben mich nicht angerufen.")]
    [InlineData("Ich habe keine E-Mails von Ihnen bekommen.")]
    [InlineData("Warum rufen Sie mich nicht an?")]
    [InlineData("No dejen de llamarme, por favor.")]
    [InlineData("No me llamen antes de las diez.")]
    [InlineData("No me llamaron.")]
    [InlineData("Nadie me llamó, no más llamadas perdidas.")]
    [InlineData("> Please stop calling me.\nThat was what I wrote last year, all is well now")]
    public void what_only_looks_like_a_wish_is_left_alone(string text) => WishFinder.Find(text).ShouldBeEmpty();

    [Fact, Trait("req", "P6")]
    public void the_sentence_is_marked_where_it_stands()
    {
        const string text = "Hello,\n\nthe parcel arrived, thank you. Please stop\ncalling me at once and send no more offers! Best,\nAnna";
        var found = WishFinder.Find(text);
        found.Select(one => one.Kind).ShouldBe([FoundKind.NoPhone, FoundKind.NoOffers], ignoreOrder: true);
        text.Substring(found[0].Start, found[0].Length).ShouldBe("Please stop\ncalling me at once and send no more offers!");
        WishFinder.Find(new string('a', 1_000_000) + " stop calling me").ShouldBeEmpty();
        WishFinder.Find("").ShouldBeEmpty();
    }

    [Fact]
    public void what_is_found_never_permits_more()
    {
        foreach (var kind in Enum.GetValues<FoundKind>().Where(kind => kind is not (FoundKind.OnlyEmail or FoundKind.OnlyPhone)))
            GateKit.Permitted(GateKit.Wishes(GateKit.Said(new FoundWish(0, 1, kind).Wish, GateKit.Noon - Duration.FromDays(1)))).IsSubsetOf(GateKit.Permitted(Wishes.Unsaid)).ShouldBeTrue(kind.ToString());
    }
}
