using Convene.Server.Tests;
using Microsoft.Playwright;

namespace Convene.Web.Tests.Stories;

/// Guests answer without an account, by the link of their mail.
[Collection(InChromium.Name)]
public sealed class InvitationLink(Chromium chromium)
{
    [BrowserFact]
    public async Task A_guest_answers_from_the_mail()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana");
        var id = (await ana.Book("Kickoff", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "guest@example.com")).Id;
        await house.DeliverMail();
        var mail = (await house.Mails()).Single(m => m.Text.Contains("Kickoff", StringComparison.Ordinal));
        var link = mail.Text.Split('\n', ' ').Single(word => word.Contains("/rsvp#token=", StringComparison.Ordinal)).Trim();

        await using var guest = await Visitor.Comes(chromium, house, zone: "America/New_York");
        await guest.Goes(new Uri(link).PathAndQuery + new Uri(link).Fragment);
        await Expect(guest.Page.GetByRole(AriaRole.Heading, new() { Name = "Kickoff" })).ToBeVisibleAsync();
        await Expect(guest.Page.GetByText("05:00–06:00").First).ToBeVisibleAsync();
        ((string)(await ana.Get($"/api/meetings/{id}/"))["participants"]![0]!["status"]!).ShouldBe("pending", "opening the link changes nothing");

        await guest.Press("Maybe");
        await Expect(guest.Page.GetByText("Ana sees that you may come.")).ToBeVisibleAsync();
        ((string)(await ana.Get($"/api/meetings/{id}/"))["participants"]![0]!["status"]!).ShouldBe("tentative");
        guest.DidNothingWrong();
    }

    [BrowserFact]
    public async Task A_link_that_opens_nothing_says_so()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        await using var guest = await Visitor.Comes(chromium, house);
        await guest.Goes("/rsvp#token=nonsense");
        await Expect(guest.Page.GetByText("This invitation is no more")).ToBeVisibleAsync();
        guest.MayBeRefused();
        guest.DidNothingWrong();
    }

    private static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);
}
