using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Convene.Server.Features.Attachments;

namespace Convene.Server.Tests.Stories;

/// Documents of a meeting: who puts them there, who gets them, and how they come back.
public sealed class AttachmentStories
{
    private static readonly byte[] Note = Encoding.UTF8.GetBytes("Größe, 日本語\r\n\tfine\n");

    [Theory, OnSqlite, OnPostgres]
    public async Task A_host_attaches_files_and_everybody_in_the_meeting_reads_them_as_they_were(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, ben) = (await house.SignUp("ana"), await house.SignUp("ben"));
        var id = await ana.Meeting(ben.Email);
        var added = (await ana.Attach(id, ("Agenda.pdf", AttachmentHelp.Pdf), ("notes.txt", Note))).ShouldBe(201).Json!.AsArray();
        added.Select(a => (string)a!["name"]!).ShouldBe(["Agenda.pdf", "notes.txt"]);
        added[0].Keys().ShouldBe(["id", "name", "type", "size", "uploaded_by", "created_at"]);
        added[0]!["uploaded_by"]!.ToJsonString().ShouldBe($$"""{"id":{{ana.Id}},"email":"ana@example.com","name":"Ana"}""");
        ((long)added[0]!["size"]!).ShouldBe(AttachmentHelp.Pdf.Length);

