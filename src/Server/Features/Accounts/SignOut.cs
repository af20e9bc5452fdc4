using Convene.Scheduling.Booking;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Accounts;

/// Ends a login, named by a refresh token or by the credential that the request carries; everything it was given stops working.
public sealed class SignOut(Store store, IClock clock, Jwt jwt)
{
    /// <param name="From">The network it comes from.</param>
    public sealed record Request(string? Refresh, string? From);

    public async Task<Outcome<bool>> Handle(Request request, Actor? actor)
    {
        if (request.Refresh is null && actor is null)
            return new Refusals.NotSignedIn();

        var now = clock.GetCurrentInstant();
        var claims = request.Refresh is null ? null : jwt.Read(request.Refresh, Jwt.Refresh, now);
        if (request.Refresh is not null && claims is null)
            return new Refusals.WrongRefreshToken("Token is invalid or expired");

        // A refusal may write too (as in RefreshTokens), so the transaction commits either way.
        return await store.WriteAlways<Outcome<bool>>(async tx =>
        {
            var token = claims is null ? null : await SignInRows.HoldRefreshToken(tx, Credentials.Hash(claims.Id));
            if ((claims is null || token is not null) && await SignInRows.End(tx, token?.SignInId ?? actor!.SignInId, now))
            {
                var person = token?.PersonId ?? actor!.Id;
                await AuditRows.Add(tx, person, request.From, now, Trail.Account(Credentials.Ended, person, Trail.Values(("sign_in", token?.SignInId ?? actor!.SignInId)), null));
            }

            if (claims is not null && token is not { UsedAt: null, EndedAt: null })
                return new Refusals.WrongRefreshToken("Token is blacklisted");
            return true;
        });
    }
}
