using System.Text.RegularExpressions;
using Convene.Server.Tests.Peers;

namespace Convene.Server.Tests.Stories;

/// What Prometheus collects at /metrics.
public sealed partial class MetricsStories
{
    private const string Token = "metrics-token-of-the-test";
    private const string Setting = $"METRICS_TOKEN={Token}";

    [PrometheusTheory, OnSqlite, OnPostgres]
    public async Task What_happens_is_counted(string engine)
    {
        await using var house = await TestHouse.Open(engine, Setting);
        var (ana, ben) = (await house.SignUp("ana"), await house.SignUp("ben"));
        await ana.Book("Kickoff", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com", "cho@example.com");
        await ana.Book("Design", "2030-03-05T10:30Z", "2030-03-05T11:30Z", "ben@example.com");
        (await ana.Post("/api/meetings/", new { title = "Third", start_time = "2030-03-05T10:30Z", end_time = "2030-03-05T11:30Z", conflict_policy = "reject", participants = new[] { new { email = "ben@example.com" } } })).ShouldBe(400);
        (await ana.Post("/api/meetings/", new { title = "Weekly", start_time = "2030-03-08T10:00", end_time = "2030-03-08T11:00", timezone = "UTC", recurrence = "FREQ=WEEKLY;COUNT=3" })).ShouldBe(201);
        (await ben.Post("/api/events/", new { title = "Lunch", start_time = "2030-03-06T12:00Z", end_time = "2030-03-06T13:00Z" })).ShouldBe(201);
        (await ana.Get($"/api/meetings/{Guid.NewGuid()}/")).ShouldBe(404);
        (await ana.Get("/no/such/page")).ShouldBe(404);
        house.Clock.Advance(NodaTime.Duration.FromSeconds(30));

        var before = await Figures(house);
        before["convene_bookings"].Sum("kind=meeting", "outcome=booked").ShouldBe(1);
        before["convene_bookings"].Sum("kind=meeting", "outcome=partly").ShouldBe(1, "Ben was busy and is left out");
        before["convene_bookings"].Sum("kind=meeting", "outcome=conflict").ShouldBe(1);
        before["convene_bookings"].Sum("kind=series", "outcome=booked").ShouldBe(1);
        before["convene_bookings"].Sum("kind=event", "outcome=booked").ShouldBe(1);
        before["convene_outbox_waiting"].Sum().ShouldBeGreaterThan(1);
        before["convene_outbox_lag_seconds"].Sum().ShouldBe(30);
        before["convene_database_up"].Sum().ShouldBe(1);
        before["http_server_request_duration_seconds"].Named("_count", "method=POST", "route=/api/meetings/", "status=2xx").ShouldBe(3);
        before["http_server_request_duration_seconds"].Named("_count", "method=POST", "route=/api/meetings/", "status=4xx").ShouldBe(1);
        before["http_server_request_duration_seconds"].Named("_count", "method=GET", "route=/api/meetings/{id:guid}/", "status=4xx").ShouldBe(1, "by the route, not by each meeting");
        before["http_server_request_duration_seconds"].Named("_count", "method=GET", "route=", "status=4xx").ShouldBe(1, "what leads nowhere is one line, whatever is asked for");

        foreach (var _ in (int[])[1, 2, 3])
            (await ana.Get("/api/meetings/")).ShouldBe(200);
        var sent = await house.DeliverMail();
        (await house.Somebody().Post("/api/scheduling/find-slots/", new { emails = new[] { "ana@example.com", "ben@example.com" }, window_start = "2030-03-05T00:00:00Z", window_end = "2030-03-06T00:00:00Z" })).ShouldBe(200);
        (await house.Somebody().Post("/api/scheduling/find-slots/", new { emails = new[] { "ana@example.com", "ben@example.com" }, window_start = "2030-03-05T00:00:00Z", window_end = "2030-03-06T00:00:00Z" })).ShouldBe(200);
        var after = await Figures(house);
        after["convene_mails"].Sum("outcome=sent").ShouldBe(sent);
        after["convene_mail_delay_seconds"].Named("_count").ShouldBe(sent);
        after["convene_mail_delay_seconds"].Named("_sum").ShouldBe(30 * sent);
        after["convene_outbox_waiting"].Sum().ShouldBe(0);
        after["convene_calendar_cache_lookups"].Sum("outcome=read").ShouldBe(2);
        after["convene_calendar_cache_lookups"].Sum("outcome=known").ShouldBe(2);
        after["convene_answer_cache_lookups"].Sum("outcome=made").ShouldBe(1);
        after["convene_answer_cache_lookups"].Sum("outcome=known").ShouldBe(2);
        after["process_cpu_seconds"].Type.ShouldBe("counter");
        after["process_resident_memory_bytes"].Sum().ShouldBeGreaterThan(10_000_000);
        after["process_start_time_seconds"].Sum().ShouldBe(TestHouse.Start.ToUnixTimeSeconds());
    }

    [PrometheusTheory, OnSqlite]
    public async Task Every_line_is_as_the_format_wants_it_and_is_in_the_manual(string engine)
    {
        await using var house = await TestHouse.Open(engine, Setting, "RUN_JOBS=true");
        var ana = await house.SignUp("ana");
        (await ana.Get("/api/meetings/")).ShouldBe(200);
        await ana.Book("Kickoff \"with\\quotes\"", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com");
        (await house.Somebody().Post("/api/scheduling/find-slots/", new { emails = new[] { "ana@example.com" }, window_start = "2030-03-05T00:00:00Z", window_end = "2030-03-06T00:00:00Z" })).ShouldBe(200);
        await ServerProcess.Until(async () => (await Figures(house)) is var f && f.ContainsKey("convene_job_duration_seconds") && f.ContainsKey("convene_mails"), "jobs have run");
        var answer = await Ask(house, Token);
        answer.Headers["Content-Type"].ShouldBe("text/plain; version=0.0.4; charset=utf-8");
        answer.Text.ShouldEndWith("\n");
        foreach (var line in answer.Text.TrimEnd('\n').Split('\n'))
            WellFormed().IsMatch(line).ShouldBeTrue(line);
        answer.Text.Split('\n').Where(l => l.Length > 0 && l[0] != '#').Select(l => l[..l.LastIndexOf(' ')]).ShouldBeUnique();

        foreach (var family in PrometheusReader.Read(answer.Text).Values)
        {
            family.Help.ShouldNotBeEmpty(family.Name);
            family.Samples.ShouldNotBeEmpty(family.Name);
            if (family.Type == "histogram")
                IsCumulative(family);
        }

        var manual = await File.ReadAllTextAsync(Path.Combine(Repository.Root(), "docs/OPERATIONS.md"));
        var told = InManual().Matches(manual).Select(m => m.Groups["name"].Value).ToArray();
        var there = TypeLine().Matches(answer.Text).Select(m => m.Groups["name"].Value).ToArray();
        there.Except(told, StringComparer.Ordinal).ShouldBeEmpty("the manual tells every figure");
        // These are there once somebody has listened, or .NET has had to collect what is old.
        told.Except([.. there, "convene_live_listeners", "dotnet_exceptions_total"], StringComparer.Ordinal).ShouldBeEmpty("the manual tells no other");
    }

    [Theory, OnSqlite]
    public async Task Only_who_has_the_token_sees_them(string engine)
    {
        await using var open = await TestHouse.Open(engine);
        (await open.Somebody().Get("/metrics")).ShouldBe(404, "without a token there is nothing");
        (await Ask(open, "")).ShouldBe(404);

        await using var house = await TestHouse.Open(engine, Setting);
        (await house.Somebody().Get("/metrics")).ShouldBe(401).Text.ShouldNotContain("convene_");
        (await Ask(house, "another-token-of-the-test")).ShouldBe(401);
        (await (await house.SignUp("ana")).Get("/metrics")).ShouldBe(401, "nor who has only an account");
        (await Ask(house, Token)).ShouldBe(200).Headers["Cache-Control"].ShouldBe("no-store");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_secret_address_is_in_no_label_and_the_figures_come_without_the_database_too(string engine)
    {
        await using var house = await TestHouse.Open(engine, Setting);
        var ana = await house.SignUp("ana");
        var feed = new Uri((string)(await ana.Post("/api/feeds/", new { name = "Phone" })).ShouldBe(201)["url"]!).AbsolutePath;
        (await house.Somebody().Get(feed)).ShouldBe(200);
        (await house.Somebody().Get(feed + "?token=abcdefgh")).ShouldBe(200);
        var text = (await Ask(house, Token)).ShouldBe(200).Text;
        text.ShouldContain("/feeds/{");
        text.ShouldNotContain(feed["/feeds/".Length..^".ics".Length]);
        text.ShouldNotContain("abcdefgh");

        await Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<Convene.Server.Storage.Store>(house.Services).WriteAlways(tx => tx.Execute("ALTER TABLE outbox RENAME TO elsewhere"));
        text = (await Ask(house, Token)).ShouldBe(200).Text;
        text.ShouldContain("convene_database_up 0\n");
        text.ShouldNotContain("convene_outbox_waiting");
    }

    private static void IsCumulative(MetricFamily family)
    {
        foreach (var one in family.Samples.GroupBy(s => string.Join(',', s.Labels.Where(l => l.Key != "le").OrderBy(l => l.Key, StringComparer.Ordinal)), StringComparer.Ordinal))
        {
            var buckets = one.Where(s => s.Name.EndsWith("_bucket", StringComparison.Ordinal)).Select(s => s.Number).ToArray();
            buckets.ShouldBe(buckets.Order());
            one.Single(s => s.Name.EndsWith("_count", StringComparison.Ordinal)).Number.ShouldBe(buckets[^1]);
            one.Last(s => s.Name.EndsWith("_bucket", StringComparison.Ordinal)).Labels["le"].ShouldBe("+Inf");
        }
    }

    private static async Task<IReadOnlyDictionary<string, MetricFamily>> Figures(TestHouse house) => PrometheusReader.Read((await Ask(house, Token)).ShouldBe(200).Text);

    private static Task<Reply> Ask(TestHouse house, string token)
    {
        var prometheus = house.Somebody();
        prometheus.Authorization($"Bearer {token}");
        return prometheus.Get("/metrics");
    }

    // https://prometheus.io/docs/instrumenting/exposition_formats/: comments, and names with labels and a number.
    [GeneratedRegex("""^(# HELP [a-z_]+ .+|# TYPE [a-z_]+ (counter|gauge|histogram)|[a-z_]+(\{([a-z_]+="([^"\\\n]|\\["\\n])*",?)+\})? (\+Inf|-?\d+(\.\d+)?([Ee][+-]?\d+)?))$""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex WellFormed();

    [GeneratedRegex(@"^\| `(?<name>(convene|http|kestrel|process|dotnet)_\w+)`", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex InManual();

    [GeneratedRegex(@"^# TYPE (?<name>\S+) ", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex TypeLine();
}
