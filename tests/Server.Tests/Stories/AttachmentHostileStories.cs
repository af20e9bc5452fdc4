using System.Net.Sockets;
using System.Text;

namespace Convene.Server.Tests.Stories;

/// What should not get in, and what pretends to be something else.
public sealed class AttachmentHostileStories
{
    private const int Megabyte = 1024 * 1024;

    [Theory, OnSqlite, OnPostgres]
    public async Task A_file_is_what_its_content_says_whatever_it_is_called(string engine)
    {
        await using var house = await TestHouse.Open(engine, "ATTACHMENTS_PER_MEETING=100");
        var ana = await house.SignUp("ana");
        var id = await ana.Meeting();
        (string Name, byte[] Content, string Type, string Kept)[] good =
        [
            ("a.exe", [.. "%PDF-1.4"u8], "application/pdf", "a.exe.pdf"),
            ("a.PNG", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0], "image/png", "a.PNG"),
            ("a.jpeg", [0xFF, 0xD8, 0xFF, 0xE0], "image/jpeg", "a.jpeg"),
            ("a", [.. "GIF89a"u8, 0], "image/gif", "a.gif"),
            ("a.webp", [.. "RIFF"u8, 1, 0, 0, 0, .. "WEBPVP8 "u8], "image/webp", "a.webp"),
            ("a.md", [.. "# Agenda\n"u8], "text/markdown", "a.md"),
            ("a.csv", [0xEF, 0xBB, 0xBF, .. "a,b\n"u8], "text/csv", "a.csv"),
            ("a.txt", [.. "BEGIN:VCALENDAR\r\n"u8], "text/calendar", "a.txt.ics"),
            ("a.zip", AttachmentHelp.Zip(("[Content_Types].xml", "x"), ("word/document.xml", "x")), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "a.zip.docx"),
            ("a.xlsx", AttachmentHelp.Zip(("[Content_Types].xml", "x"), ("xl/workbook.xml", "x")), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "a.xlsx"),
            ("a.odt", AttachmentHelp.Zip(("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "x")), "application/vnd.oasis.opendocument.text", "a.odt"),
            ("a.pptx", AttachmentHelp.Zip(("[Content_Types].xml", "x"), ("ppt/presentation.xml", "x")), "application/vnd.openxmlformats-officedocument.presentationml.presentation", "a.pptx"),
        ];
        foreach (var (name, content, type, kept) in good)
        {
            var file = (await ana.Attach(id, (name, content))).ShouldBe(201, name).Json![0]!;
            ((string)file["type"]!).ShouldBe(type);
            ((string)file["name"]!).ShouldBe(kept);
        }

        (string Name, byte[] Content, string Why)[] bad =
        [
            ("a.pdf", [.. "<!doctype html><script>alert(1)</script>"u8], "is HTML, SVG or other markup"),
            ("a.png", [.. "  \n<svg xmlns='http://www.w3.org/2000/svg'/>"u8], "is HTML, SVG or other markup"),
            ("a.txt", [0xEF, 0xBB, 0xBF, .. "<?xml version='1.0'?>"u8], "is HTML, SVG or other markup"),
            ("a.pdf", [.. "MZ"u8, 0x90, 0], "is a program"),
            ("a.txt", [0x7F, .. "ELF"u8, 2, 1], "is a program"),
            ("a.txt", [.. "#!/bin/sh\n"u8], "is a program"),
            ("a.docx", AttachmentHelp.Zip(("readme.txt", "x")), "is an archive"),
            ("a.docx", AttachmentHelp.Zip(("[Content_Types].xml", "x"), ("word/document.xml", "x"), ("word/vbaProject.bin", "x")), "has macros"),
            ("a.ods", AttachmentHelp.Zip(("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("Basic/script-lc.xml", "x")), "has macros"),
            ("a.jar", AttachmentHelp.Zip(("mimetype", "application/java-archive"), ("a.class", "x")), "is an archive"),
            ("a.docx", [.. "PK\x03\x04"u8, .. new byte[100]], "is a damaged archive"),
            ("a.pdf", [0x1F, 0x8B, 8, 0], "is an archive"),
            ("a.txt", [.. "a\0b"u8], "is of a kind"),
            ("a.txt", [0xFF, 0xFE, 0x41, 0], "is of a kind"),
            ("a.txt", [.. "cut off "u8, 0xC3], "is of a kind"),
            ("a.txt", [], "is empty"),
        ];
        foreach (var (name, content, why) in bad)
        {
            var refused = (await ana.Attach(id, ("fine.txt", [0x41]), (name, content))).ShouldBe(400, why).Error("file");
            refused.ShouldStartWith($"{name} {why}");
            refused.ShouldContain("Attach PDF, PNG");
        }

        (await ana.Get($"/api/meetings/{id}/attachments/")).Json!.AsArray().Count.ShouldBe(good.Length, "nothing of what came with a bad one is kept");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Limits_hold_to_the_byte_and_are_told_with_their_number(string engine)
    {
        await using var house = await TestHouse.Open(engine, "ATTACHMENT_MB=1", "ATTACHMENTS_PER_MEETING=3", "ATTACHMENTS_PER_MEETING_MB=2");
        var ana = await house.SignUp("ana");
        var id = await ana.Meeting();
        var full = Encoding.ASCII.GetBytes(new string('x', Megabyte));
        (await ana.Attach(id, ("more.txt", [.. full, 0x78]))).ShouldBe(413).Detail().ShouldBe("more.txt is larger than 1 MB, the most a file may have.");
        (await ana.Attach(id, ("full.txt", full))).ShouldBe(201);
        (await ana.Attach(id, ("rest.txt", full[1..]), ("two.txt", [0x78, 0x78]))).ShouldBe(413).Detail().ShouldBe("The files of a meeting may have 2 MB together, and these would make it more.");
        (await ana.Attach(id, ("a.txt", full), ("b.txt", full), ("c.txt", [0x78]))).ShouldBe(413).Detail().ShouldStartWith("The files of a meeting may have 2 MB");
        (await ana.Attach(id, ("rest.txt", full[1..]), ("one.txt", [0x78]))).ShouldBe(201, "exactly two megabytes");
        (await ana.Attach(id, ("fourth.txt", [0x78]))).ShouldBe(400).Error("file").ShouldBe("A meeting may have 3 files, and these would make it more.");
        (await ana.Get($"/api/meetings/{id}/"))["attachments"]!.AsArray().Count.ShouldBe(3);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Uploads_at_the_same_time_do_not_pass_the_limit_together(string engine)
    {
        await using var house = await TestHouse.Open(engine, "ATTACHMENTS_PER_MEETING=3");
        var ana = await house.SignUp("ana");
        var id = await ana.Meeting();
        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => ana.Attach(id, ($"{i}.txt", [0x78]))));
        replies.Count(r => r.Status == 201).ShouldBe(3);
        replies.Count(r => r.Status == 400).ShouldBe(5);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Forms_that_lie_are_refused_in_words(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var id = await ana.Meeting();
        var path = $"/api/meetings/{id}/attachments/";
        const string Part = "--X\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\n\nplain\n";
        foreach (var (body, type, status) in ((string, string, int)[])[
            ("{}", "application/json", 415),
            ("file=x", "application/x-www-form-urlencoded", 415),
            (Part, "multipart/form-data; boundary=X", 400),
            (Part + "--X--\n", "multipart/form-data", 400),
            (Part + "--X--\n", "multipart/form-data; boundary=Y", 400),
            (Part + "--X--\n", $"multipart/form-data; boundary={new string('X', 200)}", 400),
            ("", "multipart/form-data; boundary=X", 400),
            ("--X--\n", "multipart/form-data; boundary=X", 400),
            ("--X\nContent-Type: text/plain\n\nplain\n--X--\n", "multipart/form-data; boundary=X", 400),
            ("--X\nContent-Disposition: attachment; name=\"file\"; filename=\"a.txt\"\n\nplain\n--X--\n", "multipart/form-data; boundary=X", 400),
            ("--X\nContent-Disposition: form-data; name=\"file\"\n\nplain\n--X--\n", "multipart/form-data; boundary=X", 400),
            ("--X\nContent-Disposition: form-data; name=\"other\"; filename=\"a.txt\"\n\nplain\n--X--\n", "multipart/form-data; boundary=X", 400),
            ("--X\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"H{i}: x\n")) + "\nplain\n--X--\n", "multipart/form-data; boundary=X", 400),
            ("--X\nContent-Disposition: form-data; name=\"file\"; filename=\"" + new string('x', 40_000) + "\"\n\nplain\n--X--\n", "multipart/form-data; boundary=X", 400),
        ])
            (await ana.Post(path, AttachmentHelp.Raw(body, type))).ShouldBe(status, $"{type}: {body[..Math.Min(60, body.Length)]}").Detail().ShouldNotBeEmpty();
        (await ana.Post(path)).ShouldBe(415, "no body");
        (await ana.Post(path, AttachmentHelp.Raw("--X\nContent-Disposition: form-data; name=\"note\"\n\nignored\n" + Part + "--X--\n"))).ShouldBe(201, "other fields of a form do no harm");
        (await ana.Get(path)).Json!.AsArray().Count.ShouldBe(1);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Who_may_not_upload_is_told_before_anything_is_taken_in_and_an_endless_body_ends(string engine)
    {
        await using var house = await TestHouse.Open(engine, "ATTACHMENT_MB=1", "ATTACHMENTS_PER_MEETING_MB=1");
        var (ana, eve) = (await house.SignUp("ana"), await house.SignUp("eve"));
        var id = await ana.Meeting();
        // Only the head is sent; the answer comes all the same.
        (await Head(house, eve, id, 500_000_000)).ShouldStartWith("HTTP/1.1 404");
        (await Head(house, ana, id, 500_000_000)).ShouldStartWith("HTTP/1.1 413");

        var form = new MultipartFormDataContent { { new StreamContent(new Endless()), "file", "endless.txt" } };
        var outcome = await Record(() => ana.Post($"/api/meetings/{id}/attachments/", form));
        (outcome is null or 413).ShouldBeTrue("it is cut off, with an answer if the client still listens");
        (await ana.Get($"/api/meetings/{id}/attachments/")).ShouldBe(200).Json!.AsArray().ShouldBeEmpty();
        (await ana.Patch($"/api/meetings/{id}/", new string(' ', 2 * Megabyte))).ShouldBe(413, "other routes take no more than before");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_zip_bomb_stays_folded(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var id = await ana.Meeting();
        var bomb = AttachmentHelp.Zip(("[Content_Types].xml", "x"), ("word/document.xml", new string('0', 64 * Megabyte)));
        bomb.Length.ShouldBeLessThan(Megabyte);
        // Whoever tried to unpack it would fail.
        Array.Fill<byte>(bomb, 0xFF, bomb.Length / 2, 1000);
        (await ana.Attach(id, ("bomb.docx", bomb))).ShouldBe(201, "its directory says that it is a document; nobody here looks further");

        var crowded = AttachmentHelp.Zip([("[Content_Types].xml", "x"), ("word/document.xml", "x"), .. Enumerable.Range(0, 30_000).Select(i => ($"{i:D6}", ""))]);
        (await ana.Attach(id, ("crowded.docx", crowded))).ShouldBe(400, "its directory alone is more than a document's").Error("file").ShouldStartWith("crowded.docx is a damaged archive");
        foreach (var cut in (int[])[1, 10, 22, 40])
            (await ana.Attach(id, ("cut.docx", bomb[..^cut]))).ShouldBe(400);
    }

    private static async Task<string> Head(TestHouse house, Caller caller, string meeting, long length)
    {
        using var socket = new TcpClient(house.Url.Host, house.Url.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /api/meetings/{meeting}/attachments/ HTTP/1.1\r\nHost: x\r\nAuthorization: {caller.Credential}\r\nContent-Type: multipart/form-data; boundary=X\r\nContent-Length: {length}\r\n\r\n"));
        var buffer = new byte[64];
        var count = await stream.ReadAtLeastAsync(buffer, 12, throwOnEndOfStream: false);
        return Encoding.ASCII.GetString(buffer, 0, count);
    }

    private static async Task<int?> Record(Func<Task<Reply>> send)
    {
        try
        {
            return (await send()).Status;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// More than any limit, and no length.
    private sealed class Endless : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Array.Fill(buffer, (byte)'x', offset, count);
            return count;
        }

        public override void Flush()
        {
            // Nothing is written.
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
