using Convene.Server.Tests;
using Convene.Server.Tests.Peers;
using Convene.Web.Tests.Looks;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Convene.Web.Tests.Stories;

/// A calendar that lies elsewhere takes time here.
[Collection(InChromium.Name)]
public sealed class ExternalCalendars(Chromium chromium)
{
    [BrowserFact]
    public async Task A_calendar_elsewhere_is_added_read_anew_and_removed()
    {
        await using var elsewhere = await CalendarServer.Start(CalendarServer.Event("surgery", "DTSTART:20300305T100000Z", "DTEND:20300305T110000Z"));
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine, "OUTGOING_ALLOWED_NETWORKS=127.0.0.0/8");
        var ana = await house.SignUp("ana", "UTC");
        await using var there = await Visitor.Comes(chromium, house, zone: "UTC");
        await there.Is(ana, house);
        await there.Goes("/dashboard/settings/calendars");
        await there.Press("Add a calendar");
        var dialog = there.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Expect(there.Field("Name")).ToHaveAttributeAsync("aria-invalid", "true");
        await Accessibility.Check(there, "external-add");
        await there.Field("Name").FillAsync("Hospital");
        await there.Field("Address").FillAsync(elsewhere.Url);
        await there.Page.GetByRole(AriaRole.Radio, new() { NameRegex = Visitor.Saying("I count as busy at all times") }).CheckAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Expect(there.Page.GetByText("Up to date, read this minute")).ToBeVisibleAsync();
        await Expect(there.Page.GetByText("closes when unreachable")).ToBeVisibleAsync();
        await Expect(there.Page.GetByText("busy 1 time")).ToBeVisibleAsync();

        // When it can't be read, that is said; what was read goes on counting.
        elsewhere.Status = 503;
        await Act("Read it now");
        await Expect(there.Page.GetByText("Could not be read just now; last read this minute")).ToBeVisibleAsync();
        await Accessibility.Check(there, "external-stale");
        elsewhere.Status = 200;
        elsewhere.Shows(CalendarServer.Event("surgery", "DTSTART:20300305T100000Z", "DTEND:20300305T110000Z"), CalendarServer.Event("round", "DTSTART:20300306T100000Z", "DTEND:20300306T110000Z"));
        await Act("Read it now");
        await Expect(there.Page.GetByText("“Hospital” was read")).ToBeVisibleAsync();
        await Expect(there.Page.GetByText("busy 2 times")).ToBeVisibleAsync();
        await Expect(there.Page.GetByText("Heart surgeon")).ToHaveCountAsync(0);

        await Act("Change");
        await there.Page.GetByRole(AriaRole.Radio, new() { Name = "Go on with what was read last." }).CheckAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(there.Page.GetByText("goes on when unreachable")).ToBeVisibleAsync();
        await Act("Remove");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Expect(there.Page.GetByText("None yet.")).ToBeVisibleAsync();
        (await ana.Get("/api/external-calendars/")).ShouldBe(200).Json!.AsArray().ShouldBeEmpty();
        there.MayBeRefused();
        there.DidNothingWrong();

        async Task Act(string what)
        {
            await there.Press("What to do with “Hospital”");
            await there.Page.GetByRole(AriaRole.Menuitem, new() { Name = what }).ClickAsync();
        }
    }
}
