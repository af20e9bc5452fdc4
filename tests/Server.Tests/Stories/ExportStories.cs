using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Convene.Server.Tests.Stories;

/// Everything the house knows about somebody, for themselves and nobody else.
public sealed class ExportStories
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Everything_about_me_comes_as_one_archive(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, ben) = (await house.SignUp("ana"), await house.SignUp("ben"));
        (await ana.Patch("/api/auth/me/", new { free_busy_visibility = "shared" })).ShouldBe(200);
        var kickoff = await ana.Book("Kickoff", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com");
        (await ana.Post($"/api/meetings/{kickoff.Id}/attachments/", File("agenda.txt", "Agenda: talk."))).ShouldBe(201);
        (await ben.Post($"/api/meetings/{(await ben.Book("Bens", "2030-03-07T10:00Z", "2030-03-07T11:00Z", "ana@example.com")).Id}/attachments/", File("bens.txt", "Ben's own."))).ShouldBe(201);
        await ben.Book("Without Ana", "2030-03-08T10:00Z", "2030-03-08T11:00Z");
        (await ana.Post("/api/events/", new { title = "Dentist", start_time = "2030-03-06T10:00Z", end_time = "2030-03-06T11:00Z", event_type = "busy" })).ShouldBe(201);
        var feed = (await ana.Post("/api/feeds/", new { name = "Phone" })).ShouldBe(201);
        (await ana.Post("/api/availability/overrides/", new { kind = "out_of_office", date = "2030-04-01", end_date = "2030-04-02" })).ShouldBe(201);
        await house.DeliverMail();

        using var zip = await Export(ana);
        zip.Entries.Select(e => e.FullName).ShouldBe([
            "README.txt", "account.json", "availability.json", "overrides.json", "meetings.json", "events.json", "proposals.json", "calendar.ics", "attachments.json",
            zip.Entries.Single(e => e.FullName.StartsWith("attachments/", StringComparison.Ordinal)).FullName, "feeds.json", "external-calendars.json", "sessions.json", "ways-in.json", "api-keys.json", "audit.json", "mail.json"]);
        Json(zip, "account.json")["free_busy_visibility"]!.ToString().ShouldBe("shared");
        var meetings = Json(zip, "meetings.json").AsArray();
        meetings.Select(m => $"{m!["title"]}").ShouldBe(["Kickoff", "Bens"]);
        meetings[0]!["participants"]![0]!["email"]!.ToString().ShouldBe("ben@example.com");
        meetings[1]!["attachments"]![0]!["name"]!.ToString().ShouldBe("bens.txt");
        Json(zip, "events.json").AsArray().Single()!["title"]!.ToString().ShouldBe("Dentist");
        Json(zip, "overrides.json").AsArray().Count.ShouldBe(1);
        Json(zip, "proposals.json").AsArray().ShouldBeEmpty();
        Json(zip, "mail.json").AsArray().Select(m => $"{m!["kind"]}").ShouldBe(["verification", "invitation"]);
        Json(zip, "audit.json").AsArray().Select(a => $"{a!["kind"]}").ShouldContain("account.created");
        Json(zip, "sessions.json").AsArray().Count.ShouldBe(1);
        Text(zip, Json(zip, "attachments.json")[0]!["file"]!.ToString()).ShouldBe("Agenda: talk.");
        var calendar = Text(zip, "calendar.ics");
        foreach (var title in (string[])["Kickoff", "Bens", "Dentist"])
            calendar.ShouldContain($"SUMMARY:{title}");

        // Secrets stay where they are, and others' things too.
        foreach (var entry in zip.Entries)
        {
            var text = Text(zip, entry.FullName);
            text.ShouldNotContain(((string)feed["url"]!).Split('/')[^1].Replace(".ics", "", StringComparison.Ordinal));
            text.ShouldNotContain(Caller.Password);
            text.ShouldNotContain(ana.Credential["Bearer ".Length..]);
            text.ShouldNotContain("Without Ana");
            text.ShouldNotContain("password_hash");
        }

        (await house.Somebody().Get("/api/auth/export/")).ShouldBe(401);
        var admin = await house.SignUpAdmin("ada");
        (await admin.Audit("&kind=account.exported")).ShouldBe(["account.exported ana: – → –"]);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Long_lists_come_whole_and_a_page_at_a_time(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        // More than two pages of 200.
        (await ana.Post("/api/meetings/", new { title = "Daily", start_time = "2030-03-05T10:00Z", end_time = "2030-03-05T10:30Z", timezone = "UTC", recurrence = "FREQ=DAILY;COUNT=450" })).ShouldBe(201);
        ZipArchive? zip = null;
        var statements = await house.Statements(async () => zip = await Export(ana));
        Json(zip!, "meetings.json").AsArray().Count.ShouldBe(450);
        Json(zip!, "audit.json").AsArray().Count.ShouldBe(452);
        statements.ShouldBeLessThan(60);
        zip!.Dispose();
    }

    private static async Task<ZipArchive> Export(Caller caller)
    {
        using var client = new HttpClient { BaseAddress = caller.Address };
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", caller.Credential);
        using var answer = await client.GetAsync("/api/auth/export/");
        answer.EnsureSuccessStatusCode();
        answer.Content.Headers.ContentType!.ToString().ShouldBe("application/zip");
        answer.Content.Headers.ContentDisposition!.FileName.ShouldBe("convene-2030-03-04.zip");
        return new ZipArchive(new MemoryStream(await answer.Content.ReadAsByteArrayAsync()));
    }

    private static MultipartFormDataContent File(string name, string text)
    {
        var part = new StringContent(text);
        part.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        return new MultipartFormDataContent { { part, "file", name } };
    }

    private static string Text(ZipArchive zip, string name)
    {
        using var reader = new StreamReader(zip.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }

    private static JsonNode Json(ZipArchive zip, string name) => JsonNode.Parse(Text(zip, name))!;
}
