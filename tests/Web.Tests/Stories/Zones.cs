using Convene.Server.Tests;
using Microsoft.Playwright;

namespace Convene.Web.Tests.Stories;

/// A time is what its zone's clocks show, whoever looks from wherever.
[Collection(InChromium.Name)]
public sealed class Zones(Chromium chromium)
{
    [BrowserTheory]
    [InlineData("Asia/Kathmandu", "2030-03-05", "10:00", "2030-03-05T04:15:00Z")]
    [InlineData("America/New_York", "2030-03-09", "10:00", "2030-03-09T15:00:00Z")]
    [InlineData("America/New_York", "2030-03-10", "10:00", "2030-03-10T14:00:00Z")] // Clocks went forward that night.
    [InlineData("America/New_York", "2030-11-03", "10:00", "2030-11-03T15:00:00Z")] // And back.
    [InlineData("Australia/Lord_Howe", "2030-10-06", "10:00", "2030-10-05T23:00:00Z")] // By half an hour.
    public async Task A_time_typed_is_a_time_on_the_clocks_of_who_types(string zone, string date, string time, string instant)
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        await using var ana = await Visitor.Comes(chromium, house, zone: zone);
        await ana.Registers("Ana");
        await ana.Goes("/dashboard/meetings/new");
        await ana.Field("Title").FillAsync("Call");
        await ana.Field("Date").FillAsync(date);
        await ana.Types("Start", time);
        await ana.Press("Create and invite");
        await ana.IsAt("**/meetings/*-*");
        await Expect(ana.Page.Locator("time").First).ToHaveAttributeAsync("datetime", instant);
        await Expect(ana.Page.Locator("time").First).ToContainTextAsync("10:00");

        // And the form reads it back as it was typed.
        await ana.Page.GetByRole(AriaRole.Link, new() { Name = "Edit" }).ClickAsync();
        await Expect(ana.Field("Date")).ToHaveValueAsync(date);
        await Expect(ana.Field("Start")).ToHaveValueAsync(time);
        ana.DidNothingWrong();
    }

    [BrowserFact]
    public async Task A_time_that_the_clocks_skip_is_told()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        await using var ana = await Visitor.Comes(chromium, house, zone: "America/New_York");
        await ana.Registers("Ana");
        await ana.Goes("/dashboard/meetings/new");
        await ana.Field("Date").FillAsync("2030-03-10");
        await ana.Types("Start", "2:30");
        await Expect(ana.Page.GetByText("Clocks in New York skip this time; it becomes 03:30")).ToBeVisibleAsync();
        ana.DidNothingWrong();
    }

    [BrowserFact]
    public async Task One_may_look_through_the_clocks_of_another_place()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana", "America/New_York");
        var id = (await ana.Book("Call", "2030-03-08T14:00Z", "2030-03-08T15:00Z")).Id;
        // The browser's own zone does not matter: the profile's does.
        await using var there = await Visitor.Comes(chromium, house, zone: "Asia/Tokyo");
        await there.Is(ana, house);
        await there.Goes($"/dashboard/meetings/{id}");
        await Expect(there.Page.GetByText("09:00–10:00").First).ToBeVisibleAsync();
        await Expect(there.Page.GetByText("14:00–15:00 UTC")).ToBeVisibleAsync();

        await there.Page.GetByRole(AriaRole.Button, new() { Name = "Time zone: New York" }).ClickAsync();
        await there.Field("Show times in").FillAsync("kathm");
        await there.Page.GetByRole(AriaRole.Option, new() { Name = "Asia/Kathmandu" }).ClickAsync();
        await there.Page.Keyboard.PressAsync("Escape");
        await Expect(there.Page.GetByText("19:45–20:45").First).ToBeVisibleAsync();

        // The week in which the clocks change says so.
        await there.Goes("/dashboard");
        await Expect(there.Page.GetByText("Clocks go forward by 1h on Sunday 10 March")).ToBeVisibleAsync();
        there.DidNothingWrong();
    }

    private static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);
}
