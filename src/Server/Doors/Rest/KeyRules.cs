using Convene.Scheduling.Booking;
using Convene.Server.Features;
using Convene.Server.Features.Accounts;

namespace Convene.Server.Doors.Rest;

/// Which routes API keys may use. This is the one place that says so; Authentication asks it for every request that comes with a key.
public static class KeyRules
{
    /// What changes how somebody is let in, or tells a secret that would outlive the key, takes a login. So does what is not there yet.
    private static readonly string[] ForLogins = ["/api/auth/", "/api/admin/claim/", "/api/feeds/", "/users/", "/api/user/login/", "/api/user/sign_up/"];

    private static readonly string[] ForAdministrators = ["/api/admin/"];

    /// Its own account a key may read and change all the same: name, zone, hours, choices of mail.
    private static readonly string[] Profiles = ["/api/auth/me/", "/api/auth/profile/"];

    /// The route only asks, although it is a POST: a key that may read is enough.
    internal static RouteHandlerBuilder OnlyAsks(this RouteHandlerBuilder route) => route.WithMetadata(new Asking());

    /// The least that a key must have for a route; null: no key will do.
    public static KeyScope? Needed(RouteEndpoint route)
    {
        var path = $"/{route.RoutePattern.RawText!.Trim('/')}/";
        var methods = route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods;
        if (!IsBelow(path, Profiles) && IsBelow(path, ForLogins))
            return null;
        if (IsBelow(path, ForAdministrators))
            return KeyScope.Admin;
        return methods.All(HttpMethods.IsGet) || IsAsked(route) ? KeyScope.Read : KeyScope.Write;
    }

    /// Whether a route changes nothing, although it is a POST.
    internal static bool IsAsked(Endpoint? route) => route?.Metadata.GetMetadata<Asking>() is not null;

    /// Null: go on.
    internal static Refusal? Fault(HttpContext http, Actor actor)
    {
        if (actor.Key is not { } scope)
            return null;
        if (http.GetEndpoint() is not RouteEndpoint route || Needed(route) is not { } needed)
            return new Refusals.NotAllowed("An API key can't do this. Sign in.");
        return scope >= needed ? null : new Refusals.NotAllowed($"This API key may only {scope.Name()}; this takes one with the scope {needed.Name()}.");
    }

    private sealed record Asking;

    private static bool IsBelow(string path, string[] places) => places.Any(p => path.StartsWith(p, StringComparison.OrdinalIgnoreCase));
}
