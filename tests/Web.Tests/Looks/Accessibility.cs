using System.Text.Json;
using Convene.Server.Tests;
using Microsoft.Playwright;

namespace Convene.Web.Tests.Looks;

/// axe-core finds nothing on any page, in either theme and width.
[Collection(InChromium.Name)]
public sealed class Accessibility(Chromium chromium)
{
    private static readonly string Script = Path.Combine(Repository.Root(), "web/node_modules/axe-core/axe.min.js");

    [BrowserTheory, InlineData(1280), InlineData(390)]
    public async Task Axe_finds_nothing(int width)
    {
        File.Exists(Script).ShouldBeTrue("run npm ci in web/");
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var (ana, kickoff) = await Sample.Fill(house);
        await using var visitor = await Visitor.Comes(chromium, house, width: width, height: width < 600 ? 844 : 860);
        foreach (var (name, path) in Pages.Open)
            await Look(visitor, name, Sample.Path(house, path, kickoff));
        await visitor.Is(ana, house);
        foreach (var (name, path) in Pages.SignedIn)
            await Look(visitor, name, Sample.Path(house, path, kickoff));

        await visitor.Goes("/dashboard");
        await visitor.Page.Keyboard.PressAsync("Control+k");
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Combobox)).ToBeFocusedAsync();
        await Check(visitor, "palette");
        await visitor.Page.Keyboard.PressAsync("Escape");
        await visitor.Page.Keyboard.PressAsync("?");
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await Check(visitor, "help");

        var ada = await Sample.Administer(house, kickoff);
        await Look(visitor, "admin-not-yours", "/admin/people");
        await visitor.Is(ada, house);
        foreach (var (name, path) in Pages.Administration)
            await Look(visitor, name, path);

        await visitor.Goes("/admin/meetings");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel meeting" }).First.ClickAsync();
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await Check(visitor, "admin-cancel");
        visitor.DidNothingWrong();
    }

    private static async Task Look(Visitor visitor, string name, string path)
    {
        await visitor.Goes(path);
        await Check(visitor, name);
    }

    /// In light by all rules; in dark, which differs in colours only (web/src/look/tokens.css), by those that look at colours.
    internal static async Task Check(Visitor visitor, string name)
    {
        await visitor.Page.EvaluateAsync(await File.ReadAllTextAsync(Script));
        await Finds(visitor, name, "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']");
        await visitor.Wears(ColorScheme.Dark);
        await Finds(visitor, $"{name}, dark", "{ type: 'rule', values: axe.getRules(['cat.color']).filter(r => !r.tags.includes('wcag2aaa')).map(r => r.ruleId) }");
        await visitor.Wears(ColorScheme.Light);
    }

    private static async Task Finds(Visitor visitor, string name, string rules)
    {
        var found = await visitor.Page.EvaluateAsync<JsonElement>($"async () => (await axe.run({{ runOnly: {rules}, resultTypes: ['violations'] }})).violations.map(v => ({{ id: v.id, nodes: v.nodes.map(n => n.html + ' ' + n.failureSummary) }}))");
        found.EnumerateArray().Select(v => v.ToString()).ShouldBeEmpty($"on {name}");
    }
}
