using Convene.Server.Features.Factors;
using NodaTime;

namespace Convene.Server.Tests.Stories;

/// An app that makes codes, set up from what the server told.
internal sealed class CodeApp(string base32)
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public string At(Instant now) => Totp.Code(Decoded(), Totp.Step(now));

    /// A code that is of no step near now.
    public string Wrong(Instant now)
    {
        var near = Enumerable.Range(-2, 5).Select(o => Totp.Code(Decoded(), Totp.Step(now) + o)).ToHashSet(StringComparer.Ordinal);
        return Enumerable.Range(0, 10).Select(n => $"{n:D6}").First(c => !near.Contains(c));
    }

    private byte[] Decoded()
    {
        var bits = string.Concat(base32.Select(c => Convert.ToString(Letters.IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. bits.Chunk(8).Where(b => b.Length == 8).Select(b => Convert.ToByte(new string(b), 2))];
    }
}

internal static class SecondFactorHelp
{
    /// Sets up a second factor for somebody who is signed in; they have used the present code then.
    public static async Task<(CodeApp App, string[] RecoveryCodes)> SetUpSecondFactor(this TestHouse house, Caller caller)
    {
        var begun = (await caller.Post("/api/auth/second-factor/", new { password = Caller.Password })).ShouldBe(200);
        var app = new CodeApp((string)begun["key"]!);
        var confirmed = (await caller.Post("/api/auth/second-factor/confirm/", new { code = house.Code(app) })).ShouldBe(200);
        return (app, [.. confirmed["recovery_codes"]!.AsArray().Select(c => (string)c!)]);
    }

    public static string Code(this TestHouse house, CodeApp app) => app.At(house.Clock.GetCurrentInstant());

    /// The app shows another code.
    public static void NextCode(this TestHouse house) => house.Clock.Advance(Duration.FromSeconds(30));

    /// The first step of signing in; the challenge that it answers.
    public static async Task<string> Challenge(this TestHouse house, string name)
    {
        var reply = await house.Somebody().Post("/api/auth/login/", new { email = $"{name}@example.com", password = Caller.Password });
        reply.ShouldBeUnauthorized();
        ((string)reply["code"]!).ShouldBe("second_factor_required");
        return (string)reply["challenge"]!;
    }

    public static Task<Reply> Finish(this TestHouse house, string challenge, string code) =>
        house.Somebody().Post("/api/auth/login/second-factor/", new { challenge, code });
}
