using Convene.Server.Tests;
using Convene.Web.Tests.Looks;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Convene.Web.Tests.Stories;

/// Whoever can't come then proposes another time, and whoever runs the meeting takes it or not.
[Collection(InChromium.Name)]
public sealed class OtherTimes(Chromium chromium)
{
    [BrowserFact]
    public async Task Another_time_is_proposed_and_taken_with_one_click()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var (ana, ben) = (await house.SignUp("ana", "Europe/Berlin"), await house.SignUp("ben", "Asia/Kathmandu"));
        var cho = await house.SignUp("cho", "UTC");
        var id = (await ana.Book("Review", "2030-03-05T09:00Z", "2030-03-05T10:00Z", "ben@example.com", "cho@example.com")).Id;
        await cho.Book("Dentist", "2030-03-05T12:30Z", "2030-03-05T13:00Z");
        await using var host = await Visitor.Comes(chromium, house);
        await host.Is(ana, house);
        await host.Goes("/dashboard");
        await using var there = await Visitor.Comes(chromium, house, zone: "Asia/Kathmandu");
        await there.Is(ben, house);
        await there.Goes($"/dashboard/meetings/{id}");

        // On his own clocks: an hour later. The dashboard of the host shows it as it comes.
        await there.Press("Propose another time");
        await Accessibility.Check(there, "propose");
        await there.Types("From", "15:45");
        await there.Types("To", "16:45");
        await there.Field("Why").FillAsync("The bus is late.");
        await there.Press("Propose");
        await Expect(there.Page.GetByText("Not answered yet")).ToBeVisibleAsync();
        await Expect(host.Page.GetByText("ben proposes")).ToBeVisibleAsync();
        await Expect(host.Page.GetByText("The bus is late.")).ToBeVisibleAsync();
        await Expect(host.Page.GetByText("Everybody can")).ToBeVisibleAsync();
        await Accessibility.Check(host, "proposed");
        await host.Page.GetByRole(AriaRole.Button, new() { NameRegex = Visitor.Saying("Move it there: Tue, 5 Mar 2030, 11:00–12:00") }).ClickAsync();
        await Expect(host.Page.GetByText("“Review” is now Tue, 5 Mar 2030, 11:00–12:00")).ToBeVisibleAsync();
        await Expect(there.Page.GetByText("Accepted", new() { Exact = true }).First).ToBeVisibleAsync();
        (await ana.Get($"/api/meetings/{id}/")).ShouldBe(200)["start_time"]!.ToString().ShouldBe("2030-03-05T10:00:00Z");

        // Where somebody is busy, it is moved all the same or not at all.
        await there.Press("Propose another time");
        await there.Types("From", "18");
        await there.Types("To", "19");
        await there.Press("Propose");
        await host.Goes($"/dashboard/meetings/{id}");
        await Expect(host.Page.GetByText("cho@example.com would be busy")).ToBeVisibleAsync();
        await host.Page.GetByRole(AriaRole.Button, new() { NameRegex = Visitor.Saying("Move it there: ") }).ClickAsync();
        await Expect(host.Page.GetByRole(AriaRole.Dialog, new() { Name = "Somebody is busy then" })).ToBeVisibleAsync();
        await host.Page.Keyboard.PressAsync("Escape");
        await host.Page.GetByRole(AriaRole.Button, new() { NameRegex = Visitor.Saying("No: not ") }).ClickAsync();
        await Expect(host.Page.GetByText("Declined. ben is told.")).ToBeVisibleAsync();
        await Expect(host.Page.GetByText("ben proposes")).ToHaveCountAsync(0);
        await Expect(there.Page.GetByText("Declined", new() { Exact = true }).First).ToBeVisibleAsync();
        (await ana.Get($"/api/meetings/{id}/")).ShouldBe(200)["start_time"]!.ToString().ShouldBe("2030-03-05T10:00:00Z");
        host.MayBeRefused();
        host.DidNothingWrong();
        there.DidNothingWrong();
    }
}
