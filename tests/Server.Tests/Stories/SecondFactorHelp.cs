using Convene.Server.Tests.Peers;
using NodaTime;

namespace Convene.Server.Tests.Stories;

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
