using Microsoft.Net.Http.Headers;

namespace Convene.Server.Doors;

/// What every answer tells browsers, whatever door it comes from. A door that serves pages allows them what they need, and nothing else may do anything.
public static class BrowserRules
{
    /// For whatever is no page: opened in a browser, it does nothing and is in no frame.
    private const string Nothing = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// A year, for the house and whatever is below it.
    private const string OnlyTls = "max-age=31536000; includeSubDomains";

    public static void Use(WebApplication app)
    {
        var publicTls = app.Services.GetRequiredService<Settings>().PublicUrl.Scheme == Uri.UriSchemeHttps;
        app.Use((http, next) =>
        {
            var headers = http.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers.ContentSecurityPolicy = Nothing;
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            // Answers are about people. What may be kept says so itself, with a tag to ask again by.
            headers.CacheControl = CacheControlHeaderValue.NoStoreString;
            // Not for localhost: a browser would ask every other server there for TLS too.
            if ((publicTls || http.Request.IsHttps) && http.Request.Host.Host is not "localhost")
                headers.StrictTransportSecurity = OnlyTls;
            return next(http);
        });
    }
}
