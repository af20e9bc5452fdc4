using Convene.Server.Features.Accounts;
using Convene.Server.Features.Providers;

namespace Convene.Server.Doors.Rest;

/// Signing in by an OpenID provider. The browser is sent there and comes back to the callback, which sends it on to a page.
public static class ProviderDoor
{
    private const string StateCookie = "convene_provider";
    private const string CookiePath = "/api/auth/provider/";
    private const string SettingsPage = "/dashboard/settings/ways-in";
    private const string LoginPage = "/login";
    private const int LongestAnswer = 4096;

    /// <summary>What the login page can offer besides a password.</summary>
    /// <param name="Provider">The name of the OpenID provider; null: there is none.</param>
    public sealed record WaysIn(string? Provider);

    /// <param name="Url">Where the browser goes next.</param>
    public sealed record Away(string Url);

    public static IResult Read(Provider provider) => Answers.Ok(new WaysIn(provider.Name));

    public static async Task<IResult> Begin(HttpContext http, BeginProviderSignIn begin, Visitors visitors)
    {
        if (visitors.TooMany(http) is { } wait)
            return wait;
        var outcome = await begin.Handle(new BeginProviderSignIn.Request(Inside(http.Request.Query["next"]), null, Zone: Zone(http.Request.Query["timezone"])), http.RequestAborted);
        if (!outcome.Is(out var result, out var refusal))
            return refusal is Provider.Refused refused ? To(LoginPage, "provider", refused.Reason) : Answers.Refuse(refusal);
        Keep(http, result.Kept);
        return Results.Redirect(result.Url.AbsoluteUri);
    }

    /// A POST, so that no other site's link can begin it: whoever comes back is added to the account.
    public static async Task<IResult> BeginLink(HttpContext http, BeginProviderSignIn begin)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        var password = fields.Text("password", trim: false);
        if (fields.Mistakes is { } mistakes)
            return Answers.Refuse(mistakes);
        var outcome = await begin.Handle(new BeginProviderSignIn.Request(SettingsPage, http.Actor(), password), http.RequestAborted);
        return Answers.Of(outcome, result =>
        {
            Keep(http, result.Kept);
            return Answers.Ok(new Away(result.Url.AbsoluteUri));
        });
    }

    public static async Task<IResult> Callback(HttpContext http, FinishProviderSignIn finish)
    {
        var query = http.Request.Query;
        var (state, kept) = (query["state"].ToString(), http.Request.Cookies[StateCookie]);
        http.Response.Cookies.Delete(StateCookie, Options(http));
        if (state.Length is 0 or > SecondFactorDoor.LongestChallenge || kept is not { Length: > 0 and <= LongestAnswer })
            return To(LoginPage, "provider", Provider.Over);
        var code = query["code"].ToString() is { Length: > 0 and <= LongestAnswer } given && !query.ContainsKey("error") ? given : null;
        var issuer = query.TryGetValue("iss", out var iss) ? iss.ToString() : null;
        var outcome = await finish.Handle(new FinishProviderSignIn.Request(state, kept, code, issuer, http.Visitor(), http.MaybeActor()), http.From(), http.RequestAborted);
        if (!outcome.Is(out var result, out var refusal))
            return refusal is Provider.Refused refused ? To(http.MaybeActor() is null ? LoginPage : SettingsPage, "provider", refused.Reason) : Answers.Refuse(refusal);
        if (result.SignedIn is not { } signedIn)
            return Results.LocalRedirect(result.Target);
        if (!signedIn.Is(out var account, out var no))
        {
            return no is LetIn.SecondFactorRequired required
                ? To($"{LoginPage}?next={Uri.EscapeDataString(result.Target)}", "challenge", required.Challenge)
                : Answers.Refuse(no);
        }

        Cookies.SignIn(http, account.Credentials, cameBack: true);
        return Results.LocalRedirect(result.Target);
    }

    public static async Task<IResult> List(HttpContext http, MyIdentities mine) => Answers.Ok(await mine.List(http.Actor()));

    public static async Task<IResult> Remove(HttpContext http, long id, MyIdentities mine) =>
        Answers.Of(await mine.Remove(http.Actor(), id), _ => Results.NoContent());

    private static void Keep(HttpContext http, string kept) =>
        http.Response.Cookies.Append(StateCookie, kept, Options(http));

    private static CookieOptions Options(HttpContext http) => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.IsSecure(), Path = CookiePath, MaxAge = Provider.Patience.ToTimeSpan(),
    };

    /// Behind the '#' it stays in the browser, out of logs.
    private static IResult To(string page, string name, string value) => Results.LocalRedirect($"{page}#{name}={Uri.EscapeDataString(value)}");

    // Whoever follows the link is a browser: what is wrong in it must not keep them from signing in.
    private static string? Zone(string? name) => name is not null && Fields.IsZone(name) ? name : null;

    /// Only pages of ours, whatever a link says (as in the web app's next.ts).
    private static string Inside(string? next) =>
        next is { Length: < 1000 } && (next == "/dashboard" || next == "/admin" || next.StartsWith("/dashboard/", StringComparison.Ordinal) || next.StartsWith("/dashboard?", StringComparison.Ordinal) || next.StartsWith("/admin/", StringComparison.Ordinal))
        && next.All(c => c is > ' ' and <= '~' and not '\\')
            ? next
            : "/dashboard";
}
