using System.Security.Cryptography;
using System.Text;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Accounts;

/// What a login gets; every client of the five systems finds its own kind in it.
public sealed record IssuedCredentials(string Access, string Refresh, string Token, string Session, string Csrf, Instant SessionExpiresAt);

/// Makes credentials and recognises them. Only hashes are stored.
public sealed class Credentials(Jwt jwt, Settings settings)
{
    internal const string Begun = "session.begun";
    internal const string Ended = "session.ended";

    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <param name="isNew">Whether the account was made just now: then that is what the audit tells.</param>
    public async Task<IssuedCredentials> Issue(Tx tx, long person, Visitor from, Instant now, bool isNew = false)
    {
        var session = RandomNumberGenerator.GetString(Alphanumeric, 32);
        var token = RandomNumberGenerator.GetHexString(40, lowercase: true);
        var expires = now + settings.SessionLife;
        var signIn = await SignInRows.Add(tx, person, Hash(session), expires, Hash(token), now + settings.TokenLife, from.UserAgent, from.Address, now);
        if (!isNew)
            await AuditRows.Add(tx, person, from.Network, now, Trail.Account(Begun, person, null, Trail.Values(("sign_in", signIn), ("program", from.UserAgent))));
        var (access, refresh) = await IssueTokens(tx, person, signIn, now);
        return new IssuedCredentials(access, refresh, token, session, NewCsrf(), expires);
    }

    public async Task<(string Access, string Refresh)> IssueTokens(Tx tx, long person, long signIn, Instant now)
    {
        var id = RandomNumberGenerator.GetHexString(32, lowercase: true);
        await SignInRows.AddRefreshToken(tx, Hash(id), signIn, now + settings.RefreshTokenLife);
        var access = jwt.Issue(Jwt.Access, RandomNumberGenerator.GetHexString(32, lowercase: true), person, signIn, now, settings.AccessTokenLife);
        return (access, jwt.Issue(Jwt.Refresh, id, person, signIn, now, settings.RefreshTokenLife));
    }

    public static string NewCsrf() => RandomNumberGenerator.GetString(Alphanumeric, 64);

    /// Secrets of 128 bits and more need no salt and no slow hash.
    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
