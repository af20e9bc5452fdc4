using Convene.Server.Tests;
using Convene.Web.Tests.Looks;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Convene.Web.Tests.Stories;

/// Calendars of other programs: a file comes in, an address goes out.
[Collection(InChromium.Name)]
public sealed class InAndOut(Chromium chromium)
{
    private const string File = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Elsewhere//EN\r\nX-WR-CALNAME:Private\r\n"
        + "BEGIN:VEVENT\r\nUID:dentist@example.com\r\nDTSTAMP:20300101T000000Z\r\nDTSTART:20300305T100000Z\r\nDTEND:20300305T110000Z\r\nSUMMARY:Dentist\r\nEND:VEVENT\r\n"
        + "BEGIN:VEVENT\r\nUID:choir@example.com\r\nDTSTAMP:20300101T000000Z\r\nDTSTART;TZID=Europe/Berlin:20300305T190000\r\nDTEND;TZID=Europe/Berlin:20300305T203000\r\nRRULE:FREQ=WEEKLY;COUNT=4\r\nSUMMARY:Choir\r\nEND:VEVENT\r\n"
        + "BEGIN:VEVENT\r\nUID:fair@example.com\r\nDTSTAMP:20300101T000000Z\r\nDTSTART;VALUE=DATE:20300307\r\nDTEND;VALUE=DATE:20300309\r\nTRANSP:TRANSPARENT\r\nSUMMARY:Fair\r\nEND:VEVENT\r\n"
        + "END:VCALENDAR\r\n";

    [BrowserFact]
    public async Task A_file_is_looked_at_before_it_is_imported_and_known_the_second_time()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana", "Europe/Berlin");
        await ana.Book("Standup", "2030-03-05T10:30Z", "2030-03-05T11:30Z");
        await using var there = await Visitor.Comes(chromium, house);
        await there.Is(ana, house);
        await there.Goes("/dashboard/calendar?view=week&date=2030-03-05");
        await there.Press("Import a calendar file");
        await there.IsAt("**/dashboard/import");

        await Choose(there, "private.ics", File);
        var items = there.Page.GetByRole(AriaRole.List, new() { Name = "Events of the file" }).GetByRole(AriaRole.Listitem);
        await Expect(items).ToHaveCountAsync(3);
        await Expect(there.Page.GetByRole(AriaRole.Heading, new() { Name = "What would become of “Private”" })).ToBeVisibleAsync();
        await Accessibility.Check(there, "import-preview");
        await Expect(items.Nth(0)).ToContainTextAsync("Tue, 5 Mar 2030, 11:00–12:00");
        await Expect(items.Nth(0)).ToContainTextAsync("Overlaps with 1 thing in your calendar");
        await Expect(items.Nth(1)).ToContainTextAsync("Tuesday");
        await Expect(items.Nth(2)).ToContainTextAsync("7 Mar 2030 – 8 Mar 2030 · does not take your time");
        (await ana.Get("/api/events/")).ShouldBe(200).Json!.AsArray().ShouldBeEmpty("nothing is written yet");

        await there.Press("Import 3 events");
        await Expect(there.Page.GetByText("3 events are in your calendar.")).ToBeVisibleAsync();
        await there.Page.GetByRole(AriaRole.Link, new() { Name = "Look at the calendar" }).ClickAsync();
        await Expect(there.Page.Locator("button[data-entry]").Filter(new() { HasText = "Dentist" })).ToBeVisibleAsync();

        // The same file, dropped onto the page.
        await there.Goes("/dashboard/import");
        await Drop(there, "again.ics");
        await Expect(there.Page.GetByText("There is nothing to add in this file.")).ToBeVisibleAsync();
        await Expect(items.First).ToContainTextAsync("As before");

        // One that is none says so, and another can be chosen.
        await there.Press("Another file");
        await Choose(there, "letter.ics", "Dear Ana,");
        await Expect(there.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Expect(there.Page.GetByRole(AriaRole.Button, new() { Name = "Choose a file" })).ToBeVisibleAsync();
        there.MayBeRefused();
        there.DidNothingWrong();
    }

    [BrowserFact]
    public async Task While_a_file_is_on_its_way_one_sees_how_far_it_is_and_can_stop_it()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana", "Europe/Berlin");
        await using var there = await Visitor.Comes(chromium, house);
        await there.Is(ana, house);
        await there.Goes("/dashboard/import");
        // The request is held until it is let go.
        var (begun, held) = (new TaskCompletionSource(), new TaskCompletionSource());
        await there.Page.RouteAsync("**/api/calendars/import/**", async route =>
        {
            begun.TrySetResult();
            await held.Task;
            await route.ContinueAsync();
        });

