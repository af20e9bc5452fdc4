using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Convene.Server.Features.Admin;
using Convene.Server.Tests.Stories;
using Microsoft.Extensions.DependencyInjection;

namespace Convene.Server.Tests.Surface;

/// Every route of the API's description, sent what it asks for and what it does not, by an administrator, a user and nobody.
/// It answers what it says it answers, in time, and leaves the store as it must be. CONVENE_SLOW=1: a hundred times as much, which takes hours; CONVENE_FUZZ: so many inputs a route;
/// CONVENE_FUZZ_PART=2/4: only the second of four parts of the routes.
public sealed class FuzzStories
{
    private const int MostFaults = 60;

    private static readonly int Inputs = int.TryParse(Environment.GetEnvironmentVariable("CONVENE_FUZZ"), CultureInfo.InvariantCulture, out var wanted) ? wanted
        : Environment.GetEnvironmentVariable("CONVENE_SLOW") == "1" ? 5_000 : 50;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// What no input of ours can bring about: there is an administrator already, and a device, an app's codes or a provider take stories of their own.
    private static readonly HashSet<string> NeverRight = new(StringComparer.Ordinal)
    {
        "claim_admin", "finish_login", "confirm_second_factor", "renew_recovery_codes", "remove_second_factor", "passkey_login", "add_passkey", "remove_passkey", "begin_provider_login", "finish_provider_login", "link_provider",
        "remove_identity",
    };

    // So often it is looked whether everybody is still there.
    private const int LookEvery = 20;

    private static readonly int[] Part = [.. (Environment.GetEnvironmentVariable("CONVENE_FUZZ_PART") ?? "1/1").Split('/').Select(n => int.Parse(n, CultureInfo.InvariantCulture))];

    [Theory, OnSqlite, OnPostgres]
    public async Task Every_route_answers_as_described_whatever_it_is_sent(string engine)
    {
        await using var house = await TestHouse.Open(engine, World.Settings);
        var description = await Description.Of(house);
        using var fuzz = new Fuzz(house, description);
        var operations = description.Operations.Where((_, n) => n % Part[1] == Part[0] - 1).ToArray();
        foreach (var operation in operations)
        {
            await fuzz.Try(operation);
            if (fuzz.Faults.Count >= MostFaults)
                break;
        }

        fuzz.Faults.ShouldBeEmpty();
        operations.Select(o => o.Id).Where(id => !fuzz.Succeeded.Contains(id) && !NeverRight.Contains(id)).ShouldBeEmpty("every route must have been sent something that it takes");
        foreach (var rule in await house.Services.GetRequiredService<CheckStore>().Handle())
            rule.Broken.ShouldBeEmpty(rule.Text);
    }