        (await ben.Get($"/api/meetings/{id}/"))["attachments"]!.ToJsonString().ShouldBe(added.ToJsonString());
        (await ben.Get($"/api/meetings/{id}/attachments/")).Json!.ToJsonString().ShouldBe(added.ToJsonString());
        using var pdf = await ben.Fetch(house, Path(id, added[0]));
        (await pdf.Content.ReadAsByteArrayAsync()).ShouldBe(AttachmentHelp.Pdf);
        pdf.Content.Headers.ContentType!.ToString().ShouldBe("application/pdf");
        pdf.Content.Headers.ContentLength.ShouldBe(AttachmentHelp.Pdf.Length);
        pdf.Content.Headers.ContentDisposition!.ToString().ShouldStartWith("attachment; filename=Agenda.pdf");
        pdf.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        pdf.Headers.GetValues("Content-Security-Policy").ShouldBe(["default-src 'none'; sandbox"]);
        pdf.Headers.ETag!.Tag.ShouldBe($"\"{Convert.ToHexStringLower(SHA256.HashData(AttachmentHelp.Pdf))}\"");
        using var note = await ben.Fetch(house, Path(id, added[1]));
        note.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; charset=utf-8");
        (await note.Content.ReadAsByteArrayAsync()).ShouldBe(Note);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Parts_of_a_file_and_what_is_known_already_are_understood(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var id = await ana.Meeting();
        var path = Path(id, (await ana.Attach(id, ("a.pdf", AttachmentHelp.Pdf))).ShouldBe(201).Json![0]);
        foreach (var (range, from, length) in ((string, int, int)[])[("bytes=0-0", 0, 1), ("bytes=262140-262150", 262_140, 11), ("bytes=-5", AttachmentHelp.Pdf.Length - 5, 5), ("bytes=600000-", 600_000, AttachmentHelp.Pdf.Length - 600_000)])
        {
            using var part = await ana.Fetch(house, path, ("Range", range));
            part.StatusCode.ShouldBe(HttpStatusCode.PartialContent, range);
            (await part.Content.ReadAsByteArrayAsync()).ShouldBe(AttachmentHelp.Pdf[from..(from + length)], range);
        }

        using var beyond = await ana.Fetch(house, path, ("Range", "bytes=9999999-"));
        beyond.StatusCode.ShouldBe(HttpStatusCode.RequestedRangeNotSatisfiable);
        beyond.Content.Headers.ContentRange!.Length.ShouldBe(AttachmentHelp.Pdf.Length);
        (await beyond.Content.ReadAsStringAsync()).ShouldBeEmpty();
        var tag = (await ana.Fetch(house, path)).Headers.ETag!.ToString();
        (await ana.Fetch(house, path, ("If-None-Match", tag))).StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Hosts_and_cohosts_change_them_participants_read_and_others_see_nothing(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, ben, cy, eve) = (await house.SignUp("ana"), await house.SignUp("ben"), await house.SignUp("cy"), await house.SignUp("eve"));
        var id = (await ana.Post("/api/meetings/", new
        {
            title = "Kickoff", start_time = "2030-03-05T10:00Z", end_time = "2030-03-05T11:00Z",
            participants = new[] { new { email = ben.Email, role = "attendee" }, new { email = cy.Email, role = "cohost" } },
        })).ShouldBe(201).Id;
        var path = Path(id, (await cy.Attach(id, ("notes.txt", Note))).ShouldBe(201).Json![0]);
        var all = $"/api/meetings/{id}/attachments/";

        (await ben.Attach(id, ("mine.txt", Note))).ShouldBe(403).Detail().ShouldBe("Only the organiser can change the attachments.");
        (await ben.Delete(path)).ShouldBe(403);
        (await ben.Get(path)).ShouldBe(200);
        foreach (var (who, status) in ((Caller, int)[])[(eve, 404), (house.Somebody(), 401)])
        {
            (await who.Get(all)).ShouldBe(status);
            (await who.Get(path)).ShouldBe(status);
            (await who.Delete(path)).ShouldBe(status);
            (await who.Attach(id, ("mine.txt", Note))).ShouldBe(status);
        }

        var hers = await eve.Meeting();
        (await eve.Get(path.Replace(id, hers, StringComparison.Ordinal))).ShouldBe(404, "another meeting's number");
        (await eve.Delete(path.Replace(id, hers, StringComparison.Ordinal))).ShouldBe(404);
        (await ana.Get($"{all}0/")).ShouldBe(404);
        (await ana.Get($"{all}9223372036854775807/")).ShouldBe(404);
        (await ana.Delete(path)).ShouldBe(204);
        (await ana.Get(path)).ShouldBe(404);
        (await ana.Get($"/api/meetings/{id}/"))["attachments"]!.AsArray().ShouldBeEmpty();
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Whoever_is_taken_off_a_meeting_loses_its_documents_and_they_are_deleted_with_it(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, ben) = (await house.SignUp("ana"), await house.SignUp("ben"));
        var booked = await ana.Book("Kickoff", "2030-03-05T10:00Z", "2030-03-05T11:00Z", ben.Email);
        var path = Path(booked.Id, (await ana.Attach(booked.Id, ("notes.txt", Note))).ShouldBe(201).Json![0]);
        (await ana.Delete($"/api/meetings/{booked.Id}/participants/{booked["participants"]![0]!["id"]}/")).ShouldBe(204);
        (await ben.Get(path)).ShouldBe(404);
        (await ana.Post($"/api/meetings/{booked.Id}/cancel/")).ShouldBe(200)["attachments"]!.AsArray().Count.ShouldBe(1);
        (await ana.Delete($"/api/meetings/{booked.Id}/")).ShouldBe(204);
        (await ana.Get(path)).ShouldBe(404);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_new_document_is_a_new_version_of_the_meeting_for_all_in_it(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, ben) = (await house.SignUp("ana"), await house.SignUp("ben"));
        var id = await ana.Meeting(ben.Email);
        var before = await Revisions(house, ana.Id, ben.Id);
        var path = Path(id, (await ana.Attach(id, ("notes.txt", Note))).ShouldBe(201).Json![0]);
        (await Revisions(house, ana.Id, ben.Id)).ShouldBe(before.Select(r => r + 1));
        (await ana.Get($"/api/meetings/{id}/"))["version"]!.GetValue<long>().ShouldBe(2);
        (await ana.Delete(path)).ShouldBe(204);
        (await Revisions(house, ana.Id, ben.Id)).ShouldBe(before.Select(r => r + 2));
        (await ana.Patch($"/api/meetings/{id}/", new { title = "Start" })).ShouldBe(200)["attachments"]!.AsArray().ShouldBeEmpty();
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Lists_and_details_take_the_same_number_of_statements_however_many_there_are(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var id = await ana.Meeting();
        var (list, detail) = (await house.Statements(() => ana.Get("/api/meetings/")), await house.Statements(() => ana.Get($"/api/meetings/{id}/")));
        (await ana.Attach(id, [.. Enumerable.Range(0, 12).Select(i => ($"{i}.txt", Note))])).ShouldBe(201);
        (await house.Statements(() => ana.Get("/api/meetings/"))).ShouldBe(list);
        (await house.Statements(() => ana.Get($"/api/meetings/{id}/"))).ShouldBe(detail);
        (await ana.Get("/api/meetings/")).Text.ShouldNotContain("attachments");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Names_are_cleaned_and_come_back_whole(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var id = await ana.Meeting();
        foreach (var (sent, kept) in ((string, string)[])[("../../etc/passwd", "passwd.txt"), ("C:\\Users\\ana\\Notes.TXT", "Notes.TXT"), ("Größe 日本語 🎉.txt", "Größe 日本語 🎉.txt"), ("evil\u202Etxt.exe", "eviltxt.exe.txt"), ("page.html", "page.html.txt"), ("...", "file.txt")])
        {
            var reply = (await ana.Post($"/api/meetings/{id}/attachments/", AttachmentHelp.Raw($"--X\nContent-Disposition: form-data; name=\"file\"; filename=\"{sent.Replace("\\", "\\\\", StringComparison.Ordinal)}\"\n\nplain\n--X--\n"))).ShouldBe(201, sent);
            ((string)reply.Json![0]!["name"]!).ShouldBe(kept, sent);
            using var file = await ana.Fetch(house, Path(id, reply.Json[0]));
            var disposition = file.Content.Headers.ContentDisposition!;
            (disposition.FileNameStar ?? disposition.FileName!.Trim('"')).ShouldBe(kept);
            (await ana.Delete(Path(id, reply.Json[0]))).ShouldBe(204);
        }
    }

    [Fact]
    public void A_name_that_is_too_long_keeps_its_ending_and_whole_characters()
    {
        FileNames.Clean(new string('x', 500) + ".pdf").ShouldBe(new string('x', 196) + ".pdf");
        FileNames.Clean(string.Concat(Enumerable.Repeat("🎉", 300))).ShouldBe(string.Concat(Enumerable.Repeat("🎉", 100)));
        FileNames.Clean("x" + string.Concat(Enumerable.Repeat("🎉", 300)) + ".pdf").ShouldBe("x" + string.Concat(Enumerable.Repeat("🎉", 97)) + ".pdf");
        FileNames.Ending(new string('x', 200), [".pdf"]).ShouldBe(new string('x', 196) + ".pdf");
        foreach (var (sent, kept) in ((string, string)[])[("", "file"), ("/", "file"), (" . ", "file"), ("\uD800\u0007\u2066\uFFFE", "file"), ("a<b>:\"c|d?*.txt", "a_b___c_d__.txt")])
            FileNames.Clean(sent).ShouldBe(kept);
    }

    private static string Path(string meeting, JsonNode? attachment) => $"/api/meetings/{meeting}/attachments/{attachment!["id"]}/";

    private static async Task<IEnumerable<long>> Revisions(TestHouse house, params long[] people)
    {
        var store = (Convene.Server.Storage.Store)house.Services.GetService(typeof(Convene.Server.Storage.Store))!;
        return [.. (await store.ReadOne(tx => Convene.Server.Storage.Revisions.Of(tx, people, []))).Select(r => r.Revision)];
    }
}
