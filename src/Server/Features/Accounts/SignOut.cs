using Convene.Scheduling.Booking;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Accounts;

/// Ends a login, named by a refresh token or by the credential that the request carries; everything it was given stops working.
public sealed class SignOut(Store store, IClock clock, Jwt jwt)
{
    public sealed record Request(string? Refresh);

    public async Task<Outcome<bool>> Handle(Request request, Actor? actor)
    {
        var now = clock.GetCurrentInstant();
        var signIn = actor?.SignInId;
        if (request.Refresh is not null)
        {
            var claims = jwt.Read(request.Refresh, Jwt.Refresh, now);
            var stored = claims is null ? null : await store.Read(tx => SignInRows.ById(tx, claims.SignIn));
            if (stored is null)
                return new Refusals.WrongRefreshToken(claims is null ? "Token is invalid or expired" : "Token is blacklisted");
            signIn = stored.SignInId;
        }

        if (signIn is not { } id)
            return new Refusals.NotSignedIn();
        return await store.WriteAlways(async tx =>
        {
            await SignInRows.End(tx, id, now);
            return true;
        });
    }
}
