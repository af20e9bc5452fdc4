using System.Globalization;
using Convene.Server.Doors.Rest;
using Convene.Server.Features.Accounts;
using Convene.Server.Tests.Stories;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Convene.Server.Tests.Rules;

/// Every route says by rule what an API key must have for it, and no route lets one in that has less.
public sealed class KeyRulesTests
{
    // Of what a POST, PUT, PATCH or DELETE does, only this changes nothing.
    private static readonly string[] OnlyAsk = ["check_conflicts", "explain_time", "find_slots", "preview_recurrence", "read_invitation", "suggest_times"];

    private static readonly string[] MyProfile = ["change_me", "change_profile", "me", "profile", "replace_me", "replace_profile"];

    [Fact]
    public async Task Reading_takes_read_changing_write_the_administrators_doors_admin_and_what_lets_in_a_login()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        foreach (var (route, name, method, path) in Routes(house))
        {
            var expected = MyProfile.Contains(name, StringComparer.Ordinal) ? ByMethod(method)
                : path.StartsWith("/api/auth/", StringComparison.Ordinal) || path.StartsWith("/users/", StringComparison.Ordinal) || path.StartsWith("/api/feeds", StringComparison.Ordinal)
                    || name is "claim_admin" or "read_claim" or "sign_up" or "user_login" ? null
                : path.StartsWith("/api/admin/", StringComparison.Ordinal) ? KeyScope.Admin
                : OnlyAsk.Contains(name, StringComparer.Ordinal) ? KeyScope.Read
                : ByMethod(method);
            KeyRules.Needed(route).ShouldBe(expected, $"{name}: {method} {path}");
        }

        static KeyScope? ByMethod(string method) => method == "GET" ? KeyScope.Read : KeyScope.Write;
    }

    [Fact]
    public async Task No_route_lets_a_key_in_that_may_less()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var root = await house.SignUpAdmin("root");
        var programs = new Dictionary<KeyScope, Caller>();
        foreach (var scope in Enum.GetValues<KeyScope>())
            programs[scope] = await house.Program(root, scope.Name());

        var refused = 0;
        foreach (var (route, name, method, path) in Routes(house).Where(r => r.Route.Metadata.GetMetadata<RouteDocs>()!.SignedIn))
        {
            foreach (var (scope, program) in programs.Where(p => KeyRules.Needed(route) is not { } needed || p.Key < needed))
            {
                (await program.Send(new HttpMethod(method), Filled(path), null)).ShouldBe(403, $"{name} with {scope}");
                refused++;
            }
        }

        refused.ShouldBeGreaterThan(100);
        (await root.Get("/api/auth/me/")).ShouldBe(200, "nothing has happened to its owner");
    }

    private static IEnumerable<(RouteEndpoint Route, string Name, string Method, string Path)> Routes(TestHouse house) =>
        from route in house.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        where route.Metadata.GetMetadata<RouteDocs>() is not null
        let name = route.Metadata.GetMetadata<IEndpointNameMetadata>()!.EndpointName
        let method = route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Single()
        select (route, name, method, $"/{route.RoutePattern.RawText!.TrimStart('/')}");

    private static string Filled(string path) => path
        .Replace("{id:guid}", Guid.Empty.ToString(), StringComparison.Ordinal)
        .Replace("{date}", "2030-03-04", StringComparison.Ordinal)
        .Replace("{id:long}", long.MaxValue.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{pid:long}", "1", StringComparison.Ordinal).Replace("{aid:long}", "1", StringComparison.Ordinal).Replace("{proposal:long}", "1", StringComparison.Ordinal);
}
