using Convene.Server.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Convene.Web.Tests.Stories;

/// The calendar: what is moved there is moved on the server, by hand and by keyboard.
[Collection(InChromium.Name)]
public sealed class CalendarPages(Chromium chromium)
{
    private const string Week = "/dashboard/calendar?view=week&date=2030-03-04";

    /// Pixels (TimeGrid.module.css).
    private const float Hour = 48;

    [BrowserFact]
    public async Task A_meeting_is_dragged_to_another_day_and_hour_and_back()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana", "Europe/Berlin");
        var id = (await ana.Book("Standup", "2030-03-05T09:00Z", "2030-03-05T10:00Z")).Id;
        await using var there = await Visitor.Comes(chromium, house);
        await there.Is(ana, house);
        await there.Goes(Week);

        var column = (await Column(there, "2030-03-05").BoundingBoxAsync())!.Width;
        await Changes(there, () => Drag(there, Entry(there, "Standup"), column, 1.5f * Hour));
        await ShouldBeAt(ana, id, "2030-03-06T10:30:00Z", "2030-03-06T11:30:00Z");
        await Expect(Entry(there, "Standup")).ToHaveAccessibleNameAsync(Visitor.Saying("11:30"));

        await Changes(there, () => there.Press("Undo"));
        await ShouldBeAt(ana, id, "2030-03-05T09:00:00Z", "2030-03-05T10:00:00Z");
        there.DidNothingWrong();
    }

    [BrowserFact]
    public async Task Its_lower_edge_makes_it_longer()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana", "Europe/Berlin");
        var id = (await ana.Book("Standup", "2030-03-05T09:00Z", "2030-03-05T10:00Z")).Id;
        await using var there = await Visitor.Comes(chromium, house);
        await there.Is(ana, house);
        await there.Goes(Week);

        var box = (await Entry(there, "Standup").BoundingBoxAsync())!;
        await Changes(there, () => Drag(there, box.X + (box.Width / 2), box.Y + box.Height - 3, 0, Hour / 2));
        await ShouldBeAt(ana, id, "2030-03-05T09:00:00Z", "2030-03-05T10:30:00Z");
        there.DidNothingWrong();
    }

    [BrowserFact]
    public async Task The_keyboard_moves_and_resizes_and_says_so()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana", "Asia/Kathmandu");
        var id = (await ana.Book("Standup", "2030-03-04T04:15Z", "2030-03-04T04:45Z")).Id; // 10:00 there
        await using var there = await Visitor.Comes(chromium, house, zone: "Asia/Kathmandu");
        await there.Is(ana, house);
        await there.Goes(Week);
        var keyboard = there.Page.Keyboard;

        // From nine o'clock on today, two half hours further down.
        await there.Page.Locator("[data-current=true]").FocusAsync();
        await keyboard.PressAsync("ArrowDown");
        await keyboard.PressAsync("ArrowDown");
        await Expect(Entry(there, "Standup")).ToBeFocusedAsync();

        // However often it is nudged while the key is held: it is one change.
        await Changes(there, async () =>
        {
            await keyboard.DownAsync("Alt");
            await keyboard.PressAsync("ArrowDown");
            await keyboard.PressAsync("ArrowDown");
            await keyboard.PressAsync("ArrowRight");
            await Expect(there.Page.Locator("[aria-live=assertive]")).ToContainTextAsync("Standup: Tue, 5 Mar 2030, 10:30–11:00, Kathmandu (UTC+05:45)");
            await keyboard.UpAsync("Alt");
        });
        await ShouldBeAt(ana, id, "2030-03-05T04:45:00Z", "2030-03-05T05:15:00Z");
        await Expect(Entry(there, "Standup")).ToBeFocusedAsync();

        await Changes(there, () => keyboard.PressAsync("Shift+ArrowDown"));
        await ShouldBeAt(ana, id, "2030-03-05T04:45:00Z", "2030-03-05T05:30:00Z");

        // Twice in a row: the second is not taken for somebody else's change.
        var sent = new List<int>();
        there.Page.Response += (_, answer) =>
        {
            if (answer.Request.Method == "PATCH")
                sent.Add(answer.Status);
        };
        await keyboard.PressAsync("Alt+ArrowDown");
        await keyboard.PressAsync("Alt+ArrowDown");
        await Expect(there.Page.GetByText("is now Tue, 5 Mar 2030, 11:00–11:45")).ToBeVisibleAsync();
        sent.ShouldBe([200, 200]);
        await ShouldBeAt(ana, id, "2030-03-05T05:15:00Z", "2030-03-05T06:00:00Z");

        await keyboard.PressAsync("Enter");
        await Expect(there.Page.GetByRole(AriaRole.Dialog, new() { Name = "Standup" })).ToBeVisibleAsync();
        there.DidNothingWrong();
    }

    [BrowserFact]
    public async Task What_somebody_else_changed_meanwhile_is_not_lost()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana", "Europe/Berlin");
        var id = (await ana.Book("Standup", "2030-03-05T09:00Z", "2030-03-05T10:00Z")).Id;
        await using var there = await Visitor.Comes(chromium, house);
        // Nothing tells the page of the other change.
        await there.Page.RouteAsync("**/api/live/", route => route.AbortAsync());
        await there.Is(ana, house);
        await there.Goes(Week);
        await Expect(Entry(there, "Standup")).ToBeVisibleAsync();
        (await ana.Patch($"/api/meetings/{id}/", new { start_time = "2030-03-07T09:00Z", end_time = "2030-03-07T10:00Z" })).ShouldBe(200);

        await Drag(there, Entry(there, "Standup"), 0, Hour);
        var choice = there.Page.GetByRole(AriaRole.Dialog, new() { Name = "Somebody changed it meanwhile" });
        await Expect(choice).ToContainTextAsync("7 Mar 2030");
        await Expect(choice).ToContainTextAsync("5 Mar 2030");
        await Changes(there, () => there.Press("Move it all the same"));
        await ShouldBeAt(ana, id, "2030-03-05T10:00:00Z", "2030-03-05T11:00:00Z");
        there.MayBeRefused();
        there.DidNothingWrong();
    }

    [BrowserFact]
    public async Task Selected_time_is_blocked_or_becomes_a_meeting()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana", "America/New_York");
        await using var there = await Visitor.Comes(chromium, house, zone: "America/New_York");
        await there.Is(ana, house);
        await there.Goes(Week);

        var thursday = (await Column(there, "2030-03-07").BoundingBoxAsync())!;
        await Drag(there, thursday.X + 40, thursday.Y + (13 * Hour), 0, 1.5f * Hour);
        await there.Field("Title").FillAsync("Dentist");
        await there.Press("Block this time");
        await Expect(there.Page.GetByRole(AriaRole.Button, new() { NameRegex = Visitor.Saying("Dentist, ") })).ToBeVisibleAsync();
        var made = (await ana.Get("/api/events/")).ShouldBe(200).Json!.AsArray().Single()!;
        (made["start_time"]!.ToString(), made["end_time"]!.ToString()).ShouldBe(("2030-03-07T18:00:00Z", "2030-03-07T19:30:00Z"));

        // By keyboard: half an hour, and a quarter more.
        await there.Page.Locator("[data-current=true]").FocusAsync();
        await there.Page.Keyboard.PressAsync("Shift+ArrowDown");
        await there.Page.Keyboard.PressAsync("Enter");
        await there.Press("Meeting with others…");
        await Expect(there.Page).ToHaveURLAsync(Visitor.Saying("/meetings/new?start=2030-03-04T14%3A00%3A00Z&end=2030-03-04T14%3A45%3A00Z"));
        await Expect(there.Field("Start")).ToHaveValueAsync("09:00");
        there.DidNothingWrong();
    }

    [BrowserTheory]
    [InlineData("America/New_York", "03:30", 3.5, "The clocks skip this")]
    [InlineData("Asia/Kathmandu", "13:15", 13.25, null)]
    public async Task The_day_on_which_clocks_change_is_drawn_as_its_clocks_go(string zone, string clock, double row, string? skipped)
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana", zone);
        var id = (await ana.Book("Call", "2030-03-10T07:30Z", "2030-03-10T08:00Z")).Id;
        await using var there = await Visitor.Comes(chromium, house, zone: zone);
        await there.Is(ana, house);
        await there.Goes("/dashboard/calendar?view=week&date=2030-03-10");

        await Expect(Entry(there, "Call")).ToHaveAccessibleNameAsync(Visitor.Saying(clock));
        var top = (await Column(there, "2030-03-10").BoundingBoxAsync())!.Y;
        ((await Entry(there, "Call").BoundingBoxAsync())!.Y - top).ShouldBe((float)row * Hour, 1.5);
        await Expect(there.Page.GetByText("The clocks skip this")).ToHaveCountAsync(skipped is null ? 0 : 1);

        // An hour earlier by the clock's ticking, whatever its hands show meanwhile.
        await Entry(there, "Call").FocusAsync();
        await Changes(there, async () =>
        {
            await there.Page.Keyboard.DownAsync("Alt");
            for (var quarters = 0; quarters < 4; quarters++)
                await there.Page.Keyboard.PressAsync("ArrowUp");
            await there.Page.Keyboard.UpAsync("Alt");
        });
        await ShouldBeAt(ana, id, "2030-03-10T06:30:00Z", "2030-03-10T07:00:00Z");
        await Expect(Entry(there, "Call")).ToHaveAccessibleNameAsync(Visitor.Saying(skipped is null ? "12:15" : "01:30"));
        there.DidNothingWrong();
    }

    [BrowserFact]
    public async Task Others_stand_beside_one_with_their_busy_time_and_never_with_what()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana", "Europe/Berlin");
        var ben = await house.SignUp("ben", "Europe/Berlin");
        await ben.Book("Secret", "2030-03-05T09:00Z", "2030-03-05T10:00Z");
        await using var there = await Visitor.Comes(chromium, house);
        await there.Is(ana, house);
        await there.Goes("/dashboard/calendar?view=day&date=2030-03-05&people=ben@example.com");
        var his = there.Page.GetByRole(AriaRole.Group, new() { NameRegex = Visitor.Saying("ben@example.com") });
        await Expect(his.GetByText("Busy", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(there.Page.GetByText("Secret")).ToHaveCountAsync(0);
        there.DidNothingWrong();
    }

    [BrowserFact]
    public async Task Keys_turn_the_pages_and_the_address_says_where_one_is()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana", "Europe/Berlin");
        await using var there = await Visitor.Comes(chromium, house);
        await there.Is(ana, house);
        await there.Goes("/dashboard/calendar");
        foreach (var (key, view, date) in new[] { ("1", "month", "2030-03-04"), ("ArrowRight", "month", "2030-04-04"), ("2", "week", "2030-04-04"), ("ArrowLeft", "week", "2030-03-28"), ("3", "day", "2030-03-28"), ("4", "agenda", "2030-03-28"), ("t", "agenda", "2030-03-04") })
        {
            await there.Page.Keyboard.PressAsync(key);
            await there.IsAt($"**/dashboard/calendar?view={view}&date={date}");
        }

        there.DidNothingWrong();
    }

    [BrowserFact]
    public async Task On_a_phone_a_long_press_moves_and_a_short_one_does_not()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana", "Europe/Berlin");
        var id = (await ana.Book("Standup", "2030-03-04T09:00Z", "2030-03-04T10:00Z")).Id;
        await using var there = await Visitor.Comes(chromium, house, width: 390, height: 844);
        await there.Is(ana, house);
        await there.Goes("/dashboard/calendar?view=day&date=2030-03-04");
        var box = (await Entry(there, "Standup").BoundingBoxAsync())!;
        var (x, y) = (box.X + (box.Width / 2), box.Y + (box.Height / 2));

        var devices = await there.Page.Context.NewCDPSessionAsync(there.Page);
        Task Touch(string type, float? at) => devices.SendAsync("Input.dispatchTouchEvent", new()
        {
            ["type"] = type, ["touchPoints"] = at is null ? Array.Empty<object>() : new object[] { new { x, y = at } },
        });
        await Changes(there, async () =>
        {
            await Touch("touchStart", y);
            // The finger rests until it has grasped the entry.
            await Expect(there.Page.Locator("[data-lifted=true]")).ToBeVisibleAsync();
            await Touch("touchMove", y + (Hour / 2));
            await Touch("touchMove", y + Hour);
            await Touch("touchEnd", null);
        });
        await ShouldBeAt(ana, id, "2030-03-04T10:00:00Z", "2030-03-04T11:00:00Z");

        await Entry(there, "Standup").TapAsync();
        await Expect(there.Page.GetByRole(AriaRole.Dialog, new() { Name = "Standup" })).ToBeVisibleAsync();
        there.DidNothingWrong();
    }

    private static ILocator Entry(Visitor there, string title) => there.Page.Locator("button[data-entry]").Filter(new() { HasText = title });

    private static ILocator Column(Visitor there, string date) => there.Page.Locator($"[data-date='{date}']");

    private static async Task Changes(Visitor there, Func<Task> action) =>
        (await there.Page.RunAndWaitForResponseAsync(action, r => r.Request.Method == "PATCH" && r.Status == 200)).Ok.ShouldBeTrue();

    private static async Task Drag(Visitor there, ILocator what, float right, float down)
    {
        await Expect(what).ToBeVisibleAsync();
        var box = (await what.BoundingBoxAsync())!;
        await Drag(there, box.X + (box.Width / 2), box.Y + (box.Height / 2), right, down);
    }

    private static async Task Drag(Visitor there, float x, float y, float right, float down)
    {
        var mouse = there.Page.Mouse;
        await mouse.MoveAsync(x, y);
        await mouse.DownAsync();
        await mouse.MoveAsync(x + right, y + down, new() { Steps = 6 });
        await mouse.UpAsync();
    }

    private static async Task ShouldBeAt(Caller who, string meeting, string start, string end)
    {
        var now = (await who.Get($"/api/meetings/{meeting}/")).ShouldBe(200);
        (now["start_time"]!.ToString(), now["end_time"]!.ToString()).ShouldBe((start, end));
    }
}
