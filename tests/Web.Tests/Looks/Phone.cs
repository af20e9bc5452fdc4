using Convene.Server.Tests;

namespace Convene.Web.Tests.Looks;

/// A phone is 390 pixels wide, and so is every page on it.
[Collection(InChromium.Name)]
public sealed class Phone(Chromium chromium)
{
    [BrowserFact]
    public async Task No_page_scrolls_sideways()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var (ana, kickoff) = await Sample.Fill(house);
        await using var visitor = await Visitor.Comes(chromium, house, width: 390, height: 844);
        await visitor.Is(ana, house);
        foreach (var (name, path) in Pages.SignedIn)
        {
            await visitor.Goes(Sample.Path(house, path, kickoff));
            (await visitor.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBe(390, name);
        }
    }
}
