using System.Net;
using System.Net.Sockets;
using Convene.Server.Features.Admin;
using Convene.Server.Tests;
using Convene.Web.Tests.Looks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Convene.Web.Tests.Stories;

/// The pages of administrators.
[Collection(InChromium.Name)]
public sealed class Administration(Chromium chromium)
{
    [BrowserFact]
    public async Task From_the_token_of_the_console_to_somebody_who_is_not_let_in()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var token = await house.Services.GetRequiredService<OfferAdministration>().Handle();
        var ben = await house.SignUp("ben", "UTC");
        await using var ada = await Visitor.Comes(chromium, house, zone: "UTC");
        await ada.Registers("Ada");
        await Expect(ada.Page.GetByRole(AriaRole.Link, new() { Name = "Administration" })).Not.ToBeVisibleAsync();

        // The token, mistyped at first.
        await ada.Goes("/admin/");
        await Expect(ada.Page.GetByText("There is no administrator yet")).ToBeVisibleAsync();
        await ada.Field("Token").FillAsync("guessed");
        await ada.Press("Become administrator");
        await Expect(ada.Field("Token")).ToHaveAccessibleDescriptionAsync(Visitor.Saying("This token is wrong or expired."));
        await Expect(ada.Field("Token")).ToBeFocusedAsync();
        await ada.Field("Token").FillAsync($" {token} ");
        await ada.Page.Keyboard.PressAsync("Enter");
        await Expect(ada.Page.GetByText("You are the administrator now")).ToBeVisibleAsync();
        await ada.IsAt("**/admin/people");
        await Expect(ada.Page.GetByRole(AriaRole.Link, new() { Name = "Administration" })).ToBeVisibleAsync();

        // Ben, by keyboard: asked first, then done.
        await ada.Field("Search").FillAsync("ben@");
        await Expect(ada.Page.GetByText("1 person", new() { Exact = true })).ToBeVisibleAsync();
        ada.Page.Url.ShouldEndWith("/admin/people?search=ben%40");
        var more = ada.Page.GetByRole(AriaRole.Button, new() { Name = "What to do with Ben" });
        await more.FocusAsync();
        await ada.Page.Keyboard.PressAsync("Enter");
        await ada.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Deactivate" }).FocusAsync();
        await ada.Page.Keyboard.PressAsync("Enter");
        var dialog = ada.Page.GetByRole(AriaRole.Dialog, new() { Name = "Deactivate the account of Ben?" });
        await Expect(dialog).ToBeVisibleAsync();
        await ada.Page.Keyboard.PressAsync("Escape");
        await Expect(dialog).Not.ToBeVisibleAsync();
        await Expect(more).ToBeFocusedAsync();
        (await ben.Get("/api/auth/me/")).ShouldBe(200);
        await Choose(ada, "Ben", "Deactivate");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Deactivate" }).ClickAsync();
        await Expect(ada.Page.GetByText("The account of Ben is deactivated")).ToBeVisibleAsync();
        await Expect(ada.Page.GetByRole(AriaRole.Listitem).GetByText("Deactivated", new() { Exact = true })).ToBeVisibleAsync();
        (await ben.Get("/api/auth/me/")).ShouldBe(401);

        // It is in the audit, who did it, and to whom.
        await Choose(ada, "Ben", "What happened to this account");
        var entry = ada.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Account deactivated" });
        await Expect(entry.GetByRole(AriaRole.Link, new() { Name = "ada@example.com" })).ToBeVisibleAsync();
        await Expect(entry.GetByRole(AriaRole.Link, new() { Name = "ben@example.com" })).ToBeVisibleAsync();

