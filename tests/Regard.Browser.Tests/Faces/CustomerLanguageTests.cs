using Microsoft.Playwright;
using Regard.Kit;

namespace Regard.Faces;

/// <summary>Customers' pages in each language of the house: for everybody, on every screen, with and without scripts.</summary>
public class CustomerLanguageTests(Chromium chromium, DemoVisit demo)
{
    [Theory, Trait("req", "M1"), Trait("pace", "long")]
    [InlineData("en", "dark")]
    [InlineData("de", "light")]
    [InlineData("es", "light")]
    public async Task nobody_is_shut_out_in_any_language(string tag, string theme)
    {
        var language = HouseLanguages.Read(tag)!.Value;
        var options = new BrowserNewContextOptions { ColorScheme = theme == "dark" ? ColorScheme.Dark : ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce };
        await using var customer = await demo.ComeAsCustomerAsync(chromium, options);
        await customer.ChooseAsync(language);
        var found = new List<string>();
        foreach (var path in DemoVisit.PortalPaths.Where(path => path != "/sign-in").Concat(await demo.LinksAsync("Maria Gruber")))
        {
            await customer.Page.SetViewportSizeAsync(1100, 900);
            (await customer.GoAsync(path)).ShouldBe(path.EndsWith("/none", StringComparison.Ordinal) ? 404 : 200, path);
            (await customer.Page.GetAttributeAsync("html", "lang")).ShouldBe(tag, path);
            found.AddRange((await Axe.FindAsync(customer.Page)).Select(finding => $"{path} ({tag}): {finding}"));
            await Pictures.TakeAsync(customer.Page, $"{tag}-{theme}");
            await customer.Page.SetViewportSizeAsync(360, 740);
            var width = await customer.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            if (width > 360) found.Add($"{path} ({tag}) is {width} wide on a small telephone");
            found.AddRange((await Axe.FindAsync(customer.Page)).Select(finding => $"{path} ({tag}, 360): {finding}"));
            await Pictures.TakeAsync(customer.Page, $"{tag}-{theme}");
            found.AddRange((await Keyboard.WalkAsync(customer.Page, 25)).Select(fault => $"{path} ({tag}): {fault}"));
        }
        found.ShouldBeEmpty();
        customer.Complaints.ShouldBeEmpty();
    }

    [Theory, InlineData(true), InlineData(false), Trait("req", "P6")]
    public async Task by_a_mails_link_one_says_all_of_it_sees_what_it_means_and_saves(bool hasScripts)
    {
        await using var reader = await Visitor.ComeAsync(chromium, demo.Shop, new BrowserNewContextOptions { JavaScriptEnabled = hasScripts, Locale = "de-AT" });
        await reader.GoAsync((await demo.LinksAsync(hasScripts ? "Claire Rousseau" : "Ruth Abbott"))[0]);
        await reader.PressAsync("Deutsch");
        await reader.SeesAsync("Dieser Link gilt für");
        await reader.Page.Locator("#field-care_1").SelectOptionAsync("email");
        await reader.Page.Locator("#field-care_2").SelectOptionAsync("phone");
        await reader.Page.Locator("summary", new PageLocatorOptions { HasText = "An welchen Tagen" }).ClickAsync();
        await reader.Page.GetByLabel("Freitag, von", new PageGetByLabelOptions { Exact = true }).FillAsync("22:00");
        await reader.Page.GetByLabel("Freitag, bis", new PageGetByLabelOptions { Exact = true }).FillAsync("01:30");
        await reader.FillAsync("Bitte nur diese Person", "Maria");
        await reader.PressAsync("Was würde das bedeuten?");
        await reader.SeesAsync("Noch ist nichts geändert");
        await Assertions.Expect(reader.Page.Locator("#wishes")).ToContainTextAsync("per E-Mail, dann telefonisch");
        await Assertions.Expect(reader.Page.Locator("#wishes")).ToContainTextAsync("Fr 22:00–01:30");
        await reader.PressAsync("Speichern");
        await reader.SeesAsync("Gespeichert. Es gilt ab jetzt.");
        await Assertions.Expect(reader.Page.Locator("#wishes")).ToContainTextAsync("Kontakt nur mit Maria.");
        await Assertions.Expect(reader.Page.Locator("#field-care_2")).ToHaveValueAsync("phone");
        reader.Complaints.ShouldBeEmpty();
    }
}
