using Convene.Server.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Convene.Web.Tests.Stories;

/// What is taken away can be called back for ten seconds: until then nobody heard of it.
[Collection(InChromium.Name)]
public sealed class Undoing(Chromium chromium)
{
    [BrowserFact]
    public async Task A_deleted_meeting_comes_back_or_is_gone_after_ten_seconds()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana", "UTC");
        var id = (await ana.Book("Kickoff", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "guest@example.com")).Id;
        await house.DeliverMail();
        await using var there = await Visitor.Comes(chromium, house, zone: "UTC", canWait: true);
        await there.Is(ana, house);
        await there.Goes($"/dashboard/meetings/{id}");

        await there.Press("Delete");
        await there.IsAt("**/dashboard/meetings");
        await Expect(there.Page.GetByRole(AriaRole.Region, new() { Name = "Messages" }).GetByText("“Kickoff” is deleted")).ToBeVisibleAsync();
        await Expect(there.Page.GetByRole(AriaRole.Link, new() { Name = "Kickoff" })).ToHaveCountAsync(0);
        await there.Press("Undo");
        await Expect(there.Page.GetByRole(AriaRole.Link, new() { Name = "Kickoff" })).ToBeVisibleAsync();
        await there.Passes(30);
        (await ana.Get($"/api/meetings/{id}/")).ShouldBe(200);

        await there.Goes($"/dashboard/meetings/{id}");
        await there.Press("Delete");
        await Expect(there.Page.GetByRole(AriaRole.Region, new() { Name = "Messages" }).GetByText("“Kickoff” is deleted")).ToBeVisibleAsync();
        await there.IsAt("**/dashboard/meetings");
        await Expect(there.Page.GetByRole(AriaRole.Link, new() { Name = "Kickoff" })).ToHaveCountAsync(0);
        var told = await there.Page.RunAndWaitForResponseAsync(() => there.Passes(10), r => r.Request.Method == "DELETE");
        told.Status.ShouldBe(204);
        await Expect(there.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" })).ToHaveCountAsync(0);
        (await ana.Get($"/api/meetings/{id}/")).ShouldBe(404);
        await house.DeliverMail();
        (await house.Mails()).Count(m => m.Subject.StartsWith("Cancelled: Kickoff", StringComparison.Ordinal)).ShouldBe(1);
        there.DidNothingWrong();
    }

    [BrowserFact]
    public async Task A_document_taken_off_comes_back()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana", "UTC");
        var id = (await ana.Book("Kickoff", "2030-03-05T10:00Z", "2030-03-05T11:00Z")).Id;
        await using var there = await Visitor.Comes(chromium, house, zone: "UTC", canWait: true);
        await there.Is(ana, house);
        await there.Goes($"/dashboard/meetings/{id}");
        await there.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "agenda.txt", MimeType = "text/plain", Buffer = "1. Hello"u8.ToArray() });
        var document = there.Page.GetByRole(AriaRole.Link, new() { Name = "agenda.txt" });
        await Expect(document).ToBeVisibleAsync();

        await there.Press("Take off agenda.txt");
        await Expect(document).ToHaveCountAsync(0);
        await there.Press("Undo");
        await Expect(document).ToBeVisibleAsync();
        (await ana.Get($"/api/meetings/{id}/attachments/")).ShouldBe(200).Json!.AsArray().Count.ShouldBe(1);

        await there.Press("Take off agenda.txt");
        (await there.Page.RunAndWaitForResponseAsync(() => there.Passes(10), r => r.Request.Method == "DELETE")).Status.ShouldBe(204);
        await Expect(document).ToHaveCountAsync(0);
        (await ana.Get($"/api/meetings/{id}/attachments/")).ShouldBe(200).Json!.AsArray().ShouldBeEmpty();
        there.DidNothingWrong();
    }

    [BrowserFact]
    public async Task Time_of_ones_own_is_made_changed_deleted_and_brought_back()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana", "Europe/Berlin");
        await using var there = await Visitor.Comes(chromium, house, canWait: true);
        await there.Is(ana, house);
        await there.Goes("/dashboard/calendar?view=day&date=2030-03-05");
        await there.Page.Locator("[data-current=true]").FocusAsync();
        await there.Page.Keyboard.PressAsync("Enter");
        await there.Field("Title").FillAsync("Dentist");
        await there.Press("Block this time");
        var entry = there.Page.Locator("button[data-entry]").Filter(new() { HasText = "Dentist" });
        await entry.ClickAsync();

        var dialog = there.Page.GetByRole(AriaRole.Dialog, new() { Name = "Dentist" });
        await there.Field("Title").FillAsync("Dentist, again");
        await there.Types("From", "11");
        await there.Types("To", "12:30");
        await dialog.GetByRole(AriaRole.Checkbox).UncheckAsync();
        await there.Press("Save");
        await Expect(there.Page.GetByText("“Dentist, again” is now Tue, 5 Mar 2030, 11:00–12:30")).ToBeVisibleAsync();
        var changed = (await Events(ana)).ShouldHaveSingleItem();
        changed.ShouldBe("Dentist, again 2030-03-05T10:00:00Z 2030-03-05T11:30:00Z free");

        await entry.ClickAsync();
        await there.Press("Delete");
        await Expect(there.Page.GetByText("“Dentist, again” is deleted")).ToBeVisibleAsync();
        await Expect(entry).ToHaveCountAsync(0);
        await there.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).Last.ClickAsync();
        await Expect(entry).ToBeVisibleAsync();
        (await Events(ana)).ShouldBe([changed]);

        await entry.ClickAsync();
        await there.Press("Delete");
        (await there.Page.RunAndWaitForResponseAsync(() => there.Passes(10), r => r.Request.Method == "DELETE")).Status.ShouldBe(204);
        await Expect(entry).ToHaveCountAsync(0);
        (await Events(ana)).ShouldBeEmpty();
        there.DidNothingWrong();
    }

    private static async Task<IReadOnlyList<string>> Events(Caller who) =>
        [.. (await who.Get("/api/events/")).ShouldBe(200).Json!.AsArray().Select(e => $"{e!["title"]} {e["start_time"]} {e["end_time"]} {e["event_type"]}")];
}
