using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Convene.Server.Tests.Surface;

/// Who may do what: each route, asked properly by everybody there is, answers as the table beside this file says (access.txt).
/// A route without a row fails. CONVENE_ACCEPT=1 writes the table anew: read what it changes, line by line.
public sealed class AccessStories
{
    private const string Unknown = "01900000-0000-7000-8000-000000000000";

    private static readonly string[] Roles = ["anonymous", "stranger", "invitee", "cohost", "host", "administrator", "key"];

    private static readonly string Table = Path.Combine(Repository.Root(), "tests/Server.Tests/Surface/access.txt");

    // What the description does not say: pages, and what machines look at.
    private static readonly HashSet<string> ForEverybody = new(StringComparer.Ordinal)
    {
        "/", "/login", "/register", "/forgot-password", "/reset-password", "/verify-email", "/rsvp", "/dashboard", "/dashboard/{**rest}", "/admin/{**rest}", "/assets/{name}", "/pages/pages.css", "/pages/redoc.css",
        "/api/schema/", "/healthz", "/readyz",
    };

    [Theory, OnSqlite, OnPostgres]
    public async Task Everybody_may_do_what_the_table_says_and_nothing_else(string engine)
    {
        await using var house = await TestHouse.Open(engine, World.Settings);
        var description = await Description.Of(house);
        using var access = new Access(house, description);
        var lines = new List<string>();
        foreach (var operation in description.Operations)
        {
            var hasPlaces = operation.PathParameters.Any(p => p != "date");
            foreach (var of in hasPlaces ? (string[])["there", "unknown"] : ["-"])
                lines.Add(await access.Line(operation, of));
        }

        access.Told.ShouldBeEmpty("whoever has nothing to do with a thing must not see what stands in it");
        if (Environment.GetEnvironmentVariable("CONVENE_ACCEPT") == "1")
            await File.WriteAllLinesAsync(Table, [.. (await File.ReadAllLinesAsync(Table)).TakeWhile(l => l.StartsWith('#')), .. lines]);
        var said = (await File.ReadAllLinesAsync(Table)).Where(l => !l.StartsWith('#')).ToArray();
        lines.Except(said, StringComparer.Ordinal).ShouldBeEmpty("these routes answer otherwise than access.txt says, or are missing there");
        said.Except(lines, StringComparer.Ordinal).ShouldBeEmpty("these lines of access.txt are true no more");
    }

    [Fact]
    public async Task No_route_is_left_out()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var described = (await Description.Of(house)).Operations.Select(o => o.Path.Trim('/')).ToHashSet(StringComparer.Ordinal);
        var served = house.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(e => e.RoutePattern.RawText!).Distinct(StringComparer.Ordinal).ToArray();
        served.Length.ShouldBeGreaterThan(80);
        served.Where(route => !described.Contains(Bare(route)) && !ForEverybody.Contains(route) && !route.StartsWith("/assets/", StringComparison.Ordinal) && !IsFile(route)).ShouldBeEmpty("a route that no one is told of, and no table");

        // {id:guid} is {id}.
        static string Bare(string route) => string.Join('/', route.Trim('/').Split('/').Select(part => part.StartsWith('{') ? $"{part.Split(':', '}')[0]}}}{part[(part.IndexOf('}', StringComparison.Ordinal) + 1)..]}" : part));

        // What the web app has beside its pages: icons and its manifest.
        static bool IsFile(string route) => route.LastIndexOf('/') == 0 && Path.HasExtension(route);
    }

    private sealed class Access(TestHouse house, Description description) : IDisposable
    {
        private readonly Sender sender = new(house.Url);
        private World? world;
        private int worlds;
        private int asked;

        /// What was told to whoever must not know it.
        public List<string> Told { get; } = [];

        public async Task<string> Line(Operation operation, string of)
        {
            var line = new StringBuilder($"{operation.Id,-28} {of,-8}");
            foreach (var role in Roles)
            {
                world ??= await World.In(house, (++worlds).ToString(CultureInfo.InvariantCulture));
                var answered = await Ask(operation, of, role);
                line.Append(CultureInfo.InvariantCulture, $" {answered.Status.ToString(CultureInfo.InvariantCulture).PadRight(role.Length)}");
                if (role is "anonymous" or "stranger" && answered.Text.Contains(World.Secret, StringComparison.Ordinal) && operation.Id is not ("read_feed" or "read_invitation" or "answer_by_link"))
                    Told.Add($"{operation} to {role}: {answered.Text}");
                if (answered.Status >= 300 || operation.ChangesNothing)
                    continue;
                // What was done may be done only once; what was done to an account, to a new one.
                world.Spend();
                if (operation.Path.Contains("/auth/", StringComparison.Ordinal) || operation.Path.Contains("/people/", StringComparison.Ordinal) || operation.Path.StartsWith("/users/", StringComparison.Ordinal) || operation.Path.Contains("availability", StringComparison.Ordinal))
                    world = null;
            }

            return line.ToString().TrimEnd();
        }

        public void Dispose() => sender.Dispose();

        private async Task<Answered> Ask(Operation operation, string of, string role)
        {
            var target = operation.Path;
            foreach (var (name, value) in await world!.Places(operation))
                target = target.Replace($"{{{name}}}", of == "unknown" ? Guid.TryParse(value, out _) ? Unknown : "999999999" : value, StringComparison.Ordinal);
            if (operation.Id == "get_available_slots")
                target += "?date=2030-03-06";
            var (content, type) = await Content(operation);
            var requested = new Requested(operation.Method, target) { Content = content, ContentType = type };
            if (await Credential(role) is { } credential)
                requested.Headers.Add(("Authorization", credential));
            return await sender.Send(requested);
        }

        private async Task<string?> Credential(string role) => role switch
        {
            "stranger" => world!.Stranger.Credential,
            "invitee" => world!.Invitee.Credential,
            "cohost" => world!.Cohost.Credential,
            "host" => world!.Host.Credential,
            "administrator" => world!.Administrator.Credential,
            "key" => await world!.ReadingKey(),
            _ => null,
        };

        private async Task<(byte[]? Content, string? Type)> Content(Operation operation)
        {
            if (operation.Body is not { } body)
                return (null, null);
            if (body.Type == "multipart/form-data")
            {
                var file = operation.Id == "import_calendar" ? Proper.Calendar : "The plan.";
                return (Encoding.UTF8.GetBytes($"--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"plan.txt\"\r\n\r\n{file}\r\n--X--\r\n"), $"{body.Type}; boundary=X");
            }

            if (body.Media["example"] is not JsonObject example)
                return (Encoding.UTF8.GetBytes((string)body.Media["example"]!), body.Type);
            var random = new Random(++asked);
            var asks = Proper.Example(example, new Inventor(random, description, await Proper.Known(world!, operation, random)));
            // Only a host names others; what is asked here is whether the meeting may be changed.
            if (operation.Id == "replace_meeting")
                asks.Remove("participants");
            return (Encoding.UTF8.GetBytes(asks.ToJsonString()), body.Type);
        }
    }
}
