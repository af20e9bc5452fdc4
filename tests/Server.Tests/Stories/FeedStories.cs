using System.Globalization;
using Convene.ICalendar;
using Convene.Server.Tests.Peers;
using NodaTime;

namespace Convene.Server.Tests.Stories;

/// A link that calendar programs subscribe to: what is in it, what is not, and that asking again costs nothing.
public sealed class FeedStories
{
    [Theory, OnSqlite, OnPostgres]
    public async Task A_feed_has_meetings_events_and_series_as_calendar_programs_want_them(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, ben) = (await house.SignUp("ana", "Europe/Berlin"), await house.SignUp("ben"));
        await ana.Book("Kickoff", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com");
        var asked = await ben.Book("Asked", "2030-03-06T10:00Z", "2030-03-06T11:00Z", "ana@example.com");
        var declined = await ben.Book("Declined", "2030-03-07T10:00Z", "2030-03-07T11:00Z", "ana@example.com");
        (await ana.Patch($"/api/meetings/{declined.Id}/participants/{declined["participants"]![0]!["id"]}/status/", new { status = "declined" })).ShouldBe(200);
        var cancelled = await ana.Book("Cancelled", "2030-03-07T12:00Z", "2030-03-07T13:00Z", "ben@example.com");
        (await ana.Post($"/api/meetings/{cancelled.Id}/cancel/")).ShouldBe(200);
        await ana.Book("Long ago", "2029-10-01T10:00Z", "2029-10-01T11:00Z");
        (await ana.Post("/api/events/", new { title = "Free lunch", start_time = "2030-03-06T12:00Z", end_time = "2030-03-06T13:00Z", event_type = "free" })).ShouldBe(201);
        (await ana.Post("/api/meetings/", new { title = "Weekly", start_time = "2030-03-08T10:00", end_time = "2030-03-08T11:00", timezone = "Europe/Berlin", recurrence = "FREQ=WEEKLY" })).ShouldBe(201);
        (await ana.Import(ImportHelp.Google)).ShouldBe(200);

        var feed = (await ana.Post("/api/feeds/", new { name = "Phone, all" })).ShouldBe(201);
        var url = (string)feed["url"]!;
        url.ShouldStartWith("http://convene.example.com/feeds/");
        url.ShouldEndWith(".ics");
        var answer = (await house.Somebody().Get(new Uri(url).AbsolutePath)).ShouldBe(200);
        answer.Headers["Content-Type"].ShouldBe("text/calendar; charset=utf-8");
        answer.Headers["Cache-Control"].ShouldContain("private");
        answer.Headers["X-Robots-Tag"].ShouldBe("noindex");
        answer.Headers["Referrer-Policy"].ShouldBe("no-referrer");

        var text = answer.Text;
        foreach (var line in new[] { "METHOD:PUBLISH", "NAME:Phone\\, all", "X-WR-CALNAME:Phone\\, all", "REFRESH-INTERVAL;VALUE=DURATION:PT15M", "X-PUBLISHED-TTL:PT15M" })
            text.ShouldContain(line + "\r\n");
        text.ShouldNotContain("ATTENDEE");
        var contents = CalendarContents.Of(CalendarReader.Read(text).Calendars.Single());
        contents.Problems.ShouldBeEmpty();
        contents.Items.Select(i => i.Summary).Order(StringComparer.Ordinal).ShouldBe(["Asked", "Chor", "Chor, Generalprobe", "Free lunch", "Kickoff", "Messe", "Weekly", "Zahnärztin"]);
        CalendarItem Item(string title) => contents.Items.Single(i => i.Summary == title);
        Item("Asked").Uid.ShouldBe(asked.Id);
        Item("Asked").Status.ShouldBe("TENTATIVE", "not answered yet");
        Item("Kickoff").Status.ShouldBe("CONFIRMED");
        Item("Free lunch").IsTransparent.ShouldBeTrue();
        Item("Weekly").Rules.ShouldBe(["FREQ=WEEKLY"]);
        Item("Chor").Rules.ShouldBe(["FREQ=WEEKLY;UNTIL=20300430T215959Z;BYDAY=TU"]);
        Item("Chor").ExceptionTimes.Single().Local.ShouldBe(new LocalDateTime(2030, 3, 19, 19, 0));
        Item("Chor, Generalprobe").RecurrenceId!.Value.Local.ShouldBe(new LocalDateTime(2030, 3, 26, 19, 0));
        Item("Chor, Generalprobe").Uid.ShouldBe(Item("Chor").Uid);
        Item("Messe").Start!.Value.ToString().ShouldBe("20300401");
        Item("Messe").End!.Value.ToString().ShouldBe("20300404");
        Item("Messe").IsTransparent.ShouldBeTrue();

        if (Libical.IsThere)
            Libical.ShouldAccept(text);
        if (PythonCalendar.IsThere)
        {
            var read = PythonCalendar.Read(text);
            read.Count.ShouldBe(8);
            read.ShouldContain(("Messe", "20300401", false, false));
            read.ShouldContain(("Chor", "20300305T190000", true, false));
        }

        // Her own feed brings her nothing new; to somebody else it is a file like any other.
        (await ana.Preview(text)).Actions().ShouldAllBe(a => a.StartsWith("skip", StringComparison.Ordinal));
        var other = await house.SignUp("dee", "Europe/Berlin");
        (await other.Import(text)).ShouldBe(200)["counts"]!["create"]!.GetValue<int>().ShouldBe(8);
        (await other.Events()).Starts("Chor").ShouldBe((await ana.Events()).Starts("Chor"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Free_and_busy_only_means_no_words_no_people_and_no_names_of_meetings(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, ben) = (await house.SignUp("ana"), await house.SignUp("ben"));
        var secret = await ana.Book("Secret plan", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com");
        await ben.Book("Overlaps it", "2030-03-05T10:30Z", "2030-03-05T12:00Z");
        (await ben.Post("/api/events/", new { title = "Not really", start_time = "2030-03-06T12:00Z", end_time = "2030-03-06T13:00Z", event_type = "free" })).ShouldBe(201);
        (await ben.Post("/api/events/", new { title = "Dentist", start_time = "2030-03-07T12:00Z", end_time = "2030-03-07T13:00Z" })).ShouldBe(201);

        var feed = (await ben.Post("/api/feeds/", new { name = "For Ana", free_busy_only = true })).ShouldBe(201);
        var text = (await Read(house, feed)).ShouldBe(200).Text;
        foreach (var word in new[] { "Secret", "Overlaps", "Dentist", "Not really", "ana@", "ben@", secret.Id })
            text.ShouldNotContain(word);
        var items = CalendarContents.Of(CalendarReader.Read(text).Calendars.Single()).Items;
        items.Select(i => (i.Summary, i.Start!.Value.ToString(), i.End!.Value.ToString()))
            .ShouldBe([("Busy", "20300305T100000Z", "20300305T120000Z"), ("Busy", "20300307T120000Z", "20300307T130000Z")]);
        if (Libical.IsThere)
            Libical.ShouldAccept(text);

        // The same link, told everything from now on; then it is renewed, then it ends.
        var path = $"/api/feeds/{feed["id"]}/";
        (await ben.Patch(path, new { free_busy_only = false })).ShouldBe(200)["url"]!.ToString().ShouldBe(feed["url"]!.ToString());
        (await Read(house, feed)).Text.ShouldContain("Dentist");
        var renewed = (await ben.Post($"{path}renew/")).ShouldBe(200);
        (await Read(house, feed)).ShouldBe(404);
        (await Read(house, renewed)).ShouldBe(200);
        (await ana.Post($"{path}renew/")).ShouldBe(404);
        (await ana.Patch(path, new { name = "Mine now" })).ShouldBe(404);
        (await ana.Delete(path)).ShouldBe(404);
        (await ben.Delete(path)).ShouldBe(204);
        (await Read(house, renewed)).ShouldBe(404);
        (await ben.Get("/api/feeds/")).Json!.AsArray().ShouldBeEmpty();
        foreach (var guess in new[] { "x", new string('A', 65), new string('ä', 65), new string('A', 5_000) })
            (await house.Somebody().Get($"/feeds/{guess}.ics")).ShouldBe(404);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Whoever_has_seen_it_is_told_so_with_one_look_at_the_database(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        await ana.Book("Kickoff", "2030-03-05T10:00Z", "2030-03-05T11:00Z");
        var feed = (await ana.Post("/api/feeds/", new { name = "Phone" })).ShouldBe(201);
        feed["last_used_at"].ShouldBeNull();
        var first = (await Read(house, feed)).ShouldBe(200);
        var (tag, modified) = (first.Headers["ETag"], first.Headers["Last-Modified"]);
        DateTimeOffset.Parse(modified, CultureInfo.InvariantCulture).ShouldBe(TestHouse.Start.ToDateTimeOffset());
        house.Clock.Set(TestHouse.Start + Duration.FromMinutes(20));

        (await house.Statements(async () => (await Read(house, feed, ("If-None-Match", tag))).ShouldBe(304))).ShouldBe(1);
        (await house.Statements(async () => (await Read(house, feed, ("If-Modified-Since", modified))).ShouldBe(304))).ShouldBe(1);
        var seen = await Read(house, feed, ("If-None-Match", $"\"other\", W/{tag}"));
        seen.ShouldBe(304).Text.ShouldBeEmpty();
        seen.Headers["ETag"].ShouldBe(tag);
        (await Read(house, feed, ("If-None-Match", "\"other\""), ("If-Modified-Since", modified))).ShouldBe(200, "the tag goes before the date");

        await ana.Book("Another", "2030-03-05T12:00Z", "2030-03-05T13:00Z");
        var changed = (await Read(house, feed, ("If-None-Match", tag))).ShouldBe(200);
        changed.Text.ShouldContain("Another");
        changed.Headers["ETag"].ShouldNotBe(tag);
        (await Read(house, feed, ("If-Modified-Since", modified))).ShouldBe(200);
        (await ana.Patch($"/api/feeds/{feed["id"]}/", new { name = "My phone" })).ShouldBe(200);
        (await Read(house, feed, ("If-None-Match", changed.Headers["ETag"]))).ShouldBe(200).Text.ShouldContain("X-WR-CALNAME:My phone");

        // When it was used is kept to the hour.
        (await ana.Get("/api/feeds/")).Json![0]!["last_used_at"]!.ToString().ShouldBe("2030-03-04T09:20:00Z");
        tag = (await Read(house, feed)).Headers["ETag"];
        house.Clock.Set(TestHouse.Start + Duration.FromHours(2));
        (await Read(house, feed, ("If-None-Match", tag))).ShouldBe(304);
        await ana.SignIn();
        (await ana.Get("/api/feeds/")).Json![0]!["last_used_at"]!.ToString().ShouldBe("2030-03-04T11:00:00Z");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Feeds_are_checked_audited_and_end_with_the_account(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        (await ana.Post("/api/feeds/", new { })).ShouldBe(400).Error("name").ShouldContain("required");
        (await ana.Post("/api/feeds/", new { name = new string('x', 101) })).ShouldBe(400);
        (await ana.Post("/api/feeds/", new { name = "x", free_busy_only = "perhaps" })).ShouldBe(400).Error("free_busy_only").ShouldNotBeEmpty();
        (await house.Somebody().Get("/api/feeds/")).ShouldBe(401);
        var feed = (await ana.Post("/api/feeds/", new { name = "Phone" })).ShouldBe(201);
        for (var i = 1; i < 20; i++)
            (await ana.Post("/api/feeds/", new { name = $"Phone {i}" })).ShouldBe(201);
        (await ana.Post("/api/feeds/", new { name = "One too many" })).ShouldBe(400).Error("name").ShouldContain("20");

        var boss = await house.SignUpAdmin("boss");
        (await boss.Get("/api/admin/audit/?kind=feed&page_size=100")).ShouldBe(200).Text.ShouldNotContain(new Uri((string)feed["url"]!).Segments[^1][..22]);
        (await boss.Get("/api/admin/audit/?kind=feed"))["count"]!.GetValue<int>().ShouldBe(20);
        (await boss.Patch($"/api/admin/people/{ana.Id}/", new { is_active = false })).ShouldBe(200);
        (await Read(house, feed)).ShouldBe(404);
    }

    private static Task<Reply> Read(TestHouse house, Reply feed, params (string Name, string Value)[] headers)
    {
        var somebody = house.Somebody();
        foreach (var (name, value) in headers)
            somebody.Header(name, value);
        return somebody.Get(new Uri((string)feed["url"]!).AbsolutePath);
    }
}
