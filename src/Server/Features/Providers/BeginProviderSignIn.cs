using Convene.Scheduling.Booking;
using Convene.Server.Features.Accounts;
using Convene.Server.Features.Factors;
using Convene.Server.Outside.OpenId;
using NodaTime;

namespace Convene.Server.Features.Providers;

/// Sends somebody to the OpenID provider: to sign in, or to add it to the account that they are signed in to.
public sealed class BeginProviderSignIn(IClock clock, Jwt jwt, Again again, Settings settings, Provider provider, ILogger<BeginProviderSignIn> log)
{
    /// <param name="Target">The page to go on to.</param>
    /// <param name="AddTo">Null: to sign in.</param>
    /// <param name="Password">Of who adds it; null: whoever signs in with a provider or a passkey may know none.</param>
    /// <param name="Zone">Of a new account; null: not known.</param>
    public sealed record Request(string Target, Actor? AddTo, string? Password = null, string? Zone = null);

    /// <param name="Kept">By the browser, and looked at when it comes back.</param>
    public sealed record Result(Uri Url, string Kept);

    public async Task<Outcome<Result>> Handle(Request request, CancellationToken cancel)
    {
        if (provider.OpenId is not { } openId)
            return new Refusals.NotFound();
        // Whoever finds somebody's browser open must not let themselves in for good.
        if (request.AddTo is { } actor && !(await again.PasswordOrLogin(actor, request.Password)).Is(out _, out var no))
            return no;
        var state = OpenChallenge.New(jwt, Provider.Purpose, Begun.About(request.AddTo?.Id, request.Target, request.Zone), clock.GetCurrentInstant() + Provider.Patience);
        try
        {
            var url = await openId.Begin(Redirect(settings), state, Nonce(jwt, state), Verifier(jwt, state), cancel);
            return new Result(url, new Begun(state, request.AddTo?.Id, request.Target, request.Zone).Kept);
        }
        catch (OpenIdException e)
        {
            log.LogWarning("Nobody can sign in by {Provider}: {Reason}", openId.Name, e.Message);
            return new Provider.Refused(Provider.Unreachable);
        }
    }

    // What can be derived again from the state need not be kept anywhere.
    internal static string Nonce(Jwt jwt, string state) => jwt.Derive("openid nonce", state);

    internal static string Verifier(Jwt jwt, string state) => jwt.Derive("openid verifier", state);

    internal static string Redirect(Settings settings) => $"{settings.PublicUrl.ToString().TrimEnd('/')}/api/auth/provider/callback/";
}
