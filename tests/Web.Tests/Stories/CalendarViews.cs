using Convene.Server.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Convene.Web.Tests.Stories;

/// The month, the phone, paper, the hour that comes twice, and other clocks beside one's own.
[Collection(InChromium.Name)]
public sealed class CalendarViews(Chromium chromium)
{
    [BrowserFact]
    public async Task In_the_month_a_meeting_is_dragged_to_another_day_and_keeps_its_hours()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana", "Europe/Berlin");
        // Over the night in which clocks go forward: nine o'clock stays nine o'clock.
        var id = (await ana.Book("Standup", "2030-03-27T08:00Z", "2030-03-27T09:00Z")).Id;
        await using var there = await Visitor.Comes(chromium, house);
        await there.Is(ana, house);
        await there.Goes("/dashboard/calendar?view=month&date=2030-03-04");

        var entry = there.Page.GetByRole(AriaRole.Gridcell).GetByRole(AriaRole.Button, new() { NameRegex = Visitor.Saying("Standup, ") });
        await Drop(there, entry, "2030-03-31");
        await Expect(there.Page.Locator("[data-date='2030-03-31']").GetByText("Standup", new() { Exact = true })).ToBeVisibleAsync();
        await ShouldBeAt(ana, id, "2030-03-31T07:00:00Z");
        await there.Page.RunAndWaitForResponseAsync(() => there.Press("Undo"), r => r.Request.Method == "PATCH");
        await ShouldBeAt(ana, id, "2030-03-27T08:00:00Z");

