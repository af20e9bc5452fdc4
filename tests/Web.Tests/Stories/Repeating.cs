using System.Text.Json.Nodes;
using Convene.Server.Tests;
using Microsoft.Playwright;

namespace Convene.Web.Tests.Stories;

/// Meetings that repeat: made in the form, moved, cut short and answered, one or many.
[Collection(InChromium.Name)]
public sealed class Repeating(Chromium chromium)
{
    [BrowserFact]
    public async Task A_weekly_series_is_made_moved_as_a_whole_and_cut_short()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var (ana, ben) = (await house.SignUp("ana", "Europe/Berlin"), await house.SignUp("ben", "Europe/Berlin"));
        await ben.Book("Dentist", "2030-04-02T08:00Z", "2030-04-02T08:30Z");
        await using var there = await Visitor.Comes(chromium, house);
        await there.Is(ana, house);
        await there.Goes("/dashboard/meetings/new");
        await there.Field("Title").FillAsync("Standup");
        await there.Field("Date").FillAsync("2030-03-19");
        await there.Types("Start", "10:00");
        await there.Types("End", "10:30");
        await there.Field("Repeats").SelectOptionAsync(new SelectOptionValue { Label = "Every Tuesday" });
        await Expect(Dates(there)).ToHaveCountAsync(6);
        await there.Field("Ends").SelectOptionAsync("count");
        await there.Field("How often").FillAsync("5");
        await Expect(there.Page.GetByText("Every Tuesday, 5 times")).ToBeVisibleAsync();
        // Clocks change on 31 March.
        await Expect(Dates(there)).ToHaveTextAsync(["Tue 19 Mar 10:00–10:30", "Tue 26 Mar 10:00–10:30", "Tue 2 Apr 10:00–10:30", "Tue 9 Apr 10:00–10:30", "Tue 16 Apr 10:00–10:30"]);
        await there.Pastes("People", "ben@example.com, cho@example.com");
        await Expect(there.Page.GetByRole(AriaRole.Radio, new() { Name = "Leave them out of these dates; I am told which" })).ToBeCheckedAsync();
        await there.Press("Create and invite");
        await Expect(there.Page.GetByText("5 dates are booked.")).ToBeVisibleAsync();
        await Expect(there.Page.GetByText("ben@example.com is busy and was left out on Tue, 2 Apr 2030.")).ToBeVisibleAsync();
        await Expect(there.Page.GetByText("Every Tuesday, 5 times")).ToBeVisibleAsync();
        (await Starts(ana)).ShouldBe(["2030-03-19T09:00:00Z", "2030-03-26T09:00:00Z", "2030-04-02T08:00:00Z", "2030-04-09T08:00:00Z", "2030-04-16T08:00:00Z"]);

        // All of it, an hour later.
        await there.Page.GetByRole(AriaRole.Link, new() { Name = "Edit" }).ClickAsync();
        await there.Types("Start", "11:00");
        await there.Press("Save and tell everybody");
        await Choose(there, "All that are to come");
        await Expect(there.Page.GetByText("11:00–11:30").First).ToBeVisibleAsync();
        await Expect(there.Page.GetByRole(AriaRole.Heading, new() { Name = "Standup" })).ToBeVisibleAsync();
        (await Starts(ana)).ShouldBe(["2030-03-19T10:00:00Z", "2030-03-26T10:00:00Z", "2030-04-02T09:00:00Z", "2030-04-09T09:00:00Z", "2030-04-16T09:00:00Z"]);

