using System.Collections.Concurrent;
using System.Text;
using Convene.Server.Tests.Peers;

namespace Convene.Server.Tests.Stories;

/// Traces and figures for a collector (OTLP over HTTP with protobuf).
public sealed class TelemetryStories
{
    [Theory, OnSqlite, OnPostgres]
    public async Task A_collector_gets_traces_and_figures_without_secrets(string engine)
    {
        var got = new ConcurrentQueue<(string Path, string Key, byte[] Body)>();
        await using var collector = await WebServer.Start(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            got.Enqueue((http.Request.Path, http.Request.Headers["x-collector-key"].ToString(), body.ToArray()));
            http.Response.ContentType = "application/x-protobuf";
        });
        await using var machine = await ServerMachine.Open(engine);
        var server = await machine.StartServer($"OTEL_EXPORTER_OTLP_ENDPOINT={collector.Url}", "OTEL_EXPORTER_OTLP_HEADERS=x-collector-key=key-of-the-test", "OTEL_METRIC_EXPORT_INTERVAL=500", "OTEL_SERVICE_NAME=meet");
        var ana = await server.SignUp("ana");
        ana.Header("X-Request-Id", "the-booking");
        await ana.Book("The-secret-plan", "2031-03-05T10:00Z", "2031-03-05T11:00Z", "ben@example.com");
        ana.Header("X-Request-Id", null);
        ana.Header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        var feed = new Uri((string)(await ana.Post("/api/feeds/", new { name = "Phone" })).ShouldBe(201)["url"]!).AbsolutePath;
        (await ana.Get(feed + "?token=token-in-a-query")).ShouldBe(200);
        IReadOnlyList<string> Texts(string path) => [.. got.Where(g => g.Path == path).SelectMany(g => Protobuf.Texts(g.Body) ?? throw new FormatException("That is no protobuf."))];
        await ServerProcess.Until(() => Task.FromResult(Texts("/v1/metrics").Contains("convene.bookings")), "figures have come");
        await server.Stop();

        got.ShouldAllBe(g => g.Key == "key-of-the-test");
        var (figures, traces) = (Texts("/v1/metrics"), Texts("/v1/traces"));
        foreach (var name in (string[])["convene.bookings", "convene.outbox.waiting", "convene.outbox.lag", "convene.job.duration", "http.server.request.duration", "meet", "service.instance.id"])
            figures.ShouldContain(name);
        foreach (var name in (string[])["POST /api/meetings/", "POST /api/feeds/", "the-booking", "http.route", "mail", "meet"])
            traces.ShouldContain(name);
        got.Any(g => g.Path == "/v1/traces" && g.Body.AsSpan().IndexOf(Convert.FromHexString("4bf92f3577b34da6a3ce929d0e0e4736")) >= 0).ShouldBeTrue("a trace that began elsewhere goes on");
        foreach (var secret in (string[])[Caller.Password, ana.Credential["Bearer ".Length..], feed["/feeds/".Length..^".ics".Length], "token-in-a-query", "The-secret-plan"])
            got.ShouldAllBe(g => !Encoding.UTF8.GetString(g.Body).Contains(secret, StringComparison.OrdinalIgnoreCase), secret);
    }

    [Theory, OnSqlite]
    public async Task Without_a_collector_nothing_of_it_is_loaded_and_one_that_is_away_holds_nobody_up(string engine)
    {
        await using var machine = await ServerMachine.Open(engine);
        var without = await machine.StartServer();
        (await File.ReadAllTextAsync($"/proc/{without.Id}/maps")).ShouldNotContain("OpenTelemetry");
        await without.Stop();

        var away = await machine.StartServer("OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:9", "OTEL_METRIC_EXPORT_INTERVAL=200");
        (await File.ReadAllTextAsync($"/proc/{away.Id}/maps")).ShouldContain("OpenTelemetry");
        (await (await away.SignUp("ana")).Book("Kickoff", "2031-03-05T10:00Z", "2031-03-05T11:00Z", "ben@example.com")).ShouldBe(201);
        (await away.Stop()).ShouldBe(0);
    }
}
