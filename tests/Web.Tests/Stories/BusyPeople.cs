using Convene.Server.Tests;
using Microsoft.Playwright;

namespace Convene.Web.Tests.Stories;

/// The form warns while one types, and offers what suits everybody.
[Collection(InChromium.Name)]
public sealed class BusyPeople(Chromium chromium)
{
    [BrowserFact]
    public async Task A_busy_person_is_told_while_typing_and_a_time_that_suits_is_one_press_away()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana");
        var ben = await house.SignUp("ben");
        await ben.Book("Dentist", "2030-03-05T10:00Z", "2030-03-05T11:00Z");
        await using var there = await Visitor.Comes(chromium, house, zone: "UTC");
        await there.Is(ana, house);
        await there.Goes("/dashboard/meetings/new?start=2030-03-05T10:30:00Z&end=2030-03-05T11:30:00Z&title=Review");
        await there.Pastes("People", "ben@example.com");

        await Expect(there.Page.GetByText("ben@example.com is busy: Busy 10:00 – 11:00")).ToBeVisibleAsync();
        await Expect(there.Page.GetByText("Dentist")).Not.ToBeVisibleAsync();
        await there.Page.GetByRole(AriaRole.Button, new() { Name = "Tue 5 Mar 11:00–12:00" }).ClickAsync();
        await Expect(there.Field("Start")).ToHaveValueAsync("11:00");
        await Expect(there.Page.GetByText("ben@example.com is busy")).Not.ToBeVisibleAsync();
        await there.Press("Create and invite");
        await Expect(there.Page.GetByText("The invitation is on its way to 1 person")).ToBeVisibleAsync();
        there.DidNothingWrong();
    }

    [BrowserFact]
    public async Task Who_is_left_out_is_told_and_nobody_has_to_be()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana");
        var ben = await house.SignUp("ben");
        await ben.Book("Dentist", "2030-03-05T10:00Z", "2030-03-05T11:00Z");
        await using var there = await Visitor.Comes(chromium, house, zone: "UTC");
        await there.Is(ana, house);
        const string Address = "/dashboard/meetings/new?start=2030-03-05T10:30:00Z&end=2030-03-05T11:30:00Z&title=Review&people=ben@example.com,cho@example.com";
        await there.Goes(Address);
        await Expect(there.Page.GetByRole(AriaRole.Radio, new() { Name = "Leave them out; I am told who" })).ToBeCheckedAsync();
        await there.Press("Create and invite");
        await Expect(there.Page.GetByText("ben@example.com is busy then and was not invited.")).ToBeVisibleAsync();

        await there.Goes(Address);
        await there.Page.GetByRole(AriaRole.Radio, new() { Name = "Invite them all the same" }).CheckAsync();
        await there.Press("Create and invite");
        await Expect(there.Page.GetByText("Invitations are on their way to 2 people")).ToBeVisibleAsync();
        there.DidNothingWrong();
    }

    [BrowserFact]
    public async Task A_move_to_a_time_at_which_somebody_is_busy_is_made_all_the_same_or_elsewhere()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana", "UTC");
        var ben = await house.SignUp("ben");
        await ben.Book("Dentist", "2030-03-05T11:00Z", "2030-03-05T12:00Z");
        var id = (await ana.Book("Review", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com")).Id;
        await using var there = await Visitor.Comes(chromium, house, zone: "UTC");
        await there.Is(ana, house);
        await there.Goes("/dashboard/calendar?view=week&date=2030-03-05");
        var entry = there.Page.Locator("button[data-entry]").Filter(new() { HasText = "Review" });
        var refused = there.Page.GetByRole(AriaRole.Dialog, new() { Name = "Somebody is busy then" });

        // Not moved: it stands where it was, and one may find another time.
        await Nudge();
        await Expect(refused).ToContainTextAsync("ben@example.com has a scheduling conflict.");
        await there.Page.Keyboard.PressAsync("Escape");
        await Expect(entry).ToHaveAccessibleNameAsync(Visitor.Saying("10:00–11:00"));
        await Nudge();
        await refused.GetByRole(AriaRole.Link, new() { Name = "Find another time" }).ClickAsync();
        await Expect(there.Field("Start")).ToHaveValueAsync("10:15");
        await Expect(there.Page.GetByText("ben is busy: Busy 11:00 – 12:00")).ToBeVisibleAsync();

        // The form offers the same.
        await there.Press("Save and tell everybody");
        await Expect(there.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("ben@example.com has a scheduling conflict.");
        await there.Press("Find another time");
        await Expect(there.Page.Locator("section:focus")).ToContainTextAsync("Nearest times that suit all");
        await there.Press("Move it all the same");
        await Expect(there.Page.GetByRole(AriaRole.Heading, new() { Name = "Review" })).ToBeVisibleAsync();
        (await ana.Get($"/api/meetings/{id}/")).ShouldBe(200)["start_time"]!.ToString().ShouldBe("2030-03-05T10:15:00Z");
        await there.Goes("/dashboard/calendar?view=week&date=2030-03-05");

        // Later still, all the same, and back again. (What it overlapped before is no reason any more; so by a whole day.)
        await ben.Book("School", "2030-03-06T10:00Z", "2030-03-06T12:00Z");
        await entry.FocusAsync();
        await there.Page.Keyboard.PressAsync("Alt+ArrowRight");
        await refused.GetByRole(AriaRole.Button, new() { Name = "Move it all the same" }).ClickAsync();
        await Expect(there.Page.GetByText("“Review” is now Wed, 6 Mar 2030, 10:15–11:15")).ToBeVisibleAsync();
        (await ana.Get($"/api/meetings/{id}/")).ShouldBe(200)["start_time"]!.ToString().ShouldBe("2030-03-06T10:15:00Z");
        there.MayBeRefused();
        there.DidNothingWrong();

        async Task Nudge()
        {
            await entry.FocusAsync();
            await there.Page.Keyboard.PressAsync("Alt+ArrowDown");
            await Expect(refused).ToBeVisibleAsync();
        }
    }

    [BrowserFact]
    public async Task Who_is_busy_is_seen_and_decided_before_the_button_is_reached()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana");
        var ben = await house.SignUp("ben");
        await ben.Book("Dentist", "2030-03-05T10:00Z", "2030-03-05T11:00Z");
        const string Address = "/dashboard/meetings/new?start=2030-03-05T10:30:00Z&end=2030-03-05T11:30:00Z&title=Review&people=ben@example.com";
        foreach (var width in new[] { 1280, 390 })
        {
            await using var there = await Visitor.Comes(chromium, house, zone: "UTC", width: width, height: width < 600 ? 844 : 860);
            await there.Is(ana, house);
            await there.Goes(Address);
            var choice = there.Page.GetByRole(AriaRole.Group, new() { Name = "Somebody is busy then" });
            await Expect(choice).ToBeVisibleAsync();
            var (strip, create) = ((await there.Page.GetByRole(AriaRole.Figure).BoundingBoxAsync())!, there.Page.GetByRole(AriaRole.Button, new() { Name = "Create and invite" }));
            (strip.Y - ((await choice.BoundingBoxAsync())!.Y)).ShouldBeInRange(0, 300, "the choice stands above the strip");
            (await choice.EvaluateAsync<bool>("(group, button) => !!(group.compareDocumentPosition(button) & Node.DOCUMENT_POSITION_FOLLOWING)", await create.ElementHandleAsync())).ShouldBeTrue("read out before the button");
            there.DidNothingWrong();
        }
    }

    private static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);
}