        await Drop(there, "private.ics");
        await begun.Task;
        await Expect(there.Page.GetByRole(AriaRole.Progressbar)).ToBeVisibleAsync();
        await Expect(there.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "private.ics" })).ToBeVisibleAsync();
        await there.Press("Stop");
        await Expect(there.Page.GetByRole(AriaRole.Progressbar)).Not.ToBeVisibleAsync();
        await Expect(there.Page.GetByRole(AriaRole.Button, new() { Name = "Choose a file" })).ToBeVisibleAsync();

        // Chosen again and let go, it comes to its end.
        held.SetResult();
        await Drop(there, "private.ics");
        await Expect(there.Page.GetByRole(AriaRole.List, new() { Name = "Events of the file" }).GetByRole(AriaRole.Listitem)).ToHaveCountAsync(3);
        there.DidNothingWrong();
    }

    [BrowserFact]
    public async Task One_that_repeats_is_deleted_from_a_date_on()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana", "Europe/Berlin");
        await using var there = await Visitor.Comes(chromium, house, canWait: true);
        await there.Is(ana, house);
        await there.Goes("/dashboard/import");
        await Choose(there, "private.ics", File);
        await there.Press("Import 3 events");
        await Expect(there.Page.GetByText("are in your calendar.")).ToBeVisibleAsync();

        await there.Goes("/dashboard/calendar?view=week&date=2030-03-19");
        var choir = there.Page.Locator("button[data-entry]").Filter(new() { HasText = "Choir" });
        await choir.ClickAsync();
        await there.Press("Delete");
        var question = there.Page.GetByRole(AriaRole.Dialog).Filter(new() { HasText = "This repeats. Delete which?" });
        await question.GetByRole(AriaRole.Radio, new() { Name = "This and the following" }).CheckAsync();
        await question.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await Expect(choir).ToHaveCountAsync(0);
        (await there.Page.RunAndWaitForResponseAsync(() => there.Passes(10), r => r.Request.Method == "DELETE")).Status.ShouldBe(204);
        (await ana.Get("/api/events/")).ShouldBe(200).Json!.AsArray().Count(e => e!["title"]!.ToString() == "Choir").ShouldBe(2);
        there.DidNothingWrong();
    }

    [BrowserFact]
    public async Task An_address_is_made_copied_renewed_and_ended()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana", "Europe/Berlin");
        await ana.Book("Standup", "2030-03-05T09:00Z", "2030-03-05T10:00Z");
        await using var there = await Visitor.Comes(chromium, house);
        await there.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await there.Is(ana, house);
        await there.Goes("/dashboard/settings");
        await there.Page.GetByRole(AriaRole.Link, new() { Name = "Manage calendars" }).ClickAsync();
        await there.Field("What for").FillAsync("Team page");
        await there.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Only when I am busy, not with what" }).CheckAsync();
        await there.Press("Make an address");
        await Expect(there.Page.GetByText("free and busy only")).ToBeVisibleAsync();
        await Expect(there.Field("What for")).ToHaveValueAsync("");

        await Accessibility.Check(there, "feeds");
        await there.Press("Copy");
        await Expect(there.Page.GetByText("Copied", new() { Exact = true })).ToBeVisibleAsync();
        var first = await there.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()");
        var read = (await house.Somebody().Get(new Uri(first).AbsolutePath)).ShouldBe(200).Text;
        read.ShouldContain("DTSTART");
        read.ShouldNotContain("Standup");

        // With details.
        await Act("Change");
        await there.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Checkbox).UncheckAsync();
        await there.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(there.Page.GetByText("with details")).ToBeVisibleAsync();
        (await house.Somebody().Get(new Uri(first).AbsolutePath)).ShouldBe(200).Text.ShouldContain("Standup");

        await Act("New address");
        await there.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "New address" }).ClickAsync();
        await Expect(there.Page.GetByText("“Team page” has a new address")).ToBeVisibleAsync();
        (await house.Somebody().Get(new Uri(first).AbsolutePath)).ShouldBe(404);
        var second = await there.Field("Address of “Team page”").InputValueAsync();
        (await house.Somebody().Get(new Uri(second).AbsolutePath)).ShouldBe(200);

        await Act("End it");
        await there.Press("Leave it");
        await Act("End it");
        await there.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "End it" }).ClickAsync();
        await Expect(there.Page.GetByText("No addresses yet.")).ToBeVisibleAsync();
        (await house.Somebody().Get(new Uri(second).AbsolutePath)).ShouldBe(404);
        there.DidNothingWrong();

        async Task Act(string what)
        {
            await there.Press("What to do with “Team page”");
            await there.Page.GetByRole(AriaRole.Menuitem, new() { Name = what }).ClickAsync();
        }
    }

    private static async Task Drop(Visitor there, string name)
    {
        var data = await there.Page.EvaluateHandleAsync("([name, text]) => { const data = new DataTransfer(); data.items.add(new File([text], name, { type: 'text/calendar' })); return data; }", (string[])[name, File]);
        await there.Page.GetByText("Drop an .ics file here").DispatchEventAsync("drop", new { dataTransfer = data });
    }

    private static Task Choose(Visitor there, string name, string text) =>
        there.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "text/calendar", Buffer = System.Text.Encoding.UTF8.GetBytes(text) });
}
