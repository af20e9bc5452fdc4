using System.Net;
using System.Net.Sockets;
using Convene.Server.Tests;
using Convene.Server.Tests.Peers;
using Microsoft.Playwright;
using NodaTime;

namespace Convene.Web.Tests.Stories;

/// Signing in with more than a password.
[Collection(InChromium.Name)]
public sealed class WaysIn(Chromium chromium)
{
    [BrowserFact]
    public async Task A_second_factor_is_set_up_asked_for_and_switched_off()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        await house.SignUp("ana");
        await using var ana = await Visitor.Comes(chromium, house);
        await ana.SignsIn("ana@example.com");
        await ana.Goes("/dashboard/settings");
        await ana.Page.Locator("section", new() { HasText = "Ways to sign in" }).GetByRole(AriaRole.Link, new() { Name = "Change" }).ClickAsync();
        await ana.IsAt("**/dashboard/settings/ways-in");
        await ana.Press("Set up");
        var dialog = ana.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Your password").FillAsync(Caller.Password);
        await ana.Press("Next");
        await Assertions.Expect(dialog.GetByRole(AriaRole.Img, new() { Name = "QR code for your app" })).ToBeVisibleAsync();
        var app = new CodeApp((await dialog.Locator("code").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal));
        await dialog.GetByLabel("The code that it shows").FillAsync(app.At(house.Clock.GetCurrentInstant()));
        await ana.Press("Switch on");
        await Assertions.Expect(dialog.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(10);
        var codes = await dialog.GetByRole(AriaRole.Listitem).AllInnerTextsAsync();
        await ana.Press("I have them");
        await Assertions.Expect(ana.Page.GetByText("10 recovery codes left")).ToBeVisibleAsync();

        // Signed out and in again: a wrong code first, then the next one.
        house.Clock.Advance(Duration.FromSeconds(30));
        await SignsOut(ana);
        await ana.Page.GetByLabel("E-mail address or user name").FillAsync("ana@example.com");
        await ana.Page.GetByLabel("Password").FillAsync(Caller.Password);
        await ana.Press("Sign in");
        await ana.Field("Code").FillAsync(app.Wrong(house.Clock.GetCurrentInstant()));
        await ana.Press("Sign in");
        await Assertions.Expect(ana.Page.GetByText("This code is wrong, or was used already.")).ToBeVisibleAsync();
        await ana.Field("Code").FillAsync(app.At(house.Clock.GetCurrentInstant()));
        await ana.Press("Sign in");
        await ana.IsAt("**/dashboard");

        await ana.Goes("/dashboard/settings/ways-in");
        await ana.Press("Switch off");
        await dialog.GetByLabel("Your password").FillAsync(Caller.Password);
        await dialog.GetByLabel("A code of your app, or a recovery code").FillAsync(codes[3].ToLowerInvariant());
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Switch off" }).ClickAsync();
        await Assertions.Expect(ana.Page.GetByRole(AriaRole.Button, new() { Name = "Set up" })).ToBeVisibleAsync();
        ana.MayBeRefused();
        ana.DidNothingWrong();
    }

    [BrowserFact]
    public async Task A_passkey_of_the_device_signs_in_without_a_password()
    {
        // Passkeys are for a name, and need TLS but on this very machine: so the house must know its port beforehand.
        var url = $"http://localhost:{FreePort()}";
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine, $"urls={url}", $"PUBLIC_URL={url}");
        await house.SignUp("ana");
        await using var ana = await Visitor.Comes(chromium, house);
        var device = await ana.Page.Context.NewCDPSessionAsync(ana.Page);
        await device.SendAsync("WebAuthn.enable");
        await device.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true,
            },
        });
        await ana.SignsIn("ana@example.com");
        await ana.Goes("/dashboard/settings/ways-in");
        await ana.Press("Add a passkey");
        var dialog = ana.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Your password").FillAsync(Caller.Password);
        await dialog.GetByLabel("Its name").FillAsync("This laptop");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await Assertions.Expect(ana.Page.GetByText("This laptop")).ToBeVisibleAsync();

        await SignsOut(ana);
        await ana.Press("Sign in with a passkey");
        await ana.IsAt("**/dashboard");
        await ana.Goes("/dashboard/settings/ways-in");
        await Assertions.Expect(ana.Page.GetByText("last used")).ToBeVisibleAsync();
        await ana.Press("Remove: This laptop");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Assertions.Expect(ana.Page.GetByText("None yet.")).ToBeVisibleAsync();
        await SignsOut(ana);
        await ana.Press("Sign in with a passkey");
        await Assertions.Expect(ana.Page.GetByText("This passkey is not known here")).ToBeVisibleAsync();
        ana.MayBeRefused();
        ana.DidNothingWrong();
    }

    [BrowserFact]
    public async Task The_provider_signs_in_and_says_no()
    {
        await using var provider = await OpenIdServer.Start();
        var url = $"http://localhost:{FreePort()}";
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine, [.. provider.Settings, $"urls={url}", $"PUBLIC_URL={url}"]);
        await using var ana = await Visitor.Comes(chromium, house);
        ana.MayGoTo(new Uri(provider.Issuer));
        await ana.Goes("/login?next=/dashboard/meetings");
        await ana.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in with House login" }).ClickAsync();
        await ana.IsAt("**/dashboard/meetings");
        await ana.Goes("/dashboard/settings/ways-in");
        // Nobody has a password of this account yet.
        await ana.Press("Take off: ana@example.com");
        await Assertions.Expect(ana.Page.GetByText("This is your only way in.")).ToBeVisibleAsync();
        (provider.Person["sub"], provider.Person["email"]) = ("u-18", "ana.private@example.org");
        await ana.Press("Add my account");
        await Assertions.Expect(ana.Field("Your password")).ToHaveAccessibleDescriptionAsync(Visitor.Saying("Leave this empty, if you signed in less than ten minutes ago."));
        await ana.Press("Go there");
        await Assertions.Expect(ana.Page.GetByText("ana.private@example.org")).ToBeVisibleAsync();
        await ana.Press("Take off: ana@example.com");
        await Assertions.Expect(ana.Page.GetByText("ana@example.com", new() { Exact = true })).ToHaveCountAsync(0);

        await SignsOut(ana);
        provider.Person["sub"] = "u-99";
        provider.Person["email_verified"] = false;
        await ana.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in with House login" }).ClickAsync();
        await Assertions.Expect(ana.Page.GetByText("The provider did not confirm an e-mail address of yours.")).ToBeVisibleAsync();
        ana.MayBeRefused();
        ana.DidNothingWrong();
    }

    private static async Task SignsOut(Visitor visitor)
    {
        await visitor.Page.GetByRole(AriaRole.Button, new() { NameRegex = Visitor.Saying("Account of") }).ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Sign out" }).ClickAsync();
        await visitor.IsAt("**/login");
    }

    /// Free just now; whoever listens next gets it.
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
