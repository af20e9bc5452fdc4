using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;

namespace Convene.Server.Tests.Stories;

/// Files to attach, good and bad.
internal static class AttachmentHelp
{
    public static readonly byte[] Pdf = [.. "%PDF-1.7\n"u8, .. Enumerable.Range(0, 600_000).Select(i => (byte)(i * 7))];

    public static Task<Reply> Attach(this Caller caller, string meeting, params (string Name, byte[] Content)[] files) =>
        caller.Post($"/api/meetings/{meeting}/attachments/", Form(files));

    public static MultipartFormDataContent Form(params (string Name, byte[] Content)[] files)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, content) in files)
            form.Add(new ByteArrayContent(content), "file", name);
        return form;
    }

    /// A form as it stands, for what no client would send.
    public static HttpContent Raw(string body, string type = "multipart/form-data; boundary=X")
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.ReplaceLineEndings("\r\n")));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return content;
    }

    public static byte[] Zip(params (string Name, string Text)[] entries)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in entries)
            {
                using var entry = zip.CreateEntry(name, name == "mimetype" ? CompressionLevel.NoCompression : CompressionLevel.Optimal).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return memory.ToArray();
    }

    public static async Task<string> Meeting(this Caller host, params string[] emails) =>
        (await host.Book("Kickoff", "2030-03-05T10:00Z", "2030-03-05T11:00Z", emails)).Id;

    /// The answer to a GET, unread.
    public static async Task<HttpResponseMessage> Fetch(this Caller caller, TestHouse house, string path, params (string Name, string Value)[] headers)
    {
        using var client = new HttpClient { BaseAddress = house.Url };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Authorization", caller.Credential);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await client.SendAsync(request);
    }
}
