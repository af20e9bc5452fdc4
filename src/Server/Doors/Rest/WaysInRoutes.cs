using Convene.Server.Features.Factors;

namespace Convene.Server.Doors.Rest;

/// The ways to sign in besides a password: second factors, passkeys, OpenID providers.
internal static class WaysInRoutes
{
    private const string Tag = "Ways in";

    public static void Map(RouteGroupBuilder everybody, RouteGroupBuilder signedIn) => SecondFactor(everybody, signedIn);

    private static void SecondFactor(RouteGroupBuilder everybody, RouteGroupBuilder signedIn)
    {
        everybody.MapPost("/auth/login/second-factor/", SecondFactorDoor.FinishLogin).Say("finish_login", Tag, "Sign in, second step", "After a login that was answered with 401, code `second_factor_required` and a `challenge`: sends a code of the app, or a recovery code. A challenge is good for five minutes and five tries. 401 with `second_factor_wrong`: try again; with `challenge_over`: begin again.")
            .Takes<Bodies.SecondFactor>().Gives<AccountsDoor.SignedIn>(200, "Signed in.").Fails(401, 429);
        signedIn.MapGet("/auth/second-factor/", SecondFactorDoor.Read).Say("read_second_factor", Tag, "Whether I have a second factor").Gives<ReadSecondFactor.State>(200, "Whether I do.").SignedIn();
        signedIn.MapPost("/auth/second-factor/", SecondFactorDoor.Begin).Say("begin_second_factor", Tag, "Set up a second factor", "Makes a secret for an app (TOTP: SHA-1, six digits, 30 seconds). It counts once a code of it is confirmed.")
            .Takes<Bodies.PasswordAgain>().Gives<BeginSecondFactor.Secret>(200, "The secret.").SignedIn(403);
        signedIn.MapPost("/auth/second-factor/confirm/", SecondFactorDoor.Confirm).Say("confirm_second_factor", Tag, "Confirm the second factor with the app's first code", "All other logins end. The answer has the recovery codes, this once.")
            .Takes<Bodies.FirstCode>().Gives<ConfirmSecondFactor.Result>(200, "Set up.").SignedIn(403);
        signedIn.MapPost("/auth/second-factor/recovery-codes/", SecondFactorDoor.RenewCodes).Say("renew_recovery_codes", Tag, "Get new recovery codes", "The old ones end.")
            .Takes<Bodies.PasswordAndCode>().Gives<ConfirmSecondFactor.Result>(200, "The new ones.").SignedIn(403, 429);
        signedIn.MapPost("/auth/second-factor/remove/", SecondFactorDoor.Remove).Say("remove_second_factor", Tag, "Switch the second factor off")
            .Takes<Bodies.PasswordAndCode>().GivesNothing("Switched off.").SignedIn(403, 429);
    }
}
