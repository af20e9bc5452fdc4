using Convene.Scheduling.Booking;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Accounts;

/// A refresh token works once. A used one that comes back may be a stolen copy: the whole login ends.
public sealed class RefreshTokens(Store store, IClock clock, Jwt jwt, Credentials credentials)
{
    public sealed record Request(string Refresh);

    public sealed record Result(string Access, string Refresh);

    public async Task<Outcome<Result>> Handle(Request request)
    {
        var now = clock.GetCurrentInstant();
        if (jwt.Read(request.Refresh, Jwt.Refresh, now) is not { } claims)
            return new Refusals.WrongRefreshToken("Token is invalid or expired");

        // A refusal must still write (the login ends), so the transaction commits either way.
        return await store.WriteAlways<Outcome<Result>>(async tx =>
        {
            var hash = Credentials.Hash(claims.Id);
            var token = await SignInRows.HoldRefreshToken(tx, hash);
            if (token is null || token.ExpiresAt <= now)
                return new Refusals.WrongRefreshToken("Token is invalid or expired");
            if (token.UsedAt is not null || token.EndedAt is not null)
            {
                if (await SignInRows.End(tx, token.SignInId, now))
                {
                    var note = Trail.Account(Credentials.Ended, token.PersonId, Trail.Values(("sign_in", token.SignInId)), null) with { Reason = "A refresh token came back: somebody may have a copy of it." };
                    await AuditRows.Add(tx, null, null, now, note);
                }

                return new Refusals.WrongRefreshToken("Token is blacklisted");
            }

            await SignInRows.UseRefreshToken(tx, hash, now);
            var (access, refresh) = await credentials.IssueTokens(tx, token.PersonId, token.SignInId, now);
            return new Result(access, refresh);
        });
    }
}