        // From the third on it is off. The way there is by the dates of the series.
        await there.Page.GetByRole(AriaRole.Link, new() { Name = "All dates" }).ClickAsync();
        await Expect(there.Page.GetByText("Only the dates of one series")).ToBeVisibleAsync();
        await Expect(there.Page.GetByText("5 meetings")).ToBeVisibleAsync();
        await there.Page.GetByRole(AriaRole.Link, new() { Name = "Standup" }).Nth(2).ClickAsync();
        await there.Press("Cancel meeting");
        await there.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Back" }).ClickAsync();
        await Expect(there.Page.GetByRole(AriaRole.Dialog)).Not.ToBeVisibleAsync();
        await there.Press("Cancel meeting");
        await Choose(there, "This and the following");
        await Expect(there.Page.GetByText("“Standup” is cancelled from this date on")).ToBeVisibleAsync();
        await Expect(there.Page.GetByText("Cancelled", new() { Exact = true })).ToHaveCountAsync(4);
        await there.Page.GotoAsync("about:blank");
        await Eventually(async () => (await Of(ana)).Select(m => m["status"]!.ToString()).SequenceEqual(["scheduled", "scheduled", "cancelled", "cancelled", "cancelled"]));
        there.DidNothingWrong();
    }

    [BrowserFact]
    public async Task The_next_dates_are_on_the_viewers_clocks_each_day_as_they_are_then()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana", "America/New_York");
        var id = (await ana.Post("/api/meetings/", new
        {
            title = "Standup", start_time = "2030-03-05T10:00:00", end_time = "2030-03-05T10:30:00", timezone = "Europe/Berlin", recurrence = "FREQ=WEEKLY",
        })).ShouldBe(201).Id;
        await using var there = await Visitor.Comes(chromium, house, zone: "Asia/Tokyo");
        await there.Is(ana, house);
        await there.Goes($"/dashboard/meetings/{id}/edit");
        // New York's clocks go forward on 10 March, Berlin's on 31 March.
        await Expect(Dates(there)).ToHaveTextAsync(["Tue 5 Mar 04:00–04:30", "Tue 12 Mar 05:00–05:30", "Tue 19 Mar 05:00–05:30", "Tue 26 Mar 05:00–05:30", "Tue 2 Apr 04:00–04:30", "…"]);
        there.DidNothingWrong();
    }

    [BrowserFact]
    public async Task How_it_repeats_is_changed_for_what_follows_and_a_single_one_for_itself()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana");
        await Book(ana, "FREQ=WEEKLY;UNTIL=20300430T235959Z");
        var third = (await Of(ana))[2]["id"];
        await using var there = await Visitor.Comes(chromium, house, zone: "UTC");
        await there.Is(ana, house);

        await there.Goes($"/dashboard/meetings/{third}/edit");
        await Expect(there.Field("Last date")).ToHaveValueAsync("2030-04-30");
        await there.Field("Title").FillAsync("Retrospective");
        await there.Press("Save and tell everybody");
        await Choose(there, "Only this one");
        await Expect(there.Page.GetByRole(AriaRole.Heading, new() { Name = "Retrospective" })).ToBeVisibleAsync();
        (await Of(ana)).Count(m => m["title"]!.ToString() == "Retrospective").ShouldBe(1);

        await there.Goes($"/dashboard/meetings/{(await Of(ana))[3]["id"]}/edit");
        await there.Field("Repeats").SelectOptionAsync("custom");
        await there.Field("Every").FillAsync("2");
        await there.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Thursday" }).CheckAsync(new() { Force = true });
        await Expect(there.Page.GetByText("Every 2 weeks on Tuesday and Thursday, until 30 Apr 2030").Last).ToBeVisibleAsync();
        await there.Press("Save and tell everybody");
        var question = there.Page.GetByRole(AriaRole.Dialog);
        await Expect(question.GetByRole(AriaRole.Radio)).ToHaveCountAsync(2);
        await Choose(there, "This and the following");
        await Expect(there.Page.GetByText("6 dates are booked.")).ToBeVisibleAsync();
        (await Starts(ana)).Skip(3).ShouldBe(["2030-03-26T10:00:00Z", "2030-03-28T10:00:00Z", "2030-04-09T10:00:00Z", "2030-04-11T10:00:00Z", "2030-04-23T10:00:00Z", "2030-04-25T10:00:00Z"]);
        there.DidNothingWrong();
    }

    [BrowserFact]
    public async Task A_series_asks_once_and_one_answer_is_for_all()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var (ana, ben) = (await house.SignUp("ana"), await house.SignUp("ben"));
        await Book(ana, "FREQ=WEEKLY;COUNT=4", "ben@example.com");
        await using var there = await Visitor.Comes(chromium, house, zone: "UTC");
        await there.Is(ben, house);
        await there.Goes("/dashboard");
        var asked = there.Page.GetByRole(AriaRole.Group, new() { Name = "Your answer to “Standup”" });
        await Expect(asked).ToHaveCountAsync(1);
        await asked.GetByRole(AriaRole.Button, new() { Name = "Yes" }).ClickAsync();
        await Choose(there, "All that are to come");
        await Expect(there.Page.GetByText("You accepted “Standup”")).ToBeVisibleAsync();
        (await Of(ben)).ShouldAllBe(m => m["participants"]![0]!["status"]!.ToString() == "accepted");

        // Not the third: a "no" can be undone, for this one as for all.
        await there.Goes($"/dashboard/meetings/{(await Of(ben))[2]["id"]}");
        await there.Press("No");
        await Choose(there, "Only this one");
        await Expect(there.Page.GetByText("You declined “Standup”")).ToBeVisibleAsync();
        await there.Page.GotoAsync("about:blank");
        await Eventually(async () => (await Of(ben)).Select(m => m["participants"]![0]!["status"]!.ToString()).SequenceEqual(["accepted", "accepted", "declined", "accepted"]));
        there.DidNothingWrong();
    }

    [BrowserFact]
    public async Task A_guest_is_told_that_the_answer_is_for_all_dates()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana");
        await Book(ana, "FREQ=WEEKLY;COUNT=4", "guest@example.com");
        await house.DeliverMail();
        var mail = (await house.Mails()).Single(m => m.To.Contains("guest@example.com", StringComparison.Ordinal));
        await using var guest = await Visitor.Comes(chromium, house, zone: "UTC");
        await guest.Goes("/rsvp#token=" + mail.Text.Split("/rsvp#token=")[1].Split('\r', '\n', ' ')[0]);
        await Expect(guest.Page.GetByText("It repeats: Every Tuesday, 4 times. Your answer is for all dates that are to come.")).ToBeVisibleAsync();
        await guest.Press("Yes");
        await Expect(guest.Page.GetByText("Ana sees that you are coming.")).ToBeVisibleAsync();
        (await Of(ana)).ShouldAllBe(m => m["participants"]![0]!["status"]!.ToString() == "accepted");
        guest.DidNothingWrong();
    }

    [BrowserFact]
    public async Task In_the_calendar_it_is_asked_which_ones_to_move()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana");
        await Book(ana, "FREQ=WEEKLY;COUNT=3");
        await using var there = await Visitor.Comes(chromium, house, zone: "UTC");
        await there.Is(ana, house);
        await there.Goes("/dashboard/calendar?view=week&date=2030-03-05");
        var entry = there.Page.Locator("[data-entry]").Filter(new() { HasText = "Standup" });
        await entry.FocusAsync();
        await there.Page.Keyboard.PressAsync("Alt+ArrowDown");
        await there.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Back" }).ClickAsync();
        await Expect(there.Page.GetByRole(AriaRole.Dialog)).Not.ToBeVisibleAsync();
        (await Starts(ana))[0].ShouldBe("2030-03-05T10:00:00Z");

        await entry.FocusAsync();
        await there.Page.Keyboard.PressAsync("Alt+ArrowDown");
        await Choose(there, "All that are to come");
        await Expect(there.Page.GetByText("“Standup” is now")).ToBeVisibleAsync();
        (await Starts(ana)).ShouldBe(["2030-03-05T10:15:00Z", "2030-03-12T10:15:00Z", "2030-03-19T10:15:00Z"]);
        await there.Press("Undo");
        await Eventually(async () => (await Starts(ana)).SequenceEqual(["2030-03-05T10:00:00Z", "2030-03-12T10:00:00Z", "2030-03-19T10:00:00Z"]));
        there.DidNothingWrong();
    }

    [BrowserFact]
    public async Task A_part_that_is_moved_becomes_a_series_of_its_own_and_says_so()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana");
        await Book(ana, "FREQ=WEEKLY;COUNT=4");
        await using var there = await Visitor.Comes(chromium, house, zone: "UTC");
        await there.Is(ana, house);
        var entry = there.Page.Locator("[data-entry]").Filter(new() { HasText = "Standup" });

        // From the first on it is all of them: that can be undone.
        await there.Goes("/dashboard/calendar?view=week&date=2030-03-05");
        await entry.FocusAsync();
        await there.Page.Keyboard.PressAsync("Alt+ArrowDown");
        await Choose(there, "This and the following");
        await Expect(there.Page.GetByText("“Standup” is now")).ToBeVisibleAsync();
        await there.Press("Undo");
        await Eventually(async () => (await Starts(ana))[3] == "2030-03-26T10:00:00Z");
        (await Of(ana)).Select(m => m["series"]!["id"]!.ToString()).Distinct().ShouldHaveSingleItem();

        await there.Goes("/dashboard/calendar?view=week&date=2030-03-19");
        await entry.FocusAsync();
        await there.Page.Keyboard.PressAsync("Alt+ArrowDown");
        await Choose(there, "This and the following");
        await Expect(there.Page.GetByText("From this date on it is a series of its own.")).ToBeVisibleAsync();
        await Expect(there.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" })).ToHaveCountAsync(0);
        (await Starts(ana)).ShouldBe(["2030-03-05T10:00:00Z", "2030-03-12T10:00:00Z", "2030-03-19T10:15:00Z", "2030-03-26T10:15:00Z"]);
        there.DidNothingWrong();
    }

    [BrowserFact]
    public async Task One_more_is_invited_to_this_date_or_to_all_and_it_is_told_when_they_are_busy()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var (ana, ben) = (await house.SignUp("ana"), await house.SignUp("ben"));
        await ben.Book("Dentist", "2030-03-19T10:00Z", "2030-03-19T11:00Z");
        await Book(ana, "FREQ=WEEKLY;COUNT=4", "cho@example.com");
        await using var there = await Visitor.Comes(chromium, house, zone: "UTC");
        await there.Is(ana, house);
        await there.Goes($"/dashboard/meetings/{(await Of(ana))[0]["id"]}");
        await there.Field("Invite more").FillAsync("ben@example.com");
        await there.Press("Invite");
        await Choose(there, "All that are to come");
        await Expect(there.Page.GetByText("ben@example.com is busy and was left out on Tue, 19 Mar 2030.")).ToBeVisibleAsync();
        (await Of(ana)).Select(m => m["participants"]!.AsArray().Count).ShouldBe([2, 2, 1, 2]);

        await there.Field("Invite more").FillAsync("dee@example.com");
        await there.Press("Invite");
        await Choose(there, "Only this one");
        await Expect(there.Page.GetByText("dee@example.com")).ToBeVisibleAsync();
        (await Of(ana)).Select(m => m["participants"]!.AsArray().Count).ShouldBe([3, 2, 1, 2]);
        there.DidNothingWrong();
    }

    private static ILocator Dates(Visitor there) => there.Page.GetByRole(AriaRole.List, new() { Name = "The next dates" }).Locator("li");

    private static async Task Choose(Visitor there, string scope)
    {
        var question = there.Page.GetByRole(AriaRole.Dialog);
        await question.GetByRole(AriaRole.Radio, new() { Name = scope }).CheckAsync();
        await question.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await Expect(question).Not.ToBeVisibleAsync();
    }

    private static async Task Book(Caller host, string rule, params string[] emails) => (await host.Post("/api/meetings/", new
    {
        title = "Standup", start_time = "2030-03-05T10:00:00Z", end_time = "2030-03-05T10:30:00Z", timezone = "UTC", recurrence = rule, participants = emails.Select(e => new { email = e }),
    })).ShouldBe(201);

    private static async Task<IReadOnlyList<JsonNode>> Of(Caller who) => [.. (await who.Get("/api/meetings/?ordering=start_time")).ShouldBe(200).Json!.AsArray().Select(m => m!)];

    private static async Task<IReadOnlyList<string>> Starts(Caller who) => [.. (await Of(who)).Select(m => m["start_time"]!.ToString())];

    /// What a page sends while it is left comes when it comes.
    private static async Task Eventually(Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        while (!await isSo())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);
}
