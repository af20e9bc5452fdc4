using Convene.Server.Tests;
using Microsoft.Playwright;

namespace Convene.Web.Tests.Stories;

[Collection(InChromium.Name)]
public sealed class AccountPages(Chromium chromium)
{
    [BrowserFact]
    public async Task Somebody_signs_up_out_and_in_again()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        await using var ana = await Visitor.Comes(chromium, house, zone: "Asia/Kathmandu");

        await ana.Goes("/");
        await ana.IsAt("**/login");
        await ana.Page.GetByRole(AriaRole.Link, new() { Name = "Create an account" }).ClickAsync();
        await ana.Registers("Ana");

        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Account of Ana" }).ClickAsync();
        await ana.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Sign out" }).ClickAsync();
        await ana.IsAt("**/login");
        await ana.SignsIn("ana@example.com");
        ana.DidNothingWrong();
    }

    [BrowserFact]
    public async Task What_is_wrong_stands_beside_its_field_in_the_servers_words()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        await using var ana = await Visitor.Comes(chromium, house);
        await ana.Goes("/register");
        await ana.Page.GetByLabel("E-mail address").FillAsync("nobody");
        await ana.Page.GetByLabel("Password").FillAsync("short");
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Create account" }).ClickAsync();

        await Assertions.Expect(ana.Page.GetByLabel("E-mail address")).ToHaveAccessibleDescriptionAsync(Visitor.Saying("Enter a valid email address."));
        await Assertions.Expect(ana.Page.GetByLabel("E-mail address")).ToBeFocusedAsync();
        await Assertions.Expect(ana.Page.GetByLabel("Password")).ToHaveAccessibleDescriptionAsync(Visitor.Saying("at least 8 characters"));
        ana.MayBeRefused();
        ana.DidNothingWrong();
    }
}
