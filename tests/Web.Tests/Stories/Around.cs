using System.Text.RegularExpressions;
using Convene.Server.Tests;
using Microsoft.Playwright;

namespace Convene.Web.Tests.Stories;

/// What is around the pages: the list and its address, keyboard, language, theme, being offline, where one is signed in.
[Collection(InChromium.Name)]
public sealed class Around(Chromium chromium)
{
    [BrowserFact]
    public async Task What_the_list_shows_stands_in_the_address()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana", "Europe/Berlin");
        for (var n = 1; n <= 25; n++)
            await ana.Book($"Standup {n}", $"2030-03-{n + 4:00}T09:00Z", $"2030-03-{n + 4:00}T09:15Z");
        await ana.Book("Retrospective", "2030-03-08T13:00Z", "2030-03-08T14:00Z");
        await ana.Book("Long ago", "2030-03-01T13:00Z", "2030-03-01T14:00Z");
        await using var there = await Visitor.Comes(chromium, house);
        await there.Is(ana, house);
        await there.Goes("/dashboard/meetings");
        await Expect(there.Page.GetByText("26 meetings")).ToBeVisibleAsync();
        await there.Press("Next");
        await Expect(there.Page.GetByText("Page 2 of 2")).ToBeVisibleAsync();
        there.Page.Url.ShouldEndWith("/dashboard/meetings?page=2");

