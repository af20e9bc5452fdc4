using Convene.Server.Tests.Peers;

namespace Convene.Server.Tests.Stories;

internal static class ProviderHelp
{
    /// The browser goes to the provider and comes back; where the house sends it then.
    public static async Task<string> ComesBack(this TestHouse house, Caller browser, string from = "/api/auth/provider/login/", Func<string, string>? changed = null)
    {
        var away = (await browser.Get(from)).ShouldBe(302).Headers["Location"];
        return await house.Returns(browser, away, changed);
    }

    /// From the provider's address that the house sent the browser to.
    public static async Task<string> Returns(this TestHouse house, Caller browser, string away, Func<string, string>? changed = null)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var answer = await client.GetAsync(new Uri(away));
        var back = answer.Headers.Location!.ToString();
        back.ShouldStartWith("http://convene.example.com/api/auth/provider/callback/?code=");
        // Another site sends the browser here.
        browser.Header("Sec-Fetch-Site", "cross-site");
        var reply = await browser.Get((changed ?? (b => b))(back)["http://convene.example.com".Length..]);
        browser.Header("Sec-Fetch-Site", null);
        return reply.ShouldBe(302).Headers["Location"];
    }
}
