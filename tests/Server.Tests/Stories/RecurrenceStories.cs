using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Convene.Server.Tests.Stories;

/// What a recurrence comes to, asked through the door. Nothing of it touches a database: one engine is enough.
public sealed class RecurrenceStories
{
    private const string Preview = "/api/recurrence/preview/";

    private static readonly string Corpora = Path.GetFullPath(Path.Combine(Repository.Root(), "..", "shared", "corpora", "rrule"));

    [Theory, OnSqlite]
    public async Task A_form_shows_the_next_dates_and_the_rule_in_words(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var shown = (await house.Somebody().Post(Preview, new
        {
            dtstart = "2027-03-26T02:30", tzid = "W. Europe Standard Time", rrule = new[] { "FREQ=DAILY;COUNT=6" }, exdate = new[] { "20270327T023000" }, rdate = new[] { "20270401T010000Z" }, limit = 4,
        })).ShouldBe(200);
        List(shown, "occurrences").ShouldBe(["20270326T023000", "20270328T023000", "20270329T023000", "20270330T023000"]);
        List(shown, "occurrences_utc").ShouldBe(["20270326T013000Z", "20270328T013000Z", "20270329T003000Z", "20270330T003000Z"], "the 28th skips 02:30");
        ((bool)shown["complete"]!).ShouldBeFalse();
        shown["description"]!.ToString().ShouldBe("Every day at 02:30, 6 times, and one more time, except one time");
        List(shown, "warnings").ShouldBeEmpty();
        shown.Json!.AsObject().Select(p => p.Key).ShouldBe(["occurrences", "occurrences_utc", "complete", "description", "warnings"]);
    }

    [Theory, OnSqlite]
    public async Task Floating_times_and_dates_have_no_instants_and_a_window_cuts_the_middle_out(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var floating = (await house.Somebody().Post(Preview, new { dtstart = "19000101T090000", tzid = (string?)null, value = "DATE-TIME", rrule = new[] { "FREQ=DAILY" }, from = "20260301T000000", to = "20260303T000000" })).ShouldBe(200);
        List(floating, "occurrences").ShouldBe(["20260301T090000", "20260302T090000"]);
        ((bool)floating["complete"]!).ShouldBeTrue();
        floating.Json!.AsObject().ContainsKey("occurrences_utc").ShouldBeFalse();
        var dates = (await house.Somebody().Post(Preview, new { dtstart = "20260131", rrule = new[] { "RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD;COUNT=3" } })).ShouldBe(200);
        List(dates, "occurrences").ShouldBe(["20260131", "20260228", "20260331"]);
        var utc = (await house.Somebody().Post(Preview, new { dtstart = "20260131T100000Z", rdate = new[] { "20260201T100000Z/PT1H" } })).ShouldBe(200);
        List(utc, "occurrences_utc").ShouldBe(["20260131T100000Z", "20260201T100000Z"]);
    }

    [Theory, OnSqlite]
    public async Task What_is_mended_is_told(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var mended = (await house.Somebody().Post(Preview, new { dtstart = "20260105T090000", tzid = "Europe/Berlin", rrule = new[] { "FREQ=WEEKLY;BYDAY=TU;COUNT=3;UNTIL=20260113" }, exdate = new[] { "20260106" } })).ShouldBe(200);
        List(mended, "occurrences").ShouldBe(["20260113T090000"]);
        var warnings = string.Join("\n", List(mended, "warnings"));
        foreach (var part in (string[])["COUNT: ", "UNTIL: ", "DTSTART: ", "EXDATE: "])
            warnings.ShouldContain(part);
    }

    [Theory, OnSqlite]
    public async Task What_is_wrong_is_named_by_its_field(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        async Task<string> Wrong(object body, string field)
        {
            var refused = (await house.Somebody().Post(Preview, body)).ShouldBe(400);
            refused[field].ShouldNotBeNull(refused.Text);
            return refused[field]!.ToJsonString();
        }

        await Wrong(new { }, "dtstart");
        await Wrong(new { dtstart = "soon" }, "dtstart");
        await Wrong(new { dtstart = "1700-01-01T00:00:00Z" }, "dtstart");
        await Wrong(new { dtstart = "20270101T090000", from = "00010101" }, "from");
        await Wrong(new { dtstart = "2027-01-01T09:00+01:00" }, "dtstart");
        await Wrong(new { dtstart = 5 }, "dtstart");
        await Wrong(new { dtstart = "20270101T090000", tzid = "Mars/Olympus" }, "tzid");
        await Wrong(new { dtstart = "20270101T090000", value = "PERIOD" }, "value");
        (await Wrong(new { dtstart = "20270101T090000", rrule = new[] { "FREQ=DAILY", "FREQ=DAILY;BYMONTH=13" } }, "rrule")).ShouldContain("BYMONTH");
        await Wrong(new { dtstart = "20270101T090000", rrule = "FREQ=DAILY" }, "rrule");
        await Wrong(new { dtstart = "20270101T090000", rrule = new object[] { 5 } }, "rrule");
        await Wrong(new { dtstart = "20270101T090000", exrule = new[] { "" } }, "exrule");
        await Wrong(new { dtstart = "20270101T090000", rdate = new[] { "20270101" } }, "rdate");
        await Wrong(new { dtstart = "20270101T090000", exdate = new[] { "x" } }, "exdate");
        await Wrong(new { dtstart = "20270101T090000", from = "x" }, "from");
        await Wrong(new { dtstart = "20270101T090000", from = "20270101T000000", to = "20270101T000000" }, "to");
        await Wrong(new { dtstart = "20270101T090000", limit = 1001 }, "limit");
        (await house.Somebody().Post(Preview, "[1]")).Status.ShouldBe(400);
    }

