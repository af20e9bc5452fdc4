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

    private static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);
}
