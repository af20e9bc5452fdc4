using System.Text;
using System.Text.Json;

namespace Convene.Server.Tests.Stories;

/// Calendar files that are broken, too much, or made to do harm.
public sealed class ImportHostileStories
{
    [Theory, OnSqlite, OnPostgres]
    public async Task What_is_no_calendar_is_refused_with_its_line_and_what_is_too_much_by_name(string engine)
    {
        await using var house = await TestHouse.Open(engine, "IMPORT_MB=1");
        var ana = await house.SignUp("ana");
        (await ana.Preview("Hello")).ShouldBe(400).Error("file").ShouldContain("no calendar");
        (await ana.Preview("BEGIN:VCALENDAR\n" + string.Concat(Enumerable.Repeat("BEGIN:X\n", 30)))).ShouldBe(400).Error("file").ShouldContain("Line 1");
        (await ana.Preview("BEGIN:VEVENT\nUID:x\nDTSTART:20300305T090000Z\nEND:VEVENT\n")).ShouldBe(200)["mended"]![0]!.ToString().ShouldStartWith("Line 1: BEGIN:VCALENDAR is missing");
        (await ana.Preview("")).ShouldBe(400).Error("file").ShouldNotBeEmpty();
        (await ana.Post("/api/calendars/import/", new MultipartFormDataContent { { new StringContent("true"), "commit" } })).ShouldBe(400).Error("file").ShouldContain("No file");
        (await ana.Post("/api/calendars/import/", new { file = "x" })).ShouldBe(415);
        (await ana.Import(Encoding.UTF8.GetBytes(ImportHelp.Google), commit: true, "Mars/Olympus")).ShouldBe(400).Error("timezone").ShouldNotBeEmpty();
        (await house.Somebody().Preview(ImportHelp.Google)).ShouldBe(401);
        (await ana.Preview(ImportHelp.Calendar(ImportHelp.Event("x", "DTSTART:20300305T090000Z\nDESCRIPTION:" + new string('x', 1 << 20))))).ShouldBe(413);

        var many = ImportHelp.Calendar([.. Enumerable.Range(0, 5_001).Select(i => $"BEGIN:VEVENT\nUID:{i}\nDTSTART:20300305T090000Z\nEND:VEVENT")]);
        (await ana.Preview(many)).ShouldBe(400).Error("file").ShouldContain("5001 items");
        var often = ImportHelp.Calendar([.. Enumerable.Range(0, 60).Select(i => ImportHelp.Event($"often{i}", "DTSTART:20300305T090000Z\nDTEND:20300305T091000Z\nRRULE:FREQ=HOURLY;INTERVAL=4"))]);
        (await ana.Preview(often)).ShouldBe(400).Error("file").ShouldContain("50000");
        (await ana.Events()).ShouldBeEmpty();

        // As a body of its own, with the rest in the query.
        var body = new StringContent(ImportHelp.Google, Encoding.UTF8, "text/calendar");
        (await ana.Post("/api/calendars/import/?commit=true&timezone=Asia/Tokyo", body)).ShouldBe(200)["committed"]!.GetValue<bool>().ShouldBeTrue();
        (await ana.Events()).Starts("Messe").ShouldBe(["2030-03-31T15:00:00Z"]);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Texts_and_names_made_to_do_harm_are_kept_as_harmless_text(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var file = ImportHelp.Calendar(
            ImportHelp.Event("a'); DROP TABLE entries; --", "DTSTART:20300305T090000Z\nDTEND:20300305T100000Z\nSUMMARY:<script>alert(1)</script>'); DROP TABLE entries;"),
            ImportHelp.Event(new string('u', 5_000), "DTSTART:20300306T090000Z\nDTEND:20300306T100000Z\nSUMMARY:" + new string('t', 3_000) + "\nDESCRIPTION:" + new string('d', 30_000)),
            ImportHelp.Event("nul\u0000\u0001@example.com", "DTSTART:20300307T090000Z\nDTEND:20300307T100000Z\nSUMMARY:nul\u0000 and bell\u0007\\nand a line"),
            ImportHelp.Event("same", "DTSTART:20300308T090000Z\nSUMMARY:Same"),
            ImportHelp.Event("same", "DTSTART:20300308T090000Z\nSUMMARY:Same"),
            ImportHelp.Event("far", "DTSTART:99991231T235959Z\nSUMMARY:Far"),
            ImportHelp.Event("old", "DTSTART:00010101T000000Z\nSUMMARY:Old"),
            ImportHelp.Event("back", "DTSTART:20300309T090000Z\nDTEND:20300308T090000Z\nSUMMARY:Back"),
            ImportHelp.Event("zone", "DTSTART;TZID=No/Where:20300309T090000\nSUMMARY:Nowhere"),
            "BEGIN:VEVENT\nDTSTART:20300310T090000Z\nSUMMARY:Twin\nEND:VEVENT", "BEGIN:VEVENT\nDTSTART:20300310T090000Z\nSUMMARY:Twin\nEND:VEVENT");
        foreach (var what in new[] { file, file + file, file })
        {
            var import = (await ana.Import(what)).ShouldBe(200);
            import["items"]!.AsArray().ShouldAllBe(i => ((string)i!["title"]!).Length <= 255 && ((string?)i["uid"] ?? "").Length <= 255);
        }

        var titles = (await ana.Events()).Select(e => (string)e["title"]!).ToList();
        titles.Count(t => t == "Twin").ShouldBe(1, "without a UID, what is the same is one");
        titles.ShouldContain("<script>alert(1)</script>'); DROP TABLE entries;");
        titles.ShouldContain("nul and bell and a line");
        titles.ShouldAllBe(t => t.Length <= 255);
        (await ana.Import(file)).ShouldBe(200)["counts"]!["create"]!.GetValue<int>().ShouldBe(0);
    }

    [Theory, OnSqlite]
    public async Task Rules_made_to_keep_the_server_busy_do_not(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var hard = ImportHelp.Calendar([.. Enumerable.Range(0, 3_000).Select(i =>
            $"BEGIN:VEVENT\nUID:{i}\nDTSTART:19000101T000000Z\nRRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30;BYHOUR=1;BYSETPOS=5;BYSECOND=1,2,3\nEND:VEVENT")]);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        (await ana.Preview(hard).WaitAsync(patience.Token)).ShouldBe(200)["counts"]!["refuse"]!.GetValue<int>().ShouldBe(3_000);

        // One series with thousands of changed dates, and one with more single dates than anybody has.
        var changed = ImportHelp.Calendar([
            ImportHelp.Event("u", "DTSTART:20300305T090000Z\nRRULE:FREQ=DAILY;COUNT=4000\nSUMMARY:Daily"),
            .. Enumerable.Range(0, 3_000).Select(i => NodaTime.Instant.FromUtc(2030, 3, 5, 9, 0).Plus(NodaTime.Duration.FromDays(i)).ToString("uuuuMMdd'T'HHmmss'Z'", null))
                .Select(t => ImportHelp.Event("u", $"RECURRENCE-ID:{t}\nDTSTART:{t}\nDURATION:PT5M\nSUMMARY:Changed")),
            ImportHelp.Event("dates", "DTSTART:20300305T090000Z\nSUMMARY:Dates\nRDATE:" + string.Join(',', Enumerable.Repeat("20300306T090000Z", 6_000)))]);
        var import = (await ana.Import(changed).WaitAsync(patience.Token)).ShouldBe(200);
        import["counts"]!["create"]!.GetValue<int>().ShouldBe(3_001);
        import["counts"]!["refuse"]!.GetValue<int>().ShouldBe(1);
        (await ana.Import(changed).WaitAsync(patience.Token))["counts"]!["unchanged"]!.GetValue<int>().ShouldBe(3_001);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Thousands_of_events_are_written_with_few_statements(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        string File(int count, string title) => ImportHelp.Calendar([.. Enumerable.Range(0, count).Select(i => ImportHelp.Event(
            $"{i}@example.com",
            $"DTSTART:{2030 + (i % 2)}{1 + (i % 12):00}{1 + (i % 28):00}T{i % 24:00}0000Z\nDURATION:PT30M\nSUMMARY:{title} {i}{(i % 20 == 0 ? "\nRRULE:FREQ=WEEKLY;COUNT=10" : "")}"))]);
        var few = await house.Statements(() => ana.Import(File(20, "Few")));
        var many = await house.Statements(() => ana.Import(File(1_000, "Many")));
        (many - few).ShouldBeLessThan(20, "only what 500 rows at a time make more");
        many.ShouldBeLessThan(45);
        (await ana.Import(File(1_000, "Many")))["counts"]!["unchanged"]!.GetValue<int>().ShouldBe(1_000);
        (await house.Statements(() => ana.Import(File(1_000, "Other")))).ShouldBeLessThan(50);
        var answer = await ana.Preview(File(1_000, "Third"));
        answer["items"]!.AsArray().Count.ShouldBe(500);
        answer["more"]!.GetValue<int>().ShouldBe(500);
        answer["counts"]!["update"]!.GetValue<int>().ShouldBe(1_000);
    }

    [CorpusTheory, OnSqlite]
    public async Task Every_file_of_the_corpus_is_taken_or_refused_never_a_fault(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana", "Europe/Berlin");
        foreach (var (id, kind, content) in CorpusTheoryAttribute.Calendars())
        {
            var first = await ana.Import(content, commit: true);
            first.Status.ShouldBeOneOf(kind == "valid" ? [200] : [200, 400], $"{id}: {first.Text}");
            if (first.Status != 200)
                continue;
            var again = (await ana.Import(content, commit: true)).ShouldBe(200, id);
            (again["counts"]!["create"]!.GetValue<int>() + again["counts"]!["update"]!.GetValue<int>()).ShouldBe(0, $"{id}: {again.Text}");
        }

        var feed = (await ana.Post("/api/feeds/", new { name = "All of it" })).ShouldBe(201);
        var text = (await house.Somebody().Get(new Uri((string)feed["url"]!).AbsolutePath)).ShouldBe(200).Text;
        if (Peers.Libical.IsThere)
            Peers.Libical.ShouldAccept(text);
    }
}

/// A theory over the calendars of other projects' tests. Where they are missing, a loud skip.
[AttributeUsage(AttributeTargets.Method)]
public sealed class CorpusTheoryAttribute : TheoryAttribute
{
    private static readonly string Folder = Path.Combine(
        Environment.GetEnvironmentVariable("CONVENE_CORPORA") ?? Path.GetFullPath(Path.Combine(Repository.Root(), "..", "shared", "corpora")), "ics");

    public CorpusTheoryAttribute() => Skip = Directory.Exists(Folder) ? null : "The corpora are not here (../shared/corpora or CONVENE_CORPORA): their calendars are not imported.";

    public static IEnumerable<(string Id, string Class, byte[] Content)> Calendars() =>
        from line in File.ReadLines(Path.Combine(Folder, "manifest.jsonl"))
        let file = JsonDocument.Parse(line).RootElement
        let id = file.GetProperty("id").GetString()!
        select (id, file.GetProperty("class").GetString()!, File.ReadAllBytes(Path.Combine(Folder, "upstream", id + ".ics")));
}
