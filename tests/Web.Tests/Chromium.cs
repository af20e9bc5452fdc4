using Convene.Server.Tests.Peers;
using Microsoft.Playwright;

namespace Convene.Web.Tests;

/// A story in a real browser: Debian's Chromium.
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Chromium.SkipReason;
}

/// The same, and mail goes to a real SMTP server.
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserAndSmtpFactAttribute : FactAttribute
{
    public BrowserAndSmtpFactAttribute() => Skip = Chromium.SkipReason ?? Peer.SkipUnless(SmtpServer.IsThere, "aiosmtpd", "python3-aiosmtpd");
}

[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = Chromium.SkipReason;
}

/// One browser for all stories; each person in it has a context (cookies, zone, clock) of their own.
public sealed class Chromium : IAsyncLifetime
{
    private const string Path = "/usr/bin/chromium";

    // It is told to talk to nobody: all it may reach is the house.
    private static readonly string[] Arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private IPlaywright? playwright;

    public static string? SkipReason => Peer.SkipUnless(File.Exists(Path), "Chromium", "chromium");

    public IBrowser Browser { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (SkipReason is not null)
            return;
        Assertions.SetDefaultExpectTimeout(Visitor.Patience);
        playwright = await Playwright.CreateAsync();
        Browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Path, Args = Arguments });
    }

    public async Task DisposeAsync()
    {
        if (Browser is not null)
            await Browser.DisposeAsync();
        playwright?.Dispose();
    }
}

[CollectionDefinition(Name)]
public sealed class InChromium : ICollectionFixture<Chromium>
{
    public const string Name = "in Chromium";
}
