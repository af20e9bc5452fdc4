using System.Net.Http.Headers;
using Convene.Scheduling.Booking;
using Convene.Server.Features;
using Convene.Server.Features.Accounts;
using Microsoft.Net.Http.Headers;

namespace Convene.Server.Doors.Rest;

/// Who asks: a Bearer access token, an opaque token, an API key, or the session cookie (CONTRACT §7.7). A header beats the cookie; a bad header is 401 even beside a good cookie.
public sealed class Authentication(Recognize recognize, Settings settings)
{
    public const string SessionCookie = "sessionid";
    public const string CsrfCookie = "csrftoken";
    public const string CsrfHeader = "X-CSRFToken";

    /// For doors that only a signed-in person may use.
    public static async ValueTask<object?> Required(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var outcome = await http.RequestServices.GetRequiredService<Authentication>().Who(http);
        if (!outcome.Is(out var actor, out var refusal))
            return Answers.Refuse(refusal);
        if (actor is null)
            return Answers.Refuse(new Refusals.NotSignedIn());
        return Enter(http, actor) ?? await next(context);
    }

    /// For doors that work without signing in too.
    public static async ValueTask<object?> Optional(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var outcome = await http.RequestServices.GetRequiredService<Authentication>().Who(http);
        if (!outcome.Is(out var actor, out var refusal))
            return Answers.Refuse(refusal);
        return (actor is null ? null : Enter(http, actor)) ?? await next(context);
    }

    /// Null: the request is theirs. Else why not: they came with a key that does not open this door, or too often.
    private static IResult? Enter(HttpContext http, Actor actor)
    {
        if (KeyRules.Fault(http, actor) is { } fault)
            return Answers.Refuse(fault);
        if (http.RequestServices.GetRequiredService<WriteLimit>().TooMany(http, actor) is { } tooMany)
            return tooMany;
        http.SetActor(actor);
        return null;
    }

    internal async Task<Outcome<Actor?>> Who(HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        if (header.Length > 0)
            return await ByHeader(header);
        if (http.Request.Cookies[SessionCookie] is not { Length: > 0 } session || await recognize.BySession(session) is not { } actor)
            return new Outcome<Actor?>();
        return CsrfFault(http.Request) is { } fault ? new Door.CsrfFailed($"CSRF Failed: {fault}") : actor;
    }

    private async Task<Outcome<Actor?>> ByHeader(string header)
    {
        if (!AuthenticationHeaderValue.TryParse(header, out var value) || value.Parameter is not { Length: > 0 } secret)
            return new Door.BadToken();
        var isToken = value.Scheme.Equals("Token", StringComparison.OrdinalIgnoreCase);
        if (Recognize.IsKey(secret) && (isToken || value.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)))
            return await recognize.ByKey(secret) is { } owner ? owner : new Door.BadToken();
        if (isToken)
            return await recognize.ByToken(secret) is { } holder ? holder : new Door.BadOpaqueToken();
        if (!value.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
            return new Refusals.NotSignedIn();
        // An access token has dots, an opaque one has none.
        var actor = secret.Contains('.', StringComparison.Ordinal) ? await recognize.ByAccessToken(secret) : await recognize.ByToken(secret);
        return actor is not null ? actor : new Door.BadToken();
    }

    /// System 2's clients send no CSRF token, system 3's do. So a token that is sent must be right, and without one the request must be
    /// one that another site's page can't have made: browsers say where an unsafe request comes from, other programs say nothing.
    private string? CsrfFault(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
            return null;
        if (request.Headers.TryGetValue(CsrfHeader, out var token))
            return token.ToString() is { Length: > 0 } sent && sent == request.Cookies[CsrfCookie] ? null : "CSRF token incorrect.";
        return IsSameOrigin(request) ? null : "CSRF token missing.";
    }

    private bool IsSameOrigin(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none"))
            return false;
        foreach (var source in (string[])[request.Headers.Origin.ToString(), request.Headers[HeaderNames.Referer].ToString()])
        {
            if (source.Length > 0 && !(Uri.TryCreate(source, UriKind.Absolute, out var url) && IsOurs(url, request)))
                return false;
        }

        return true;
    }

    // Behind a proxy that ends TLS our scheme is not the browser's: host and port decide.
    private bool IsOurs(Uri url, HttpRequest request) => url.Authority == request.Host.Value || url.Authority == settings.PublicUrl.Authority;
}
