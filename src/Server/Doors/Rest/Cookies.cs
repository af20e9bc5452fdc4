using Convene.Server.Features.Accounts;
using NodaTime;

namespace Convene.Server.Doors.Rest;

/// The session in the browser: a cookie that scripts can't read, and beside it the token that shows a script is ours.
internal static class Cookies
{
    /// <param name="cameBack">From a provider that this browser was sent to: another site sends it here, as it should.</param>
    public static void SignIn(HttpContext http, IssuedCredentials credentials, bool cameBack = false)
    {
        // A form on another site must not be able to sign its visitor in as somebody else.
        if (!cameBack && http.Request.Headers["Sec-Fetch-Site"].ToString() == "cross-site")
            return;
        http.Response.Cookies.Append(Authentication.SessionCookie, credentials.Session, Options(http, credentials.SessionExpiresAt, httpOnly: true));
        http.Response.Cookies.Append(Authentication.CsrfCookie, credentials.Csrf, Options(http, credentials.SessionExpiresAt, httpOnly: false));
    }

    public static void SignOut(HttpContext http)
    {
        foreach (var name in (string[])[Authentication.SessionCookie, Authentication.CsrfCookie])
        {
            if (http.Request.Cookies.ContainsKey(name))
                http.Response.Cookies.Append(name, "", Options(http, NodaConstants.UnixEpoch, httpOnly: true));
        }
    }

    private static CookieOptions Options(HttpContext http, Instant expires, bool httpOnly) => new()
    {
        HttpOnly = httpOnly,
        SameSite = SameSiteMode.Lax,
        Secure = http.IsSecure(),
        Path = "/",
        Expires = expires.ToDateTimeOffset(),
    };
}
