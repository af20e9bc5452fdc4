using System.Text.RegularExpressions;
using Convene.Server.Tests;
using Microsoft.Playwright;

namespace Convene.Web.Tests;

/// Somebody at a browser: with a zone, a language, a theme, a screen. The browser's clock shows the house's time.
/// Whatever a page does wrong meanwhile (errors, violations of the policy, requests to others) is noted and fails the story at its end.
public sealed class Visitor : IAsyncDisposable
{
    // Milliseconds until something that should come is missed: generous, since CI's machine does much at once.
    public const float Patience = 30_000;

    private readonly List<string> wrongs = [];
    private readonly List<string> others = [];
    private readonly IBrowserContext context;
    private readonly Uri house;

    private Visitor(IBrowserContext context, IPage page, Uri house)
    {
        this.context = context;
        this.house = house;
        Page = page;
    }

    public IPage Page { get; }

    public static async Task<Visitor> Comes(Chromium chromium, TestHouse house, string zone = "Europe/Berlin", string language = "en-GB", ColorScheme theme = ColorScheme.Light, int width = 1280, int height = 860, bool canWait = false)
    {
        var context = await chromium.Browser.NewContextAsync(new()
        {
            BaseURL = house.Url.ToString(), TimezoneId = zone, Locale = language, ColorScheme = theme, ViewportSize = new() { Width = width, Height = height },
            ReducedMotion = ReducedMotion.Reduce, HasTouch = width < 600, IsMobile = width < 600,
        });
        context.SetDefaultTimeout(Patience);
        var page = await context.NewPageAsync();
        var now = house.Clock.GetCurrentInstant().ToDateTimeUtc();
        await (canWait ? page.Clock.InstallAsync(new() { TimeDate = now }) : page.Clock.SetFixedTimeAsync(now));
        var visitor = new Visitor(context, page, house.Url);
        visitor.Watch();
        return visitor;
    }

    /// The whole seconds that Playwright's clock knows; the house's time after it was moved on.
    public Task SeesTime(TestHouse of) => Page.Clock.SetFixedTimeAsync(of.Clock.GetCurrentInstant().ToDateTimeUtc());

    /// Of who comes with `canWait`, whose clock runs: time passes for the page, and whatever waits for it happens.
    public Task Passes(int seconds) => Page.Clock.FastForwardAsync(seconds * 1000);

    public async Task Goes(string path)
    {
        // What stands behind a '#' alone would not load a page anew.
        if (path.Contains('#', StringComparison.Ordinal))
            await Page.GotoAsync("about:blank");
        await Page.GotoAsync(path);
        await Settled();
    }

    /// Asked in the browser again and again: Playwright's own waiting for an address is .NET code that misses a change
    /// which comes between its first look and its subscription.
    public async Task IsAt(string pattern)
    {
        var matching = Regex.Escape(pattern).Replace(@"\*\*", ".*", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal);
        await Assertions.Expect(Page).ToHaveURLAsync(new Regex($"^{matching}$", RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    /// There is a page, and no skeleton in it any more.
    public async Task Settled() => await Page.WaitForFunctionAsync("() => document.querySelector('h1') && !document.querySelector('[data-waiting]')");

    /// The theme that the system of the device has from now on.
    public Task Wears(ColorScheme theme) => Page.EmulateMediaAsync(new() { ColorScheme = theme });

    public ILocator Field(string label) => Page.GetByLabel(label, new() { Exact = true }).And(Page.Locator("input, textarea, select"));

    public Task Press(string button) => Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    /// One after the other, with no time for the page to be drawn between them, as with a quick hand on a slow machine.
    public async Task SelectsAtOnce(params (string Label, string Value)[] choices)
    {
        var fields = new List<object>();
        foreach (var (label, value) in choices)
            fields.Add(new { field = await Field(label).ElementHandleAsync(), value });
        await Page.EvaluateAsync("""
            async (choices) => {
                for (const { field, value } of choices) {
                    field.value = value;
                    field.dispatchEvent(new Event('change', { bubbles: true }));
                    for (let i = 0; i < 100; i++) await null;
                }
            }
            """, fields);
    }

    /// Into a field that takes what is typed when it is left.
    public async Task Types(string label, string text)
    {
        await Field(label).ClickAsync();
        await Field(label).FillAsync(text);
        await Page.Keyboard.PressAsync("Tab");
    }

    /// From the clipboard of the browser, as people do.
    public async Task Pastes(string label, string text)
    {
        await Field(label).FocusAsync();
        await Page.EvaluateAsync("text => { const data = new DataTransfer(); data.setData('text', text); document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })); }", text);
    }

    public async Task Registers(string name, string? at = null)
    {
        await Goes(at ?? "/register");
        await Page.GetByLabel("First name").FillAsync(name);
        await Page.GetByLabel("E-mail address").FillAsync($"{name.ToLowerInvariant()}@example.com");
        await Page.GetByLabel("Password").FillAsync(Caller.Password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Create account" }).ClickAsync();
        await IsAt("**/dashboard**");
    }

    public async Task SignsIn(string email)
    {
        await Goes("/login");
        await Page.GetByLabel("E-mail address or user name").FillAsync(email);
        await Page.GetByLabel("Password").FillAsync(Caller.Password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await IsAt("**/dashboard**");
    }

    /// Signed in without going through the form: the session of a caller becomes the browser's.
    public async Task Is(Caller caller, TestHouse house)
    {
        var reply = await caller.Post("/api/auth/login/", new { email = caller.Email, password = Caller.Password });
        reply.ShouldBe(200);
        await context.AddCookiesAsync(caller.Cookies.GetAllCookies().Select(c => new Cookie { Name = c.Name, Value = c.Value, Url = house.Url.ToString() }));
    }

    /// For stories in which a request is refused on purpose: Chromium notes each in the console.
    public void MayBeRefused() => wrongs.RemoveAll(w => w.Contains("Failed to load resource", StringComparison.Ordinal));

    /// The house itself sends them there.
    public void MayGoTo(Uri other) => others.Add(other.Authority);

    public void DidNothingWrong() => wrongs.ShouldBeEmpty();

    /// Matches texts that contain this one.
    public static Regex Saying(string part) => new(Regex.Escape(part), RegexOptions.None, TimeSpan.FromSeconds(1));

    public async ValueTask DisposeAsync() => await context.DisposeAsync();

    private void Watch()
    {
        Page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                wrongs.Add($"{message.Type}: {message.Text} ({message.Location})");
        };
        Page.PageError += (_, error) => wrongs.Add($"exception: {error}");
        Page.Request += (_, request) =>
        {
            var url = new Uri(request.Url);
            if (url.Scheme is not ("data" or "blob") && url.Authority != house.Authority && !others.Contains(url.Authority, StringComparer.Ordinal))
                wrongs.Add($"a request to {url}");
        };
    }
}