        await there.Field("Search").FillAsync("retro");
        await Expect(there.Page.GetByText("1 meeting", new() { Exact = true })).ToBeVisibleAsync();
        there.Page.Url.ShouldEndWith("/dashboard/meetings?search=retro");
        await there.Page.GetByRole(AriaRole.Link, new() { Name = "Retrospective" }).ClickAsync();
        await there.IsAt("**/meetings/*-*");
        await there.Page.GoBackAsync();
        await Expect(there.Field("Search")).ToHaveValueAsync("retro");
        await there.Press("Clear");
        await there.Page.GetByRole(AriaRole.Link, new() { Name = "Past" }).ClickAsync();
        await Expect(there.Page.GetByRole(AriaRole.Link, new() { Name = "Long ago" })).ToBeVisibleAsync();
        await there.Goes("/dashboard/meetings?when=all&from=2030-03-06&to=2030-03-06");
        await Expect(there.Page.GetByText("1 meeting", new() { Exact = true })).ToBeVisibleAsync();
        there.DidNothingWrong();
    }

    [BrowserFact]
    public async Task Everything_is_a_few_keys_away()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana");
        await ana.Book("Retrospective", "2030-03-08T13:00Z", "2030-03-08T14:00Z");
        await using var there = await Visitor.Comes(chromium, house, zone: "UTC");
        await there.Is(ana, house);
        await there.Goes("/dashboard");
        var keys = there.Page.Keyboard;

        await keys.PressAsync("Control+k");
        await Expect(there.Page.GetByRole(AriaRole.Combobox)).ToBeFocusedAsync();
        await keys.TypeAsync("retro");
        await Expect(there.Page.GetByRole(AriaRole.Option, new() { Name = "Retrospective" })).ToBeVisibleAsync();
        await keys.PressAsync("Enter");
        await Expect(there.Page.GetByRole(AriaRole.Heading, new() { Name = "Retrospective" })).ToBeVisibleAsync();

        await keys.PressAsync("t");
        await there.IsAt("**/dashboard");
        await keys.PressAsync("?");
        await Expect(there.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await keys.PressAsync("c"); // Not while a dialog is open.
        await keys.PressAsync("Escape");
        await Expect(there.Page.GetByRole(AriaRole.Dialog)).Not.ToBeVisibleAsync();
        await keys.PressAsync("c");
        await Expect(there.Field("Title")).ToBeFocusedAsync();
        await keys.TypeAsync("touch?"); // Keys that are typed into a field are text.
        await Expect(there.Field("Title")).ToHaveValueAsync("touch?");

        // The first stop of the tabulator leads past all of the shell.
        await there.Goes("/dashboard/meetings");
        await keys.PressAsync("Tab");
        await Expect(there.Page.GetByRole(AriaRole.Link, new() { Name = "To the content" })).ToBeFocusedAsync();
        there.DidNothingWrong();
    }

    [BrowserFact]
    public async Task It_speaks_the_language_of_the_browser_or_the_one_chosen()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana", "Europe/Berlin");
        await ana.Book("Besprechung", "2030-03-05T13:00Z", "2030-03-05T14:30Z");
        await using var there = await Visitor.Comes(chromium, house, language: "de-DE");
        await there.Is(ana, house);
        await there.Goes("/dashboard");
        await Expect(there.Page.GetByRole(AriaRole.Heading, new() { Name = "Guten Morgen, Ana" })).ToBeVisibleAsync();
        await Expect(there.Page.GetByText("Montag, 4. März 2030")).ToBeVisibleAsync();
        await Expect(there.Page.Locator("html")).ToHaveAttributeAsync("lang", "de");

        await there.Goes("/dashboard/settings");
        await there.Field("Sprache").SelectOptionAsync("en");
        await Expect(there.Page.GetByRole(AriaRole.Heading, new() { Name = "Look and language" })).ToBeVisibleAsync();
        await there.Field("Theme").SelectOptionAsync("dark");
        await there.Page.ReloadAsync();
        await there.Settled();
        await Expect(there.Page.GetByRole(AriaRole.Heading, new() { Name = "Look and language" })).ToBeVisibleAsync();
        await Expect(there.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        there.DidNothingWrong();
    }

    [BrowserFact]
    public async Task Who_was_offline_sees_what_happened_meanwhile()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana", "UTC");
        var ben = await house.SignUp("ben");
        await using var there = await Visitor.Comes(chromium, house, zone: "UTC");
        await there.Is(ana, house);
        await there.Goes("/dashboard");
        await there.Page.Context.SetOfflineAsync(true);
        await Expect(there.Page.GetByText("You are offline.")).ToBeVisibleAsync();
        await ben.Book("Surprise", "2030-03-04T15:00Z", "2030-03-04T16:00Z", "ana@example.com");
        await there.Page.Context.SetOfflineAsync(false);
        await Expect(there.Page.GetByText("You are offline.")).Not.ToBeVisibleAsync();
        await Expect(there.Page.GetByRole(AriaRole.Link, new() { Name = "Surprise" }).First).ToBeVisibleAsync(new() { Timeout = 15_000 });
    }

    [BrowserFact]
    public async Task Two_windows_share_one_line_to_the_server()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana", "UTC");
        var ben = await house.SignUp("ben");
        await using var there = await Visitor.Comes(chromium, house, zone: "UTC");
        await there.Is(ana, house);
        await there.Goes("/dashboard");
        var other = await there.Page.Context.NewPageAsync();
        var asked = 0;
        other.Request += (_, request) => asked += request.Url.EndsWith("/api/live/", StringComparison.Ordinal) ? 1 : 0;
        await other.Clock.SetFixedTimeAsync(house.Clock.GetCurrentInstant().ToDateTimeUtc());
        await other.GotoAsync("/dashboard");
        await Expect(other.GetByText("All answered")).ToBeVisibleAsync();

        await ben.Book("Surprise", "2030-03-04T15:00Z", "2030-03-04T16:00Z", "ana@example.com");
        await Expect(there.Page.GetByRole(AriaRole.Link, new() { Name = "Surprise" }).First).ToBeVisibleAsync();
        await Expect(other.GetByRole(AriaRole.Link, new() { Name = "Surprise" }).First).ToBeVisibleAsync();
        asked.ShouldBe(0);
        there.DidNothingWrong();
    }

    [BrowserFact]
    public async Task Another_login_is_ended_from_the_settings()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana", "UTC");
        await using var there = await Visitor.Comes(chromium, house, zone: "UTC");
        await there.SignsIn("ana@example.com");
        await there.Goes("/dashboard/settings/security");
        var current = there.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "this one" });
        await Expect(current).ToHaveCountAsync(1);
        (await ana.Get("/api/auth/me/")).ShouldBe(200);
        await there.Press("Sign out everywhere else");
        await Expect(there.Page.GetByText("Signed out everywhere else")).ToBeVisibleAsync();
        (await ana.Get("/api/auth/me/")).ShouldBe(401);

        await there.Goes("/dashboard/settings");
        await there.Page.GetByLabel(new Regex("^Answers", RegexOptions.None, TimeSpan.FromSeconds(1))).CheckAsync();
        await Expect(there.Page.GetByText("Saved", new() { Exact = true })).ToBeVisibleAsync();
        await there.Page.ReloadAsync();
        await Expect(there.Page.GetByLabel(new Regex("^Answers", RegexOptions.None, TimeSpan.FromSeconds(1)))).ToBeCheckedAsync();
        there.DidNothingWrong();
    }

    [BrowserFact]
    public async Task Documents_are_attached_and_read_by_who_is_in_the_meeting()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana", "UTC");
        var ben = await house.SignUp("ben");
        var id = (await ana.Book("Kickoff", "2030-03-05T13:00Z", "2030-03-05T14:00Z", "ben@example.com")).Id;
        await using var there = await Visitor.Comes(chromium, house, zone: "UTC");
        await there.Is(ana, house);
        await there.Goes($"/dashboard/meetings/{id}");
        await there.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "agenda.txt", MimeType = "text/plain", Buffer = "1. Hello"u8.ToArray() });
        await Expect(there.Page.GetByRole(AriaRole.Link, new() { Name = "agenda.txt" })).ToBeVisibleAsync();

        await using var other = await Visitor.Comes(chromium, house, zone: "UTC");
        await other.Is(ben, house);
        await other.Goes($"/dashboard/meetings/{id}");
        var download = await other.Page.RunAndWaitForDownloadAsync(() => other.Page.GetByRole(AriaRole.Link, new() { Name = "agenda.txt" }).ClickAsync());
        (await File.ReadAllTextAsync(await download.PathAsync())).ShouldBe("1. Hello");

        await there.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "virus.exe", MimeType = "text/plain", Buffer = "MZ\0\0\u0001\u0002"u8.ToArray() });
        await Expect(there.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "virus.exe" })).ToBeVisibleAsync();
        there.MayBeRefused();
        there.DidNothingWrong();
        other.DidNothingWrong();
    }

    private static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);
}
