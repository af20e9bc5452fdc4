using Convene.Server.Tests;
using Convene.Server.Tests.Peers;
using Microsoft.Playwright;

namespace Convene.Web.Tests.Stories;

/// Two people in two browsers.
[Collection(InChromium.Name)]
public sealed class TwoPeople(Chromium chromium)
{
    [BrowserAndSmtpFact]
    public async Task From_signing_up_to_an_answered_moved_extended_and_cancelled_meeting()
    {
        await using var smtp = await SmtpServer.Start();
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine, smtp.Settings);
        await using var ana = await Visitor.Comes(chromium, house, zone: "Europe/Berlin");
        await using var ben = await Visitor.Comes(chromium, house, zone: "Asia/Kathmandu");
        await ana.Registers("Ana");
        await ben.Registers("Ben");
        await Expect(ben.Page.GetByText("All answered")).ToBeVisibleAsync();

        // Ana: keyboard first.
        await ana.Page.Keyboard.PressAsync("c");
        await ana.IsAt("**/meetings/new");
        await Expect(ana.Field("Title")).ToBeFocusedAsync();
        await ana.Page.Keyboard.TypeAsync("Kickoff");
        await ana.Field("Date").FillAsync("2030-03-05");
        await ana.Types("Start", "10:00");
        await ana.Types("End", "11:00");
        await ana.Pastes("People", "Ben <ben@example.com>; cho@example.com\ndee@example.com");
        await ana.Press("Create and invite");
        await ana.IsAt("**/meetings/*-*");
        await Expect(ana.Page.GetByText("Invitations are on their way to 3 people")).ToBeVisibleAsync();
        var meeting = ana.Page.Url;
        (await Mail(house, smtp, "Invitation: Kickoff")).Method.ShouldBe("REQUEST");

        // Ben sees it without doing anything, on his own clocks with hers beside them, and says yes with one press.
        var asked = ben.Page.GetByRole(AriaRole.Group, new() { Name = "Your answer to “Kickoff”" });
        await Expect(asked).ToBeVisibleAsync();
        await Expect(ben.Page.GetByText("14:45–15:45").First).ToBeVisibleAsync();
        await asked.GetByRole(AriaRole.Button, new() { Name = "Yes" }).ClickAsync();
        await Expect(ben.Page.GetByText("You accepted “Kickoff”")).ToBeVisibleAsync();

        // Ana sees that, too.
        await Expect(ana.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Ben" }).GetByText("Accepted")).ToBeVisibleAsync();

        // She moves it; he looks at it meanwhile.
        await ben.Page.GetByRole(AriaRole.Link, new() { Name = "Kickoff" }).First.ClickAsync();
        await Expect(ben.Page.GetByText("10:00–11:00 Berlin")).ToBeVisibleAsync();
        await ana.Page.GetByRole(AriaRole.Link, new() { Name = "Edit" }).ClickAsync();
        await ana.Types("Start", "930");
        await Expect(ana.Field("End")).ToHaveValueAsync("10:30");
        await ana.Press("Save and tell everybody");
        await ana.IsAt(meeting);
        await Expect(ben.Page.GetByText("09:30–10:30 Berlin")).ToBeVisibleAsync();
        (await Mail(house, smtp, "Updated: Kickoff")).Text.ShouldContain("Time changed: Tuesday, 5 March 2030, 14:45–15:45 (Asia/Kathmandu, UTC+05:45) → Tuesday, 5 March 2030, 14:15–15:15");

        // It takes longer.
        await ana.Page.GetByRole(AriaRole.Link, new() { Name = "Edit" }).ClickAsync();
        await ana.Types("End", "1115");
        await ana.Press("Save and tell everybody");
        await ana.IsAt(meeting);
        await Expect(ben.Page.GetByText("09:30–11:15 Berlin")).ToBeVisibleAsync();
        (await Mail(house, smtp, "Updated: Kickoff")).Text.ShouldContain("→ Tuesday, 5 March 2030, 14:15–16:00");

        // Cancelled, undone: nobody heard of it.
        await ana.Press("Cancel meeting");
        await Expect(ana.Page.GetByText("“Kickoff” is cancelled")).ToBeVisibleAsync();
        await Expect(ana.Page.GetByText("Cancelled", new() { Exact = true })).ToBeVisibleAsync();
        await ana.Press("Undo");
        await Expect(ana.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel meeting" })).ToBeVisibleAsync();

        // Cancelled for good: who leaves the page means it.
        await ana.Press("Cancel meeting");
        await ana.Page.GotoAsync("about:blank");
        await Expect(ben.Page.GetByText("Cancelled", new() { Exact = true })).ToBeVisibleAsync();
        (await Mail(house, smtp, "Cancelled: Kickoff")).Method.ShouldBe("CANCEL");
        ana.DidNothingWrong();
        ben.DidNothingWrong();
    }

    /// The newest mail to Ben of this subject, as it reached the SMTP server.
    private static async Task<ReceivedMail> Mail(TestHouse house, SmtpServer smtp, string subject)
    {
        await house.DeliverMail();
        return (await smtp.Mails()).Last(m => m.To.Contains("ben@example.com", StringComparison.Ordinal) && m.Subject.StartsWith(subject, StringComparison.Ordinal));
    }

    [BrowserFact]
    public async Task What_two_change_at_once_is_not_lost()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana");
        var ben = await house.SignUp("ben");
        var reply = await ana.Book("Standup", "2030-03-05T10:00Z", "2030-03-05T10:30Z", "ben@example.com");
        var part = reply["participants"]![0]!["id"];
        (await ana.Patch($"/api/meetings/{reply.Id}/participants/{part}/", new { role = "cohost" })).ShouldBe(200);
        await using var there = await Visitor.Comes(chromium, house);
        await there.Is(ana, house);
        await there.Goes($"/dashboard/meetings/{reply.Id}/edit");
        await there.Field("Title").FillAsync("Daily");

        // Another part: both changes stand.
        (await ben.Patch($"/api/meetings/{reply.Id}/", new { location = "Room 2" })).ShouldBe(200);
        await there.Press("Save and tell everybody");
        await Expect(there.Page.GetByRole(AriaRole.Heading, new() { Name = "Daily" })).ToBeVisibleAsync();
        await Expect(there.Page.GetByText("Room 2")).ToBeVisibleAsync();

        // The same part: a choice.
        await there.Page.GetByRole(AriaRole.Link, new() { Name = "Edit" }).ClickAsync();
        await there.Field("Title").FillAsync("Every day");
        (await ben.Patch($"/api/meetings/{reply.Id}/", new { title = "Weekly", description = "Bring tea." })).ShouldBe(200);
        await there.Press("Save and tell everybody");
        await Expect(there.Page.GetByText("Somebody changed this meeting while you were editing it")).ToBeVisibleAsync();
        await there.Press("Take theirs");
        await Expect(there.Field("Title")).ToHaveValueAsync("Weekly");
        await Expect(there.Field("Description")).ToHaveValueAsync("Bring tea.");
        there.MayBeRefused();
        there.DidNothingWrong();
    }

    private static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);
}