    [Fact]
    public async Task No_route_reads_more_of_a_body_than_it_says()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine, World.Settings);
        var description = await Description.Of(house);
        var world = await World.In(house);
        using var sender = new Sender(house.Url);
        var large = Encoding.UTF8.GetBytes($"{{\"x\":\"{new string('x', 1024 * 1024)}\"}}");
        // Signing out works whatever is sent with it.
        var routes = description.Operations.Where(o => o.Body?.Type == "application/json" && o.Id != "logout").ToArray();
        var taken = new List<string>();
        routes.Length.ShouldBeGreaterThan(50);
        foreach (var operation in routes)
        {
            var target = operation.Path;
            foreach (var (name, value) in await world.Places(operation))
                target = target.Replace($"{{{name}}}", value, StringComparison.Ordinal);
            var requested = new Requested(operation.Method, target) { Content = large, ContentType = "application/json" };
            requested.Headers.Add(("Authorization", operation.Path.StartsWith("/api/admin/", StringComparison.Ordinal) || operation.Id == "add_meeting_type" ? world.Administrator.Credential : world.Host.Credential));
            if ((await sender.Send(requested)).Status is not 413 and var status)
                taken.Add($"{operation}: {status}");
        }

        taken.ShouldBeEmpty();
    }

    private sealed class Fuzz(TestHouse house, Description description) : IDisposable
    {
        private readonly Sender sender = new(house.Url);
        private readonly SchemaCheck check = new(description);
        private readonly HashSet<string> told = new(StringComparer.Ordinal);
        private World world = null!;
        private int worlds;
        private int changes;

        public List<string> Faults { get; } = [];

        public HashSet<string> Succeeded { get; } = new(StringComparer.Ordinal);

        /// People of whom nothing is known yet: whatever was done to others before does not stand in the way.
        private async Task Begin() => world = await World.In(house, (++worlds).ToString(CultureInfo.InvariantCulture));

        public void Dispose() => sender.Dispose();

        public async Task Try(Operation operation)
        {
            await Begin();
            for (var i = 0; i < Inputs; i++)
            {
                var (requested, who, credential) = await Invent(operation, operation.Id.Aggregate(i, (sum, letter) => unchecked((sum * 31) + letter)));
                var answered = await Send(requested);
                // One of a kind is enough to read.
                if (Judge(operation, answered) is { } fault && told.Add($"{operation.Id} {answered.Status} {fault}"))
                    Faults.Add($"{operation} input {i} by {who}: {fault}\n  sent: {requested}\n  came: {answered.Status} {answered.ContentType} {Requested.Shortened(answered.Text)}");
                var fine = answered.Status is >= 200 and < 300;
                if (fine)
                    Succeeded.Add(operation.Id);
                if (fine && !operation.ChangesNothing)
                    world.Spend();
                // What took somebody's account is also seen when they are needed next; what took only their rights is not.
                if (credential is not null && !operation.ChangesNothing && (answered.Status == 401 || (fine && MayEndSignIns(operation) && ++changes % LookEvery == 0)))
                    await StillThere();
                if (Faults.Count >= MostFaults)
                    return;
            }
        }

        /// A slow machine is given a second chance; what is slow by itself is slow again.
        private async Task<Answered> Send(Requested requested)
        {
            var answered = await sender.Send(requested);
            return answered.Took <= Patience ? answered : await sender.Send(requested);
        }

        private string? Judge(Operation operation, Answered answered)
        {
            if (answered.Took > Patience)
                return $"took {answered.Took.TotalSeconds:0.0} s";
            if (answered.Status >= 500)
                return "a fault of the server";
            if (operation.Response(answered.Status) is not { } said)
                return "not a described status";
            var content = said["content"]?.AsObject();
            if (content is null)
                return answered.Content.Length == 0 ? null : "has a body, which is not described";
            var type = answered.ContentType == "application/problem+json" ? "application/json" : answered.ContentType ?? "";
            // Files are of their own type, which the description can't know.
            if (!content.ContainsKey(type))
                return content.ContainsKey("application/octet-stream") ? null : "not a described type";
            if (type != "application/json")
                return null;
            try
            {
                var faults = check.Faults(JsonNode.Parse(answered.Content), content[type]!["schema"]!.AsObject()).Take(3).ToArray();
                return faults.Length == 0 ? null : string.Join("; ", faults);
            }
            catch (JsonException e)
            {
                return $"no JSON: {e.Message}";
            }
        }

        private static bool MayEndSignIns(Operation operation) => operation.Path.StartsWith("/api/auth/", StringComparison.Ordinal) || operation.Path.StartsWith("/api/admin/", StringComparison.Ordinal);

        private async Task<(string Who, string? Credential)> Who(Operation operation, Random random)
        {
            if (operation.Id == "take_mail" && random.Next(5) > 0)
                return ("the mail server", $"Bearer {World.MailSecret}");
            var isAdministration = operation.Path.StartsWith("/api/admin/", StringComparison.Ordinal) || operation.Id == "add_meeting_type";
            return random.Next(20) switch
            {
                < 1 => ("anybody, badly", One(["Bearer x", "Bearer a.b.c", "Token \u00e9", "Basic YTpi", "Bearer", "bearer  ", "Token 0123456789abcdef0123456789abcdef01234567", $"Digest {new string('x', 2_000)}"])),
                < 3 => ("nobody", null),
                < 4 => ("a key that may read", await world.ReadingKey()),
                < 5 => ("a stranger", world.Stranger.Credential),
                < 7 => ("an invitee", world.Invitee.Credential),
                < 11 => ("an administrator", world.Administrator.Credential),
                _ when isAdministration => ("an administrator", world.Administrator.Credential),
                // A host proposes nothing to themselves.
                _ when operation.Id == "propose_time" => ("an invitee", world.Invitee.Credential),
                _ => ("the host", world.Host.Credential),
            };

            string One(string[] of) => of[random.Next(of.Length)];
        }

        /// Whoever lost their account or their login by what they sent is replaced.
        private async Task StillThere()
        {
            foreach (var caller in (Caller[])[world.Host, world.Invitee, world.Stranger, world.Administrator])
            {
                if ((await caller.Get("/api/auth/me/")).Status != 200)
                {
                    await Begin();
                    return;
                }
            }

            if ((await world.Administrator.Get("/api/admin/health/")).Status != 200)
                await Begin();
        }

        private async Task<(Requested Requested, string Who, string? Credential)> Invent(Operation operation, int seed)
        {
            try
            {
                return await InThisWorld();
            }
            catch (Exception e) when (e is ShouldAssertException or NullReferenceException)
            {
                // Somebody lost their account by what was sent before; in a new world there is no excuse.
                await Begin();
                return await InThisWorld();
            }

            async Task<(Requested, string, string?)> InThisWorld()
            {
                var random = new Random(seed);
                var inventor = new Inventor(random, description, await Proper.Known(world, operation, random));
                var (who, credential) = await Who(operation, random);
                return (await Invent(operation, inventor, credential), who, credential);
            }
        }

        private async Task<Requested> Invent(Operation operation, Inventor inventor, string? credential)
        {
            var target = operation.Path;
            foreach (var (name, value) in await world.Places(operation))
                target = target.Replace($"{{{name}}}", inventor.Chance(80) ? value : Uri.EscapeDataString(Elsewhere(inventor, name)), StringComparison.Ordinal);
            var query = operation.Parameters("query").Where(_ => inventor.Chance(35)).Select(p => ((string)p["name"]!, Word: inventor.Word(p["schema"]!.AsObject(), (string)p["name"]!))).ToList();
            if (inventor.Chance(5))
                query.Add((inventor.One(["page", "format", "x", "", "id"]), inventor.Wrong()));
            if (query.Count > 0)
                target += "?" + string.Join('&', query.Select(q => $"{Uri.EscapeDataString(q.Item1)}={(inventor.Chance(2) ? "%ff%00%zz" : Uri.EscapeDataString(q.Word))}"));

            var (content, type) = Content(operation, inventor);
            var requested = new Requested(operation.Method, target) { Content = content, ContentType = type };
            if (credential is not null)
                requested.Headers.Add(("Authorization", credential));
            foreach (var header in operation.Parameters("header").Where(_ => inventor.Chance(20)))
                requested.Headers.Add(((string)header["name"]!, OneLine(inventor.Word(header["schema"]!.AsObject(), (string)header["name"]!))));
            if (inventor.Chance(15))
            {
                var name = inventor.One(["Accept", "Accept-Language", "If-Match", "If-None-Match", "If-Modified-Since", "Range", "Idempotency-Key", "Cookie", "Content-Encoding", "X-Forwarded-For", "X-CSRFToken", "Origin", "Referer", "Last-Event-ID", "X-HTTP-Method-Override", "User-Agent"]);
                requested.Headers.Add((name, inventor.One(["*", "\"1\"", "W/\"1\"", "\"", "bytes=0-0", "bytes=5-1", "bytes=-", "bytes=0-,0-,0-", "application/problem+json", "text/html;q=x", "sessionid=x; sessionid=y; csrftoken=", "gzip", "Tue, 32 Feb 2030 99:99:99 GMT", "\u00e9\u00ff", new string('x', 3_000), "99999999999999999999", "null"])));
            }

            return requested;
        }

        private static (byte[]? Content, string? Type) Content(Operation operation, Inventor inventor)
        {
            if (inventor.Chance(1))
                return (Encoding.UTF8.GetBytes($"{{\"x\":\"{new string('x', 1_100_000)}\"}}"), "application/json");
            if (operation.Body is not { } body)
                return inventor.Chance(5) ? (inventor.One(["{\"x\":"u8.ToArray(), "{}"u8.ToArray(), "\0"u8.ToArray()]), inventor.One(["application/json", "text/plain", null])) : (null, null);
            if (inventor.Chance(3))
                return (null, null);
            var mistakes = inventor.Chance(45) ? 0 : inventor.One([1, 1, 2, 3]);
            var type = mistakes > 0 && inventor.Chance(8)
                ? inventor.One([null, "", "text/plain", "application/xml", "application/json; charset=utf-16", "multipart/form-data", "multipart/form-data; boundary=", "application/x-www-form-urlencoded", "json", "*/*", "application/merge-patch+json", "text/calendar"])
                : body.Type;
            return body.Type switch
            {
                "multipart/form-data" => (Form(operation, inventor, mistakes), type == body.Type ? $"{type}; boundary=X" : type),
                "message/rfc822" => (Encoding.UTF8.GetBytes(Torn((string)body.Media["example"]!, inventor, mistakes)), type),
                _ => (Json(body.Media, inventor, mistakes), type),
            };
        }

        private static byte[] Json(JsonObject media, Inventor inventor, int mistakes)
        {
            var example = media["example"] as JsonObject;
            var right = example is not null && inventor.Chance(50) ? Proper.Example(example, inventor) : inventor.Value(media["schema"]!.AsObject(), "");
            var text = inventor.Body(right, mistakes);
            return mistakes > 0 && inventor.Chance(4) ? inventor.One<Encoding>([Encoding.Unicode, Encoding.UTF32, Encoding.Latin1]).GetBytes(text) : Encoding.UTF8.GetBytes(text);
        }

        private static byte[] Form(Operation operation, Inventor inventor, int mistakes)
        {
            var file = operation.Id == "add_attachments"
                ? inventor.One(["The plan.", "%PDF-1.7\n", "GIF89a", "PK\u0003\u0004", "<html>", "", "\0\0\0"])
                : Proper.Calendar;
            var name = inventor.One(["plan.txt", "a.pdf", "../../x.ics", "", "x\".exe", "\u202Etxt.exe", new string('n', 500)]);
            var text = $"--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{(mistakes == 0 ? "plan.txt" : name)}\"\r\nContent-Type: text/plain\r\n\r\n{Torn(mistakes == 0 && operation.Id == "add_attachments" ? "The plan." : file, inventor, mistakes)}\r\n--X\r\n"
                + $"Content-Disposition: form-data; name=\"{inventor.One(["commit", "timezone", "x"])}\"\r\n\r\n{inventor.One(["true", "false", "UTC"])}\r\n--X--\r\n";
            return Encoding.UTF8.GetBytes(mistakes > 1 ? Torn(text, inventor, mistakes) : text);
        }

        private static string Torn(string text, Inventor inventor, int mistakes)
        {
            for (var i = 0; i < mistakes && text.Length > 2; i++)
            {
                var at = inventor.At(text.Length);
                text = inventor.Chance(50) ? text[..at] : text.Insert(at, inventor.Wrong());
            }

            return text;
        }

        private static string Elsewhere(Inventor inventor, string name) => inventor.One(
        [
            "0", "-1", "1", "9223372036854775807", "9223372036854775808", Guid.Empty.ToString(), "00000000-0000-0000-0000-00000000000g", "abc", "%", "'", "2030-02-30", "9999-12-31", "0001-01-01", new string('9', 400), name,
        ]);

        private static string OneLine(string text) => string.Concat(text.Where(c => c is >= ' ' and < '\u007f'));
    }
}
