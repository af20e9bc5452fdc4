using Convene.Server.Tests;
using Convene.Web.Tests.Looks;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Convene.Web.Tests.Stories;

/// Keys for programs of one's own, and another password.
[Collection(InChromium.Name)]
public sealed class SecurityPage(Chromium chromium)
{
    [BrowserFact]
    public async Task A_key_is_made_copied_this_once_used_and_revoked()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana", "UTC");
        await using var there = await Visitor.Comes(chromium, house, zone: "UTC");
        await there.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await there.Is(ana, house);
        await there.Goes("/dashboard/settings");
        await there.Page.GetByRole(AriaRole.Link, new() { Name = "Manage security" }).ClickAsync();
        await Expect(there.Page.GetByText("There are none.")).ToBeVisibleAsync();

        await there.Press("Make a key");
        var asking = there.Page.GetByRole(AriaRole.Dialog, new() { Name = "Make a key" });
        await Expect(there.Field("What for")).ToBeFocusedAsync();
        await asking.GetByRole(AriaRole.Button, new() { Name = "Make a key" }).ClickAsync();
        await Expect(there.Field("What for")).ToHaveAccessibleDescriptionAsync(Visitor.Saying("This field may not be blank."));
        await there.Field("What for").FillAsync("Office screen");
        await Expect(there.Field("What it may do").GetByRole(AriaRole.Option)).ToHaveCountAsync(2);
        await there.Field("It works for").SelectOptionAsync("30");
        await asking.GetByRole(AriaRole.Button, new() { Name = "Make a key" }).ClickAsync();
        await Expect(there.Field("Your password")).ToHaveAccessibleDescriptionAsync(Visitor.Saying("This field is required."));
        await there.Field("Your password").FillAsync(Caller.Password);
        await Accessibility.Check(there, "key-new");
        await asking.GetByRole(AriaRole.Button, new() { Name = "Make a key" }).ClickAsync();

        var shown = there.Page.GetByRole(AriaRole.Dialog, new() { Name = "Office screen" });
        await Expect(shown.GetByText("It is not shown again.")).ToBeVisibleAsync();
        await Accessibility.Check(there, "key-shown");
        await there.Press("Copy");
        await Expect(there.Page.GetByText("Copied", new() { Exact = true })).ToBeVisibleAsync();
        var key = await there.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()");
        await there.Press("I have it");
        await Expect(shown).Not.ToBeVisibleAsync();

        var program = house.Somebody();
        program.Bearer(key);
        (await program.Get("/api/meetings/")).ShouldBe(200);
        (await program.TryBook("Mine", "2030-03-05T10:00Z", "2030-03-05T11:00Z")).ShouldBe(403);
        await there.Page.ReloadAsync();
        await there.Settled();
        var row = there.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Office screen" });
        await Expect(row).ToContainTextAsync($"…{key[^4..]} · never used · until 3 Apr 2030");
        (await there.Page.ContentAsync()).ShouldNotContain(key);

        await row.GetByRole(AriaRole.Button, new() { Name = "Revoke: Office screen" }).ClickAsync();
        await there.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Revoke", Exact = true }).ClickAsync();
        await Expect(there.Page.GetByText("There are none.")).ToBeVisibleAsync();
        (await program.Get("/api/meetings/")).ShouldBe(401);
        there.MayBeRefused();
        there.DidNothingWrong();
    }

    [BrowserFact]
    public async Task Another_password_signs_everybody_else_out()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana", "UTC");
        await using var there = await Visitor.Comes(chromium, house, zone: "UTC");
        await there.Is(ana, house);
        await there.Goes("/dashboard/settings/security");
        await there.Field("Present password").FillAsync("wrong-horse");
        await there.Field("New password").FillAsync("fresh-horse-8");
        await there.Field("The same again").FillAsync("fresh-horse-8");
        await there.Press("Change password");
        await Expect(there.Field("Present password")).ToHaveAccessibleDescriptionAsync(Visitor.Saying("Old password is incorrect."));
        await there.Field("Present password").FillAsync(Caller.Password);
        await there.Press("Change password");
        await Expect(there.Page.GetByText("Password changed successfully.")).ToBeVisibleAsync();
        (await ana.Get("/api/auth/me/")).ShouldBe(401);
        await Expect(there.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "this one" })).ToHaveCountAsync(1);
        there.MayBeRefused();
        there.DidNothingWrong();
    }

    [BrowserFact]
    public async Task Whoever_is_signed_out_from_elsewhere_sees_nothing_more_without_a_press()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana", "UTC");
        await using var there = await Visitor.Comes(chromium, house, zone: "UTC");
        await there.Is(ana, house);
        var why = there.Page.GetByText("You are signed out");
        await there.Goes("/login");
        await Expect(there.Field("Password")).ToBeVisibleAsync();
        await Expect(why).Not.ToBeVisibleAsync();
        await there.Goes("/dashboard/meetings");
        await Expect(there.Page.GetByRole(AriaRole.Heading, new() { Name = "Meetings", Level = 1 })).ToBeVisibleAsync();
        await ana.SignIn();
        (await ana.Delete("/api/auth/sessions/")).ShouldBe(204);
        await there.IsAt("**/login?next=*");
        await Expect(why).ToBeVisibleAsync();
        await Accessibility.Check(there, "login-signed-out");
        there.MayBeRefused();
        there.DidNothingWrong();
    }

    [BrowserFact]
    public async Task Who_guesses_too_often_is_told_how_long_to_wait()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine, "SIGN_IN_FAILURES_PER_HOUR=2");
        await house.SignUp("ana", "UTC");
        await using var there = await Visitor.Comes(chromium, house, zone: "UTC");
        await there.Goes("/login");
        await there.Field("E-mail address or user name").FillAsync("ana@example.com");
        foreach (var told in (string[])["No active account found", "No active account found", "Too many attempts. Try again in 30 seconds."])
        {
            await there.Field("Password").FillAsync("wrong-horse");
            await there.Press("Sign in");
            await Expect(there.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = told })).ToBeVisibleAsync();
        }

        there.MayBeRefused();
        there.DidNothingWrong();
    }
}