        // And in again: nothing is asked about what can be taken back.
        await ada.Goes("/admin/people?who=deactivated");
        await Choose(ada, "Ben", "Let in again");
        await Expect(ada.Page.GetByText("Ben can sign in again")).ToBeVisibleAsync();
        await Expect(ada.Page.GetByText("Nothing fits")).ToBeVisibleAsync();
        await ben.SignIn();
        ada.MayBeRefused();
        ada.DidNothingWrong();
    }

    [BrowserFact]
    public async Task Who_is_no_administrator_is_told_so()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        await Administrator(house);
        var ben = await house.SignUp("ben", "UTC");
        await using var there = await Visitor.Comes(chromium, house, zone: "UTC");
        await there.Is(ben, house);
        await there.Goes("/admin/outbox");
        await Expect(there.Page.GetByText("Only administrators go here")).ToBeVisibleAsync();
        await Expect(there.Field("Token")).Not.ToBeVisibleAsync();
        there.DidNothingWrong();
    }

    [BrowserFact]
    public async Task Mail_that_failed_is_tried_again()
    {
        // A port that nobody listens on: every attempt fails at once.
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine, "EMAIL_HOST=127.0.0.1", $"EMAIL_PORT={port}");
        var admin = await Administrator(house);
        await house.DeliverMail();
        await using var ada = await Visitor.Comes(chromium, house, zone: "UTC");
        await ada.Is(admin, house);
        await ada.Goes("/admin/outbox");
        var mail = ada.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Confirm your e-mail address" });
        await Expect(mail.GetByText("1 attempt")).ToBeVisibleAsync();

        // Given up, undone, given up for good: it has failed.
        await mail.GetByRole(AriaRole.Button, new() { Name = "Give up" }).ClickAsync();
        await Expect(mail.GetByText("Given up", new() { Exact = true })).ToBeVisibleAsync();
        await ada.Press("Undo");
        await Expect(mail.GetByText("On its way", new() { Exact = true })).ToBeVisibleAsync();
        (await house.DeliverMail()).ShouldBe(1, "it is due at once");
        await mail.GetByRole(AriaRole.Button, new() { Name = "Give up" }).ClickAsync();
        await ada.Goes("/admin/outbox?state=failed");
        await Expect(mail.GetByText("2 attempts")).ToBeVisibleAsync();
        await Expect(mail.GetByText("Given up by an administrator. Before:")).ToBeVisibleAsync();

        // One, then all that failed.
        await mail.GetByRole(AriaRole.Button, new() { Name = "Try now" }).ClickAsync();
        await Expect(ada.Page.GetByText("Nothing fits")).ToBeVisibleAsync();
        (await house.DeliverMail()).ShouldBe(1);
        await ada.Press("Clear");
        await mail.GetByRole(AriaRole.Button, new() { Name = "Give up" }).ClickAsync();
        await ada.Press("Try 1 failed mail again");
        await ada.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Try all again" }).ClickAsync();
        await Expect(ada.Page.GetByText("1 mail is tried at once")).ToBeVisibleAsync();
        await Expect(mail.GetByText("On its way", new() { Exact = true })).ToBeVisibleAsync();
        (await house.DeliverMail()).ShouldBe(1);
        ada.DidNothingWrong();
    }

    [BrowserFact]
    public async Task A_meeting_is_cancelled_with_a_reason()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var admin = await Administrator(house);
        var ben = await house.SignUp("ben", "UTC");
        await ben.Book("Standup", "2030-03-05T10:00Z", "2030-03-05T10:30Z", "cho@example.com");
        await using var ada = await Visitor.Comes(chromium, house, zone: "UTC");
        await ada.Is(admin, house);
        await ada.Goes("/admin/meetings?search=ben");
        var cancel = ada.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel meeting “Standup”" });
        await cancel.ClickAsync();
        var dialog = ada.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByLabel("Reason")).ToBeFocusedAsync();
        await ada.Page.Keyboard.PressAsync("Escape");
        await Expect(cancel).ToBeFocusedAsync();
        await ada.Page.Keyboard.PressAsync("Enter");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel meeting" }).ClickAsync();
        await Expect(dialog.GetByLabel("Reason")).ToHaveAccessibleDescriptionAsync(Visitor.Saying("may not be blank"));
        await dialog.GetByLabel("Reason").FillAsync("The office is closed.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel meeting" }).ClickAsync();
        await Expect(ada.Page.GetByText("The meeting is cancelled. Its host and everybody invited are told.")).ToBeVisibleAsync();
        await Expect(ada.Page.GetByRole(AriaRole.Listitem).GetByText("Cancelled", new() { Exact = true })).ToBeVisibleAsync();

        // Before → after, and why.
        await ada.Page.GetByRole(AriaRole.Link, new() { Name = "Audit of “Standup”" }).ClickAsync();
        var entry = ada.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Reason: The office is closed." });
        await Expect(entry.GetByRole(AriaRole.Row, new() { Name = "Status Scheduled Cancelled" })).ToBeVisibleAsync();
        await ada.Field("What").SelectOptionAsync("meeting.created");
        await Expect(ada.Page.GetByText("1 entry", new() { Exact = true })).ToBeVisibleAsync();
        await ada.Page.GetByText("7 values").ClickAsync();
        await Expect(ada.Page.GetByRole(AriaRole.Row, new() { Name = "Participants: cho@example.com Attendee" })).ToBeVisibleAsync();
        ada.MayBeRefused();
        ada.DidNothingWrong();
    }

    [BrowserFact]
    public async Task On_a_phone_no_page_of_theirs_scrolls_sideways()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var (_, kickoff) = await Sample.Fill(house);
        await using var ada = await Visitor.Comes(chromium, house, width: 390, height: 844);
        await ada.Is(await Sample.Administer(house, kickoff), house);
        foreach (var (name, path) in Pages.Administration)
        {
            await ada.Goes(path);
            (await ada.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBe(390, name);
        }

        ada.DidNothingWrong();
    }

    private static async Task<Caller> Administrator(TestHouse house)
    {
        var admin = await house.SignUp("ada", "UTC");
        var token = await house.Services.GetRequiredService<OfferAdministration>().Handle();
        (await admin.Post("/api/admin/claim/", new { token })).ShouldBe(200);
        return admin;
    }

    private static async Task Choose(Visitor visitor, string name, string what)
    {
        await visitor.Press($"What to do with {name}");
        await visitor.Page.GetByRole(AriaRole.Menuitem, new() { Name = what }).ClickAsync();
    }

    private static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);
}
