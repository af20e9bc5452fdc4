using System.Text.Json.Nodes;
using Convene.Server.Tests.Peers;

namespace Convene.Server.Tests.Stories;

/// Every request has a name, in its answer and in the log; the log has nothing that is not for whoever reads logs.
public sealed class RequestIdStories
{
    [Theory, OnSqlite]
    public async Task A_request_keeps_the_name_it_comes_with_if_it_is_one(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var somebody = house.Somebody();
        var own = (await somebody.Get("/healthz")).Headers["X-Request-Id"];
        own.ShouldNotBeEmpty();
        (await somebody.Get("/healthz")).Headers["X-Request-Id"].ShouldNotBe(own);
        foreach (var name in (string[])["proxy-7", "4bf92f3577b34da6a3ce929d0e0e4736", "a.b_c:d", new string('x', 128)])
        {
            somebody.Header("X-Request-Id", name);
            (await somebody.Get("/healthz")).Headers["X-Request-Id"].ShouldBe(name);
            (await somebody.Get("/no/such/page")).Headers["X-Request-Id"].ShouldBe(name);
        }

        foreach (var none in (string[])["two words", "<script>", new string('x', 129), "a,b"])
        {
            somebody.Header("X-Request-Id", none);
            var given = (await somebody.Get("/healthz")).ShouldBe(200).Headers["X-Request-Id"];
            given.ShouldNotBe(none);
            given.ShouldNotBeEmpty();
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_log_is_a_line_of_json_each_with_the_request_and_no_secret_of_any_story(string engine)
    {
        await using var machine = await ServerMachine.Open(engine);
        await using var elsewhere = await WebServer.Start(http => { http.Response.StatusCode = 500; return Task.CompletedTask; });
        var server = await machine.StartServer(
            "LOG_FORMAT=json", "LOG_REQUESTS=true", "METRICS_TOKEN=metrics-secret-of-the-test", "INBOUND_MAIL_SECRET=inbound-secret-of-the-test", "OUTGOING_ALLOWED_NETWORKS=127.0.0.0/8",
            // As somebody would set it who looks for something: frameworks tell all they know.
            "Logging:LogLevel:Default=Trace", "Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics=Trace");
        var secrets = await Stories(server, elsewhere.Url);
        await server.Stop();

        var lines = server.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        // Told on the console only, and not by the log: whoever starts the server becomes the administrator.
        var entries = lines.Where(l => !l.StartsWith("There is no administrator yet.", StringComparison.Ordinal)).Select(l => JsonNode.Parse(l)!).ToArray();
        foreach (var entry in entries)
        {
            ((string?)entry["time"]).ShouldNotBeNull();
            ((string?)entry["level"])!.ShouldBeOneOf("trace", "debug", "information", "warning", "error", "critical");
            ((string?)entry["logger"]).ShouldNotBeNullOrEmpty();
        }

        var booked = entries.Single(e => (string?)e["logger"] == "Convene.Requests" && (string?)e["request_id"] == "the-booking");
        ((string)booked["message"]!).ShouldStartWith("POST /api/meetings/ 201 in ");
        ((string)booked["fields"]!["route"]!, (int)booked["fields"]!["status"]!).ShouldBe(("/api/meetings/", 201));
        entries.Count(e => (string?)e["logger"] == "Microsoft.AspNetCore.Hosting.Diagnostics").ShouldBeGreaterThan(10, "the frameworks do tell what they know");
        var log = string.Join('\n', lines.Where(l => l.StartsWith('{')));
        foreach (var (what, secret) in secrets)
        {
            secret.Length.ShouldBeGreaterThan(8, what);
            log.Contains(secret, StringComparison.OrdinalIgnoreCase).ShouldBeFalse($"{what} is in the log: {lines.FirstOrDefault(l => l.Contains(secret, StringComparison.OrdinalIgnoreCase))}");
        }
    }

    /// Signs up, in and out in every way, books, subscribes, answers, and makes mistakes; what of it nobody may read.
    private static async Task<IReadOnlyList<(string What, string Secret)>> Stories(ServerProcess server, Uri elsewhere)
    {
        var secrets = new List<(string, string)> { ("password", Caller.Password), ("metrics token", "metrics-secret-of-the-test"), ("mail secret", "inbound-secret-of-the-test") };
        var ana = new Caller(server.Url) { Email = "ana@example.com" };
        var joined = (await ana.Post("/api/auth/register/", new { email = ana.Email, username = "ana", password = Caller.Password })).ShouldBe(201);
        foreach (var name in (string[])["access", "refresh", "token"])
            secrets.Add((name, (string)joined[name]!));
        foreach (System.Net.Cookie cookie in ana.Cookies.GetAllCookies())
            secrets.Add(($"cookie {cookie.Name}", cookie.Value));
        ana.Bearer((string)joined["access"]!);

        ana.Header("X-Request-Id", "the-booking");
        (await ana.Post("/api/meetings/", new { title = "The-secret-plan", description = "body-of-the-request", start_time = "2031-03-05T10:00Z", end_time = "2031-03-05T11:00Z", participants = new[] { new { email = "ben@example.com" } } })).ShouldBe(201);
        ana.Header("X-Request-Id", null);
        secrets.AddRange([("a title", "The-secret-plan"), ("a body", "body-of-the-request")]);

        var feed = (string)(await ana.Post("/api/feeds/", new { name = "Phone" })).ShouldBe(201)["url"]!;
        secrets.Add(("feed", new Uri(feed).Segments[^1].Replace(".ics", "", StringComparison.Ordinal)));
        (await ana.Get(new Uri(feed).AbsolutePath)).ShouldBe(200);
        (await ana.Get("/feeds/wrong-but-somebodys-secret.ics")).ShouldBe(404);
        secrets.Add(("wrong feed", "wrong-but-somebodys-secret"));
        await ana.Get("/reset-password?token=token-in-a-query");
        await ana.Get("/api/meetings/?search=x&access=access-in-a-query");
        secrets.AddRange([("token in a query", "token-in-a-query"), ("access in a query", "access-in-a-query")]);

        // A calendar elsewhere, with a password in its address.
        await ana.Post("/api/external-calendars/", new { name = "Private", url = $"http://ana:calendar-password-9@{elsewhere.Authority}/calendar.ics?key=calendar-key-of-ana" });
        secrets.AddRange([("password of a calendar", "calendar-password-9"), ("key of a calendar", "calendar-key-of-ana")]);

        (await ana.Post("/api/auth/login/", new { email = ana.Email, password = "wrong-password-1" })).ShouldBe(401);
        (await ana.Post("/api/auth/login/", "{\"email\":\"ana@example.com\",\"password\":\"broken-body-2")).ShouldBe(400);
        (await ana.Post("/api/auth/reset-password/", new { token = "made-up-reset-token", new_password = "fresh-horse-8", new_password2 = "fresh-horse-8" })).Status.ShouldBe(400);
        (await ana.Post("/api/rsvp/read/", new { token = "made-up-rsvp-token" })).Status.ShouldBe(404);
        (await ana.Post("/api/inbound-mail/", new StringContent("From: ben@example.com\r\n\r\nhello", System.Text.Encoding.UTF8, "message/rfc822"))).Status.ShouldBe(401);
        secrets.AddRange([("wrong password", "wrong-password-1"), ("broken body", "broken-body-2"), ("reset token", "made-up-reset-token"), ("new password", "fresh-horse-8"), ("rsvp token", "made-up-rsvp-token")]);
        var prometheus = new Caller(server.Url);
        prometheus.Authorization("Bearer metrics-secret-of-the-test");
        (await prometheus.Get("/metrics")).ShouldBe(200);
        (await ana.Post("/api/auth/change-password/", new { old_password = Caller.Password, new_password = "another-horse-9", new_password2 = "another-horse-9" })).ShouldBe(200);
        (await ana.Post("/api/auth/logout/", new { refresh = (string)joined["refresh"]! })).Status.ShouldBe(200);
        secrets.Add(("changed password", "another-horse-9"));
        return secrets;
    }
}
