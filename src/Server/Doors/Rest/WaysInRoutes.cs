using System.Text.Json.Nodes;
using Convene.Server.Features.Factors;
using Convene.Server.Features.Passkeys;
using Convene.Server.Features.Providers;

namespace Convene.Server.Doors.Rest;

/// The ways to sign in besides a password: second factors, passkeys, OpenID providers.
internal static class WaysInRoutes
{
    private const string Tag = "Ways in";

    public static void Map(RouteGroupBuilder everybody, RouteGroupBuilder signedIn)
    {
        SecondFactor(everybody, signedIn);
        Passkeys(everybody, signedIn);
        Providers(everybody, signedIn);
    }

    private static void SecondFactor(RouteGroupBuilder everybody, RouteGroupBuilder signedIn)
    {
        everybody.MapPost("/auth/login/second-factor/", SecondFactorDoor.FinishLogin).Say("finish_login", Tag, "Sign in, second step", "After a login that was answered with 401, code `second_factor_required` and a `challenge`: sends a code of the app, or a recovery code. A challenge is good for five minutes and five tries. 401 with `second_factor_wrong`: try again; with `challenge_over`: begin again.")
            .Takes<Bodies.SecondFactor>().Gives<AccountsDoor.SignedIn>(200, "Signed in.").Fails(401, 429);
        signedIn.MapGet("/auth/second-factor/", SecondFactorDoor.Read).Say("read_second_factor", Tag, "Whether I have a second factor").Gives<ReadSecondFactor.State>(200, "Whether I do.").SignedIn(403);
        signedIn.MapPost("/auth/second-factor/", SecondFactorDoor.Begin).Say("begin_second_factor", Tag, "Set up a second factor", "Makes a secret for an app (TOTP: SHA-1, six digits, 30 seconds). It counts once a code of it is confirmed.")
            .Takes<Bodies.PasswordAgain>().Gives<BeginSecondFactor.Secret>(200, "The secret.").SignedIn(403);
        signedIn.MapPost("/auth/second-factor/confirm/", SecondFactorDoor.Confirm).Say("confirm_second_factor", Tag, "Confirm the second factor with the app's first code", "All other logins end. The answer has the recovery codes, this once.")
            .Takes<Bodies.FirstCode>().Gives<ConfirmSecondFactor.Result>(200, "Set up.").SignedIn(403);
        signedIn.MapPost("/auth/second-factor/recovery-codes/", SecondFactorDoor.RenewCodes).Say("renew_recovery_codes", Tag, "Get new recovery codes", "The old ones end.")
            .Takes<Bodies.PasswordAndCode>().Gives<ConfirmSecondFactor.Result>(200, "The new ones.").SignedIn(403, 429);
        signedIn.MapPost("/auth/second-factor/remove/", SecondFactorDoor.Remove).Say("remove_second_factor", Tag, "Switch the second factor off")
            .Takes<Bodies.PasswordAndCode>().GivesNothing("Switched off.").SignedIn(403, 429);
    }

    private static void Passkeys(RouteGroupBuilder everybody, RouteGroupBuilder signedIn)
    {
        everybody.MapPost("/auth/login/passkey/options/", PasskeysDoor.BeginLogin).Say("begin_passkey_login", Tag, "Sign in with a passkey, first step", "What the browser asks a device to sign (WebAuthn). User verification is preferred; no credentials are named: the device knows its own.")
            .Gives<SignInByPasskey.Options>(200, "A challenge, good once.").Fails(429);
        everybody.MapPost("/auth/login/passkey/", PasskeysDoor.Login).Say("passkey_login", Tag, "Sign in with a passkey", "One whose device has verified its user counts as both factors. Another one is asked for the second factor, if the account has one: 401 with `second_factor_required`, as at login.")
            .Takes<Bodies.ShownPasskey>().Gives<AccountsDoor.SignedIn>(200, "Signed in.").Fails(401);
        signedIn.MapGet("/auth/passkeys/", PasskeysDoor.List).Say("list_passkeys", Tag, "My passkeys").Gives<Passkey[]>(200, "By when they were added.").SignedIn(403);
        signedIn.MapPost("/auth/passkeys/options/", PasskeysDoor.Begin).Say("begin_passkey", Tag, "Add a passkey, first step", "What the browser asks a device to make (WebAuthn): discoverable, without attestation.")
            .Takes<Bodies.PasswordAgain>().Gives<AddPasskey.Options>(200, "A challenge, good once.").SignedIn(403);
        signedIn.MapPost("/auth/passkeys/", PasskeysDoor.Add).Say("add_passkey", Tag, "Add a passkey").Takes<Bodies.NewPasskey>().Gives<Passkey>(201, "Added.").SignedIn(403);
        signedIn.MapDelete("/auth/passkeys/{id:long}/", PasskeysDoor.Remove).Say("remove_passkey", Tag, "Remove a passkey").GivesNothing("Removed.").SignedIn(403, 404);
    }

    private static void Providers(RouteGroupBuilder everybody, RouteGroupBuilder signedIn)
    {
        everybody.MapGet("/auth/ways-in/", ProviderDoor.Read).Say("read_ways_in", Tag, "How one can sign in here besides a password").Gives<ProviderDoor.WaysIn>(200, "The ways.");
        everybody.MapGet("/auth/provider/login/", ProviderDoor.Begin).Say("begin_provider_login", Tag, "Sign in by the OpenID provider", "For browsers: sends them to the provider, from where they come back to the callback.")
            .Asks("next", "The page to go on to; default /dashboard.", new JsonObject { ["type"] = "string" }).Asks("timezone", "IANA zone of a new account; default UTC.", new JsonObject { ["type"] = "string" }).GivesRedirect("To the provider, or back to the login page with `#provider=` and a reason.").Fails(404, 429);
        everybody.MapGet("/auth/provider/callback/", ProviderDoor.Callback).AddEndpointFilter(Authentication.Optional).Say("finish_provider_login", Tag, "Come back from the OpenID provider", "The redirect URI to register there. The cookie that was set on the way there must come along.")
            .Asks("state", "As it was sent.", new JsonObject { ["type"] = "string" }).Asks("code", "The authorization code.", new JsonObject { ["type"] = "string" })
            .Asks("iss", "The provider (RFC 9207).", new JsonObject { ["type"] = "string" }).Asks("error", "Why it refused.", new JsonObject { ["type"] = "string" })
            .GivesRedirect("Signed in, to the page that was asked for; with a second factor to the login page with `#challenge=`; else to the login page with `#provider=` and a reason.").Fails(401, 403, 404);
        signedIn.MapPost("/auth/provider/link/", ProviderDoor.BeginLink).Say("link_provider", Tag, "Add the OpenID provider to my account", "It takes the password again.")
            .Takes<Bodies.PasswordOrLogin>(optional: true).Gives<ProviderDoor.Away>(200, "Where to send the browser.").SignedIn(403, 404, 429);
        signedIn.MapGet("/auth/provider/identities/", ProviderDoor.List).Say("list_identities", Tag, "The provider's accounts that I sign in with").Gives<MyIdentities.Identity[]>(200, "By when they were added.").SignedIn(403);
        signedIn.MapDelete("/auth/provider/identities/{id:long}/", ProviderDoor.Remove).Say("remove_identity", Tag, "Take one of them off").GivesNothing("Taken off.").SignedIn(403, 404);
    }
}
