using Convene.Server.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

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
    public async Task A_forgotten_password_is_set_by_the_mails_link_and_a_used_link_says_so()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        await house.SignUp("ana");
        await using var ana = await Visitor.Comes(chromium, house);
        await ana.Goes("/login");
        await ana.Page.GetByRole(AriaRole.Link, new() { Name = "Forgot your password?" }).ClickAsync();
        await ana.Field("E-mail address").FillAsync("ana@example.com");
        await ana.Press("Send the link");
        await Expect(ana.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "mail" })).ToBeVisibleAsync();
        await house.DeliverMail();
        var mail = (await house.Mails()).Single(m => m.Text.Contains("/reset-password#token=", StringComparison.Ordinal));

        async Task Sets(string password)
        {
            await ana.Goes($"/reset-password#token={mail.Token}");
            await ana.Field("New password").FillAsync(password);
            await ana.Field("The same again").FillAsync(password);
            await ana.Press("Set the password");
        }
        await Sets("fresh-horse-8");
        await Expect(ana.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "password" })).ToBeVisibleAsync();
        await Sets("stale-horse-9");
        await Expect(ana.Page.GetByRole(AriaRole.Alert).GetByText("This link is invalid, used or expired. Ask for a new one.", new() { Exact = true })).ToBeVisibleAsync();
        await ana.Page.GetByRole(AriaRole.Link, new() { Name = "Ask for a new link" }).ClickAsync();
        await ana.IsAt("**/forgot-password");
        ana.MayBeRefused();
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

        await Expect(ana.Page.GetByLabel("E-mail address")).ToHaveAccessibleDescriptionAsync(Visitor.Saying("Enter a valid email address."));
        await Expect(ana.Page.GetByLabel("E-mail address")).ToBeFocusedAsync();
        await Expect(ana.Page.GetByLabel("Password")).ToHaveAccessibleDescriptionAsync(Visitor.Saying("at least 8 characters"));
        ana.MayBeRefused();
        ana.DidNothingWrong();
    }
}
