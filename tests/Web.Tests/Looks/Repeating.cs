using Convene.Server.Features.Mail;
using Convene.Server.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Convene.Web.Tests.Looks;

/// What there is of series on the pages: looked at by axe, and for pictures (see Screenshots).
[Collection(InChromium.Name)]
public sealed class Repeating(Chromium chromium)
{
    [BrowserTheory, InlineData(1280), InlineData(390)]
    public async Task Axe_finds_nothing_about_series(int width)
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var (ana, ben) = (await house.SignUp("ana", "Europe/Berlin"), await house.SignUp("ben", "Europe/Berlin"));
        await ben.Book("Dentist", "2030-03-26T09:00Z", "2030-03-26T09:30Z");
        var weekly = await Meet(ana, "Standup", "2030-03-05T10:00", "FREQ=WEEKLY;COUNT=10", "ben@example.com", "dee@example.com");
        await Meet(ben, "Planning with everybody who has a part in it", "2030-03-06T15:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE", "ana@example.com");
        await using var visitor = await Visitor.Comes(chromium, house, width: width, height: width < 600 ? 844 : 860);

        await visitor.Goes("/rsvp" + new Uri(house.Services.GetRequiredService<InvitationLink>().Url(weekly["series"]!["id"]!.ToString(), "dee@example.com")).Fragment);
        await Look("rsvp-series");
        await visitor.Is(ana, house);
        foreach (var (name, path) in new[]
        {
            ("dashboard-series", "/dashboard"), ("meetings-series", $"/dashboard/meetings?when=all&sort=start_time&series={weekly["series"]!["id"]}"),
            ("meeting-series", $"/dashboard/meetings/{weekly.Id}"),
        })
        {
            await visitor.Goes(path);
            await Look(name);
        }

        await visitor.Press("Cancel meeting");
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Dialog, new() { Name = "Standup" })).ToBeVisibleAsync();
        await Look("scope");
        await visitor.Page.Keyboard.PressAsync("Escape");

        await visitor.Goes("/dashboard/meetings/new?start=2030-03-19T09:00:00Z&end=2030-03-19T09:30:00Z&title=Review&people=ben@example.com");
        await visitor.Field("Repeats").SelectOptionAsync("custom");
        await visitor.Field("Ends").SelectOptionAsync("count");
        await visitor.Field("How often").FillAsync("8");
        await Assertions.Expect(visitor.Page.GetByText("Every Tuesday, 8 times")).ToBeVisibleAsync();
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.List, new() { Name = "The next dates" }).GetByRole(AriaRole.Listitem)).ToHaveCountAsync(5);
        await Look("repeat-weekly");
        await visitor.Field("Unit").SelectOptionAsync("monthly");
        await visitor.Field("On").SelectOptionAsync("weekday");
        await visitor.Field("Ends").SelectOptionAsync("date");
        await Assertions.Expect(visitor.Page.GetByText("Every month on the third Tuesday, until 19 Jun 2030")).ToBeVisibleAsync();
        await visitor.Field("Last date").FillAsync("2030-03-18");
        await Assertions.Expect(visitor.Page.GetByText("Choose a last date that is not before the start.")).ToBeVisibleAsync();
        await Look("repeat-monthly");
        await visitor.Field("Ends").SelectOptionAsync("never");
        await visitor.Press("Create and invite");
        await Assertions.Expect(visitor.Page.GetByText("dates are booked.")).ToBeVisibleAsync();
        await visitor.Settled();
        await Look("series-made");
        visitor.DidNothingWrong();

        async Task Look(string name)
        {
            foreach (var theme in (ColorScheme[])[ColorScheme.Dark, ColorScheme.Light])
            {
                await visitor.Wears(theme);
                await Screenshots.Take(visitor, name, width, theme);
            }

            await Accessibility.Check(visitor, name);
            (await visitor.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width, name);
        }
    }

    private static async Task<Reply> Meet(Caller host, string title, string start, string rule, params string[] emails)
    {
        var begin = DateTime.Parse(start, System.Globalization.CultureInfo.InvariantCulture);
        return (await host.Post("/api/meetings/", new
        {
            title, start_time = start, end_time = begin.AddMinutes(30).ToString("s"), timezone = "Europe/Berlin", location = "Room 1", recurrence = rule, participants = emails.Select(e => new { email = e }),
        })).ShouldBe(201);
    }
}
