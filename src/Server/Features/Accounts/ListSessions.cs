using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Accounts;

/// Where somebody is signed in.
public sealed class ListSessions(Store store, IClock clock, Settings settings)
{
    public const int Most = 500;

    /// <summary>One login.</summary>
    /// <param name="LastSeenAt">Within some minutes.</param>
    /// <param name="Kinds">Which of its credentials still work: session (a cookie), token (opaque), refresh. An access token may work although none of them does.</param>
    /// <param name="ExpiresAt">When the last of its credentials expires by itself.</param>
    /// <param name="UserAgent">What the program that signed in said it is; empty: nothing.</param>
    /// <param name="Address">Where it signed in from; of IPv6 the network. Empty: not known.</param>
    /// <param name="Current">Whether this request came with it.</param>
    public sealed record Session(
        long Id, Instant CreatedAt, Instant LastSeenAt, IReadOnlyList<string> Kinds, Instant ExpiresAt, string UserAgent, string Address, bool Current);

    public async Task<IReadOnlyList<Session>> Handle(Actor actor)
    {
        var now = clock.GetCurrentInstant();
        var logins = await store.ReadOne(tx => SignInRows.Of(tx, actor.Id, Most));
        return [.. logins.Select(l => Of(l, actor, now)).Where(s => s.ExpiresAt > now || s.Current)];
    }

    private Session Of(SignInRows.Login login, Actor actor, Instant now)
    {
        var kinds = new List<string>(3);
        if (login.SessionExpiresAt > now)
            kinds.Add("session");
        if (login.TokenExpiresAt > now)
            kinds.Add("token");
        if (login.RefreshExpiresAt > now)
            kinds.Add("refresh");
        var expires = Instant.Max(login.SessionExpiresAt, login.TokenExpiresAt);
        // With each refresh token went an access token, which may be the one that lives longer.
        if (login.RefreshedUntil is { } refreshed)
            expires = Instant.Max(expires, refreshed - settings.RefreshTokenLife + settings.AccessTokenLife);
        if (login.RefreshExpiresAt is { } refresh)
            expires = Instant.Max(expires, refresh);
        return new Session(login.Id, login.CreatedAt, login.LastSeenAt, kinds, expires, login.UserAgent, login.Address, login.Id == actor.SignInId);
    }
}
