using Convene.Server.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Convene.Web.Tests.Stories;

/// The pages about the API work under a policy that lets them run only what comes from here.
[Collection(InChromium.Name)]
public sealed class ApiPages(Chromium chromium)
{
    [BrowserFact]
    public async Task Swagger_shows_the_api()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        await using var there = await Visitor.Comes(chromium, house);
        await there.Page.GotoAsync("/api/docs/");
        await Expect(there.Page.GetByRole(AriaRole.Button, new() { Name = "POST /api/auth/register/ Sign up" })).ToBeVisibleAsync();
        there.DidNothingWrong();
    }

    [BrowserFact]
    public async Task Redoc_shows_the_api_with_its_styles()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        await using var there = await Visitor.Comes(chromium, house);
        var errors = new List<string>();
        there.Page.Console += (_, message) => errors.Add($"{message.Type}: {message.Text}");
        await there.Page.GotoAsync("/api/redoc/");
        // It draws all of the description at once, which takes it seconds of processor time: beside all other tests, on a slow machine, more than the usual half minute.
        await Expect(there.Page.GetByRole(AriaRole.Heading, new() { Name = "Book a meeting" }).First).ToBeVisibleAsync(new() { Timeout = 120_000 });
        (await there.Page.Locator(".menu-content").EvaluateAsync<string>("menu => getComputedStyle(menu).position")).ShouldBe("sticky");
        // Its maker's logo is elsewhere: the policy lets nobody ask for it.
        errors.Where(e => e.StartsWith("error", StringComparison.Ordinal) && !e.Contains("logo-mini.svg", StringComparison.Ordinal)).ShouldBeEmpty();
    }
}
