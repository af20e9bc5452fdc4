using Convene.Server.Tests;
using Microsoft.Playwright;

namespace Convene.Web.Tests.Looks;

/// Pictures of every page, in two widths and both themes: `CONVENE_SCREENSHOTS=<folder> dotnet test tests/Web.Tests --filter Screenshots`. They are for looking at.
/// With `CONVENE_LANGUAGE=de-DE` in that language.
[Collection(InChromium.Name)]
public sealed class Screenshots(Chromium chromium)
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("CONVENE_SCREENSHOTS");

    // A4, at 96 pixels an inch.
    private const int Paper = 794;

    private static readonly string Language = Environment.GetEnvironmentVariable("CONVENE_LANGUAGE") ?? "en-GB";

    public static TheoryData<int, ColorScheme> Looks => new()
    {
        { 1280, ColorScheme.Light }, { 1280, ColorScheme.Dark }, { 390, ColorScheme.Light }, { 390, ColorScheme.Dark },
    };

    [BrowserTheory, MemberData(nameof(Looks))]
    public async Task Of_every_page(int width, ColorScheme theme)
    {
        if (Folder is null)
            return;
        Directory.CreateDirectory(Folder);
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var (ana, kickoff) = await Sample.Fill(house);
        await using var visitor = await Visitor.Comes(chromium, house, language: Language, theme: theme, width: width, height: Height(width));
        foreach (var (name, path) in Pages.Open)
            await Take(visitor, name, Sample.Path(house, path, kickoff), width, theme);
        await visitor.Is(ana, house);
        foreach (var (name, path) in Pages.SignedIn)
            await Take(visitor, name, Sample.Path(house, path, kickoff), width, theme);

        if ((width, theme) is (1280, ColorScheme.Light))
        {
            await visitor.Page.EmulateMediaAsync(new() { Media = Media.Print });
            foreach (var (name, path) in Pages.SignedIn.Where(p => p.Name is "meeting" or "meetings" or "dashboard" || p.Name.StartsWith("calendar-", StringComparison.Ordinal)))
                await Take(visitor, $"print-{name}", Sample.Path(house, path, kickoff), Paper, theme);
            await visitor.Page.EmulateMediaAsync(new() { Media = Media.Null });
        }

        var ada = await Sample.Administer(house, kickoff);
        await Take(visitor, "admin-not-yours", "/admin/people", width, theme);
        await visitor.Is(ada, house);
        foreach (var (name, path) in Pages.Administration)
            await Take(visitor, name, path, width, theme);
    }

    private static async Task Take(Visitor visitor, string name, string path, int width, ColorScheme theme)
    {
        await visitor.Goes(path);
        await Take(visitor, name, width, theme);
    }

    /// Of what is shown now, if pictures are wanted.
    internal static async Task Take(Visitor visitor, string name, int width, ColorScheme theme)
    {
        if (Folder is null)
            return;
        Directory.CreateDirectory(Folder);
        // A window as high as the page: what sticks to the bottom then is at its bottom.
        var height = await visitor.Page.EvaluateAsync<int>("document.documentElement.scrollHeight");
        await visitor.Page.SetViewportSizeAsync(width, Math.Max(height, Height(width)));
        await visitor.Page.WaitForTimeoutAsync(500);
        await visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(Folder, $"{name}-{width}-{theme.ToString().ToLowerInvariant()}.png") });
        await visitor.Page.SetViewportSizeAsync(width, Height(width));
    }

    private static int Height(int width) => width < 600 ? 844 : 860;
}