    [Theory, OnSqlite]
    public async Task Visitors_share_one_limit_for_searches_and_previews(string engine)
    {
        await using var house = await TestHouse.Open(engine, "ANONYMOUS_SEARCHES_PER_MINUTE=1");
        var ana = await house.SignUp("ana");
        var body = new { dtstart = "20270101T090000", rrule = new[] { "FREQ=DAILY;COUNT=1" } };
        for (var i = 0; i < 20; i++)
            (await house.Somebody().Post(Preview, body)).ShouldBe(200);
        (await house.Somebody().Post(Preview, body)).ShouldBe(429).Headers.Keys.ShouldContain("Retry-After");
        (await house.Somebody().Post("/api/scheduling/find-slots/", new { })).ShouldBe(429);
        (await ana.Post(Preview, body)).ShouldBe(200);
    }

    [CorporaFact]
    public async Task Every_judged_case_of_the_corpora_comes_out_as_other_engines_agree()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine, "ANONYMOUS_SEARCHES_PER_MINUTE=1000000");
        var cases = File.ReadLines(Path.Combine(Corpora, "open-own.jsonl")).Concat(File.ReadLines(Path.Combine(Corpora, "upstream", "open-upstream.jsonl")))
            .Select(line => JsonNode.Parse(line)!.AsObject()).Where(Judged).ToList();
        cases.Count.ShouldBeGreaterThan(3000);
        var wrong = new ConcurrentBag<string>();
        var caller = house.Somebody();
        await Parallel.ForEachAsync(cases, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (test, _) =>
        {
            var expected = Texts(test["expected"]);
            var complete = (bool)test["complete"]!;
            var body = new JsonObject { ["limit"] = Math.Max(1, complete ? expected.Count + 5 : expected.Count) };
            foreach (var name in (string[])["dtstart", "tzid", "value", "rrule", "exrule", "rdate", "exdate"])
                body[name] = test[name]?.DeepClone();
            var shown = await caller.Post(Preview, body.ToJsonString());
            if (shown.Status != 200 || !List(shown, "occurrences").Take(expected.Count).SequenceEqual(expected) || (complete && (!(bool)shown["complete"]! || List(shown, "occurrences").Count != expected.Count)))
                wrong.Add($"{test["id"]}: {shown.Text}");
            else if (test["expected_utc"] is { } utc && !List(shown, "occurrences_utc").Take(expected.Count).SequenceEqual(Texts(utc)))
                wrong.Add($"{test["id"]} in UTC: {shown.Text}");
        });
        wrong.ShouldBeEmpty();
    }

    [CorporaFact]
    public async Task Wrong_and_hostile_rules_are_refused_or_answered_in_time()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var caller = house.Somebody();
        // The first request of a house is slower than any rule.
        await caller.Post(Preview, new { dtstart = "20260101T090000", tzid = "America/New_York", rrule = new[] { "FREQ=DAILY;COUNT=1" } });
        foreach (var test in File.ReadLines(Path.Combine(Corpora, "invalid.jsonl")).Select(line => JsonNode.Parse(line)!))
        {
            var watch = System.Diagnostics.Stopwatch.StartNew();
            var shown = await caller.Post(Preview, new { dtstart = "20260101T090000", tzid = "America/New_York", rrule = new[] { (string)test["rrule"]! } });
            shown.Status.ShouldBe(test["hard"] is null && (shown.Status != 200 || List(shown, "warnings").Count == 0) ? 400 : 200, $"{test}: {shown.Text}");
            watch.Elapsed.TotalSeconds.ShouldBeLessThan(2, $"{test}");
        }
    }

    // What RFC 5545 leaves undefined is not judged, and calendars other than the Gregorian one are refused.
    private static bool Judged(JsonObject test) => test["dtstart_synchronized"]?.GetValueKind() != System.Text.Json.JsonValueKind.False
        && Texts(test["rrule"]).TrueForAll(r => !r.Contains("RSCALE=", StringComparison.Ordinal) || r.Contains("RSCALE=GREGORIAN", StringComparison.Ordinal));

    private static List<string> List(Reply reply, string name) => Texts(reply[name]);

    private static List<string> Texts(JsonNode? list) => list is null ? [] : [.. list.AsArray().Select(i => i!.ToString())];

    private sealed class CorporaFactAttribute : FactAttribute
    {
        public CorporaFactAttribute() => Skip = Directory.Exists(Corpora) ? null : "The corpora are not here (../shared/corpora): their cases are not judged.";
    }
}
