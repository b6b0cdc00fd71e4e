using Microsoft.Playwright;
using Regard.Kit;

namespace Regard.Faces;

/// <summary>Somebody who is quicker than the program: what they press or type while a form is on its way neither overtakes it nor is swept away by its answer.</summary>
public class HurryTests(Chromium chromium, DemoVisit demo)
{
    private const string Form = "/changes/new";

    [Fact]
    public async Task who_registers_before_the_added_product_has_come_loses_neither_the_product_nor_a_word()
    {
        await using var boss = await demo.ComeAsync(chromium);
        await FillAsync(boss);
        var answer = new TaskCompletionSource();
        await boss.Page.RouteAsync("**" + Form, async route =>
        {
            if (route.Request.Method == "POST") await answer.Task;
            await route.ContinueAsync();
        });
        var register = (await boss.Button("Register").BoundingBoxAsync())!;
        await boss.Button("Add").ClickAsync();
        await boss.Page.Mouse.ClickAsync(register.X + 5, register.Y + 5);
        await boss.Page.Keyboard.TypeAsync("lost words");
        answer.SetResult();
        await Assertions.Expect(boss.Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Chosen products" }).Locator("tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(boss.Page.Locator("h1")).ToHaveTextAsync("Register a change");
        await Assertions.Expect(boss.Page.GetByLabel("Title")).ToHaveValueAsync("Everything costs more");
        await Assertions.Expect(boss.Page.Locator("[inert]")).ToHaveCountAsync(0);
        boss.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task when_no_answer_comes_everything_typed_stands_there_and_can_be_sent_again()
    {
        await using var boss = await demo.ComeAsync(chromium);
        await FillAsync(boss);
        await boss.Page.RouteAsync("**" + Form, route => route.AbortAsync());
        await boss.PressAsync("Register");
        await Assertions.Expect(boss.Page.GetByLabel("Title")).ToHaveValueAsync("Everything costs more");
        await boss.Page.UnrouteAsync("**" + Form);
        await boss.PressAsync("Add");
        await Assertions.Expect(boss.Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Chosen products" }).Locator("tbody tr")).ToHaveCountAsync(1);
    }

    private static async Task FillAsync(Visitor boss)
    {
        await boss.GoAsync(Form);
        await boss.FillAsync("Title", "Everything costs more");
        await boss.FillAsync("Find a product by number or name", "COF-1001");
        await boss.PressAsync("Find products");
        await Assertions.Expect(boss.Button("Add")).ToBeVisibleAsync();
    }
}