        // By keyboard: a day's entries come after the day itself.
        await there.Page.GetByRole(AriaRole.Button, new() { NameRegex = Visitor.Saying("Monday 4 March") }).FocusAsync();
        for (var weeks = 0; weeks < 3; weeks++)
            await there.Page.Keyboard.PressAsync("ArrowDown");
        await there.Page.Keyboard.PressAsync("ArrowRight");
        await there.Page.Keyboard.PressAsync("ArrowRight");
        await there.Page.Keyboard.PressAsync("Tab");
        await Expect(entry).ToBeFocusedAsync();
        await there.Page.RunAndWaitForResponseAsync(() => there.Page.Keyboard.PressAsync("Alt+ArrowDown"), r => r.Request.Method == "PATCH" && r.Ok);
        await ShouldBeAt(ana, id, "2030-04-03T07:00:00Z");
        await Expect(entry).ToBeFocusedAsync();
        there.DidNothingWrong();
    }

    [BrowserFact]
    public async Task On_a_phone_a_finger_turns_the_page()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana", "Europe/Berlin");
        await using var there = await Visitor.Comes(chromium, house, width: 390, height: 844);
        await there.Is(ana, house);
        await there.Goes("/dashboard/calendar?view=day&date=2030-03-04");
        var devices = await there.Page.Context.NewCDPSessionAsync(there.Page);

        await Swipe(devices, 320, 80, 500, 505);
        await there.IsAt("**/dashboard/calendar?view=day&date=2030-03-05");
        await Swipe(devices, 80, 320, 500, 495);
        await there.IsAt("**/dashboard/calendar?view=day&date=2030-03-04");
        // Up and down is scrolling.
        await Swipe(devices, 200, 280, 700, 400);
        await there.IsAt("**/dashboard/calendar?view=day&date=2030-03-04");
        await Expect(there.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        there.DidNothingWrong();
    }

    [BrowserFact]
    public async Task The_hour_that_comes_twice_has_two_rows()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana", "Europe/Berlin");
        await ana.Book("Before", "2030-10-27T00:15Z", "2030-10-27T00:45Z"); // 02:15, the first time
        await ana.Book("After", "2030-10-27T01:15Z", "2030-10-27T01:45Z"); // 02:15, the second time
        await using var there = await Visitor.Comes(chromium, house);
        await there.Is(ana, house);
        await there.Goes("/dashboard/calendar?view=day&date=2030-10-27");
        await Expect(there.Page.GetByText("Clocks go back by 1h at 03:00")).ToBeVisibleAsync();
        await Expect(there.Page.GetByText("again", new() { Exact = true })).ToHaveCountAsync(1);

        var day = (await there.Page.Locator("[data-date='2030-10-27']").BoundingBoxAsync())!;
        var (before, after) = (await Box(there, "Before"), await Box(there, "After"));
        (day.Height / 48).ShouldBe(25, 0.01);
        (after.Y - before.Y).ShouldBe(48, 1.5);
        await Expect(Entry(there, "Before")).ToHaveAccessibleNameAsync(Visitor.Saying("02:15"));
        await Expect(Entry(there, "After")).ToHaveAccessibleNameAsync(Visitor.Saying("02:15"));
        there.DidNothingWrong();
    }

    [BrowserFact]
    public async Task Other_clocks_are_right_on_each_day_of_a_week_in_which_they_change()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana", "Europe/Berlin");
        await using var there = await Visitor.Comes(chromium, house);
        await there.Is(ana, house);
        // Berlin's clocks go forward on Sunday 31 March; New York's did on the 10th.
        await there.Goes("/dashboard/calendar?view=week&date=2030-03-27&also=America/New_York");
        var clocks = there.Page.Locator("[data-second]");
        await Expect(clocks).ToHaveCountAsync(2);
        (await Clock(clocks.Nth(0), 12)).ShouldBe("07:00");
        (await Clock(clocks.Nth(1), 12)).ShouldBe("06:00");
        var (sunday, change) = ((await there.Page.Locator("[data-date='2030-03-31']").BoundingBoxAsync())!, (await clocks.Nth(1).BoundingBoxAsync())!);
        (change.X + change.Width).ShouldBe(sunday.X, 2);

        // Between the two changes the places are an hour closer, from the first day on.
        await there.Goes("/dashboard/calendar?view=week&date=2030-03-20&also=America/New_York");
        await Expect(clocks).ToHaveCountAsync(1);
        (await Clock(clocks, 12)).ShouldBe("07:00");
        await there.Goes("/dashboard/calendar?view=week&date=2030-04-03&also=America/New_York");
        await Expect(clocks).ToHaveCountAsync(1);
        (await Clock(clocks, 12)).ShouldBe("06:00");
        there.DidNothingWrong();
    }

    [BrowserFact]
    public async Task On_paper_there_is_what_one_reads_and_nothing_to_press()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana", "Europe/Berlin");
        var id = (await ana.Book("Standup", "2030-03-05T02:00Z", "2030-03-05T03:00Z", "ben@example.com")).Id;
        await using var there = await Visitor.Comes(chromium, house);
        await there.Is(ana, house);
        await there.Page.EmulateMediaAsync(new() { Media = Media.Print });
        foreach (var view in new[] { "week", "day", "month", "agenda" })
        {
            await there.Goes($"/dashboard/calendar?view={view}&date=2030-03-05");
            await Expect(there.Page.GetByText("Standup").Locator("visible=true").First).ToBeVisibleAsync();
            await Expect(there.Page.GetByRole(AriaRole.Navigation)).ToHaveCountAsync(0);
            await Expect(there.Page.GetByRole(AriaRole.Button, new() { Name = "Today" })).ToHaveCountAsync(0);
            // Nothing scrolls on paper: the whole day is there, also before the working day.
            (await there.Page.EvaluateAsync<bool>("() => [...document.querySelectorAll('main *')].every(e => !['auto', 'scroll'].includes(getComputedStyle(e).overflowY) || e.scrollHeight <= e.clientHeight + 1)")).ShouldBeTrue(view);
        }

        await there.Goes($"/dashboard/meetings/{id}");
        await Expect(there.Page.GetByText("ben@example.com")).ToBeVisibleAsync();
        await Expect(there.Page.GetByRole(AriaRole.Button, new() { Name = "Delete" })).ToHaveCountAsync(0);
        await Expect(there.Page.GetByLabel("Invite more")).Not.ToBeVisibleAsync();
        there.DidNothingWrong();
    }

    private static ILocator Entry(Visitor there, string title) => there.Page.Locator("button[data-entry]").Filter(new() { HasText = title });

    private static async Task<LocatorBoundingBoxResult> Box(Visitor there, string title) => (await Entry(there, title).BoundingBoxAsync())!;

    /// What the other clocks show beside a row of these.
    private static Task<string> Clock(ILocator clocks, int row) => clocks.Locator("span").Nth(row - 1).InnerTextAsync();

    private static async Task Drop(Visitor there, ILocator entry, string date)
    {
        await Expect(entry).ToBeVisibleAsync();
        var (from, to) = ((await entry.BoundingBoxAsync())!, (await there.Page.Locator($"[data-date='{date}']").BoundingBoxAsync())!);
        await there.Page.RunAndWaitForResponseAsync(async () =>
        {
            await there.Page.Mouse.MoveAsync(from.X + 20, from.Y + (from.Height / 2));
            await there.Page.Mouse.DownAsync();
            await there.Page.Mouse.MoveAsync(to.X + 20, to.Y + (to.Height / 2), new() { Steps = 6 });
            await there.Page.Mouse.UpAsync();
        }, r => r.Request.Method == "PATCH" && r.Ok);
    }

    private static async Task Swipe(ICDPSession devices, float fromX, float toX, float fromY, float toY)
    {
        Task Touch(string type, params object[] points) => devices.SendAsync("Input.dispatchTouchEvent", new() { ["type"] = type, ["touchPoints"] = points });
        await Touch("touchStart", new { x = fromX, y = fromY });
        for (var step = 1; step <= 4; step++)
            await Touch("touchMove", new { x = fromX + ((toX - fromX) * step / 4), y = fromY + ((toY - fromY) * step / 4) });
        await Touch("touchEnd");
    }

    private static async Task ShouldBeAt(Caller who, string meeting, string start) => (await who.Get($"/api/meetings/{meeting}/")).ShouldBe(200)["start_time"]!.ToString().ShouldBe(start);
}
