using Convene.Server.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Convene.Web.Tests.Stories;

/// Finding a time that suits, and saying when one can be met.
[Collection(InChromium.Name)]
public sealed class TimeFinding(Chromium chromium)
{
    [BrowserFact]
    public async Task People_are_pasted_a_time_is_found_and_the_form_is_filled_in()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana", "Europe/Berlin");
        var ben = await house.SignUp("ben", "Europe/Berlin");
        await house.SignUp("cho", "Europe/Berlin");
        await ben.Book("Secret", "2030-03-05T09:00Z", "2030-03-05T10:00Z");
        await using var there = await Visitor.Comes(chromium, house);
        await there.Is(ana, house);
        await there.Goes("/dashboard/find-a-time");
        await there.Pastes("Who should meet?", "Ben <ben@example.com>; cho@example.com");

        // Why not then? Because Ben is busy; with what is not told.
        var taken = there.Page.GetByRole(AriaRole.Gridcell, new() { Name = "Tuesday 5 March, 10:00: not ben@example.com" });
        await taken.HoverAsync();
        await Expect(there.Page.GetByText("ben@example.com: busy")).ToBeVisibleAsync();
        await Expect(there.Page.GetByText("The nearest that suits everybody:")).ToBeVisibleAsync();

        // By keyboard the same is said.
        await taken.FocusAsync();
        await there.Page.Keyboard.PressAsync("ArrowDown");
        await there.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(there.Page.GetByRole(AriaRole.Gridcell, new() { Name = "Tuesday 5 March, 11:00: suits everybody" })).ToBeFocusedAsync();
        await there.Page.Keyboard.PressAsync("Enter");
        await Expect(there.Page).ToHaveURLAsync(Visitor.Saying("/dashboard/meetings/new?start=2030-03-05T10"));
        await Expect(there.Field("Date")).ToHaveValueAsync("2030-03-05");
        await Expect(there.Field("Start")).ToHaveValueAsync("11:00");
        await Expect(there.Page.GetByRole(AriaRole.Button, new() { NameRegex = Visitor.Saying("cho@example.com") })).ToBeVisibleAsync();
        there.DidNothingWrong();
    }

    [BrowserFact]
    public async Task Suggestions_are_ranked_and_who_may_come_may_be_missing()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana", "Europe/Berlin");
        var ben = await house.SignUp("ben", "Europe/Berlin");
        await ben.Book("Secret", "2030-03-04T08:00Z", "2030-03-04T16:00Z");
        await using var there = await Visitor.Comes(chromium, house);
        await there.Is(ana, house);
        await there.Goes("/dashboard/find-a-time?people=ben@example.com");
        var first = there.Page.GetByRole(AriaRole.Link, new() { NameRegex = Visitor.Saying("Everybody can") }).First;
        await Expect(first).ToContainTextAsync("Tue 5 Mar");

        // Ben may come: now he need not.
        await there.Page.GetByRole(AriaRole.Button, new() { NameRegex = Visitor.Saying("must come") }).ClickAsync();
        await there.IsAt("**?optional=ben%40example.com");
        var without = there.Page.GetByRole(AriaRole.Link, new() { NameRegex = Visitor.Saying("Without ben@example.com") }).First;
        await Expect(without).ToContainTextAsync("Mon 4 Mar");
        await without.ClickAsync();
        await Expect(there.Field("Start")).ToHaveValueAsync("10:00");
        there.DidNothingWrong();
    }

    [BrowserFact]
    public async Task Some_of_many_are_enough_and_there_is_room_before_and_after()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana", "Europe/Berlin");
        var ben = await house.SignUp("ben", "Europe/Berlin");
        var cho = await house.SignUp("cho", "Europe/Berlin");
        // On Tuesday Ben can't, Cho not at nine, and Ana not at ten. Clocks show an hour more than here.
        await ben.Book("Secret", "2030-03-05T06:00Z", "2030-03-05T18:00Z");
        await cho.Book("Secret", "2030-03-05T08:00Z", "2030-03-05T09:00Z");
        await ana.Book("Standup", "2030-03-05T09:00Z", "2030-03-05T10:00Z");
        await using var there = await Visitor.Comes(chromium, house);
        await there.Is(ana, house);
        await there.Goes("/dashboard/find-a-time?people=ben@example.com,cho@example.com&date=2030-03-05");
        var times = there.Page.GetByRole(AriaRole.Listitem).GetByRole(AriaRole.Link);
        await Expect(times.First).ToContainTextAsync("Wed 6 Mar");
        // Who must come can't be missing: there is nothing to choose.
        await Expect(there.Field("How many must be free")).ToHaveCountAsync(0);

        foreach (var who in new[] { "ben", "cho" })
        {
            await there.Page.GetByRole(AriaRole.Button, new() { NameRegex = Visitor.Saying($"{who}@example.com must come") }).ClickAsync();
            await Expect(there.Page.GetByRole(AriaRole.Button, new() { NameRegex = Visitor.Saying($"{who}@example.com may come") })).ToBeVisibleAsync();
        }

        await Expect(times.First).ToContainTextAsync("Tue 5 Mar09:00–10:00Without ben@example.com and cho@example.com");
        await there.Field("How many must be free").SelectOptionAsync(new SelectOptionValue { Label = "At least 2 of 3" });
        await there.IsAt("**&quorum=2");
        await Expect(times.First).ToContainTextAsync("Tue 5 Mar11:00–12:00Without ben@example.com");

        // Half an hour between two meetings: eleven is too close to what ends then.
        await there.SelectsAtOnce(("Free before", "30"), ("Free after", "30"));
        await there.IsAt("**&before=30&after=30&quorum=2");
        await Expect(times.First).ToContainTextAsync("11:30–12:30");
        var close = there.Page.GetByRole(AriaRole.Gridcell, new() { NameRegex = Visitor.Saying("Tuesday 5 March, 11:00") });
        await close.HoverAsync();
        await Expect(there.Page.GetByText("too close to something else")).ToBeVisibleAsync();
        await times.First.ClickAsync();
        await Expect(there.Field("Start")).ToHaveValueAsync("11:30");
        there.DidNothingWrong();
    }

    [BrowserFact]
    public async Task The_week_is_painted_typed_and_saved_when_one_says_so()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana", "Asia/Kathmandu");
        (await ana.Put("/api/availability/", new { weekly_hours = new[] { new { day_of_week = 0, start_time = "09:00", end_time = "17:00" } } })).ShouldBe(200);
        await using var there = await Visitor.Comes(chromium, house, zone: "Asia/Kathmandu");
        await there.Is(ana, house);
        await there.Goes("/dashboard/availability");

        // Wednesday and Thursday from ten to twelve, in one stroke; and a hole in Monday, by keyboard.
        var from = (await Cell(there, "Wednesday, 10:00 – 10:30").BoundingBoxAsync())!;
        var to = (await Cell(there, "Thursday, 11:30 – 12:00").BoundingBoxAsync())!;
        await there.Page.Mouse.MoveAsync(from.X + 5, from.Y + 5);
        await there.Page.Mouse.DownAsync();
        await there.Page.Mouse.MoveAsync(to.X + 5, to.Y + 5, new() { Steps = 5 });
        await there.Page.Mouse.UpAsync();
        await Cell(there, "Monday, 12:00 – 12:30").FocusAsync();
        await there.Page.Keyboard.PressAsync("Shift+ArrowDown");
        await Expect(Cell(there, "Monday, 12:00 – 12:30")).ToHaveAttributeAsync("aria-selected", "false");
        await Expect(Cell(there, "Monday, 12:30 – 13:00")).ToHaveAttributeAsync("aria-selected", "false");

        // Typed: Saturday night.
        await there.Press("Saturday: more hours");
        await there.Types("Saturday: from", "22");
        await there.Types("Saturday: to", "2:00");

        // Nothing is lost by a wrong click.
        await there.Page.GetByRole(AriaRole.Link, new() { Name = "Meetings" }).ClickAsync();
        await there.Press("Stay here");
        (await ana.Get("/api/availability/")).ShouldBe(200)["weekly_hours"]!.AsArray().Count.ShouldBe(1);

        await there.Press("Save");
        await Expect(there.Page.GetByText("Your hours are saved")).ToBeVisibleAsync();
        (await ana.Get("/api/availability/")).ShouldBe(200)["weekly_hours"]!.AsArray()
            .Select(h => $"{h!["day_of_week"]} {h["start_time"]!.ToString()[..5]}-{h["end_time"]!.ToString()[..5]}")
            .ShouldBe(["0 09:00-12:00", "0 13:00-17:00", "2 10:00-12:00", "3 10:00-12:00", "5 22:00-02:00"]);
        there.DidNothingWrong();
    }

    [BrowserFact]
    public async Task An_absence_is_told_what_is_booked_in_it()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana", "Europe/Berlin");
        await ana.Book("Board meeting", "2030-03-20T09:00Z", "2030-03-20T10:00Z");
        await using var there = await Visitor.Comes(chromium, house);
        await there.Is(ana, house);
        await there.Goes("/dashboard/availability");
        await there.Press("Add a date");
        await there.Field("First day").FillAsync("2030-03-19");
        await there.Field("Last day").FillAsync("2030-03-22");
        await there.Field("Reason").FillAsync("Skiing");
        await there.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(there.Page.GetByRole(AriaRole.Link, new() { Name = "Board meeting" })).ToBeVisibleAsync();
        await there.Page.Keyboard.PressAsync("Escape");
        await Expect(there.Page.GetByText("19 Mar 2030 – 22 Mar 2030")).ToBeVisibleAsync();
        there.DidNothingWrong();
    }

    private static ILocator Cell(Visitor there, string name) => there.Page.GetByRole(AriaRole.Gridcell, new() { Name = name, Exact = true });
}
