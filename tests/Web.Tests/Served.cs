using System.IO.Compression;
using System.Text.Json;
using Convene.Server.Tests;

namespace Convene.Web.Tests;

/// How the app comes to the browser: what may be kept, what is allowed on a page, and how much of it there is.
public sealed class Served
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "web");

    /// Skips, loudly, where the app could not be built.
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class BuiltTheoryAttribute : TheoryAttribute
    {
        public BuiltTheoryAttribute() =>
            Skip = Directory.Exists(Folder) || Server.Tests.Peers.Peer.Required ? null : "The web app is not built, since Node is not on this machine (CI requires it).";
    }

    [BuiltTheory]
    [InlineData("/")]
    [InlineData("/login")]
    [InlineData("/rsvp")]
    [InlineData("/dashboard/")]
    [InlineData("/dashboard/meetings/0190aa00-0000-7000-8000-000000000000/edit")]
    [InlineData("/admin/")]
    public async Task Every_route_of_the_app_is_its_page(string path)
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var page = (await house.Somebody().Get(path)).ShouldBe(200);
        page.Headers["Content-Type"].ShouldBe("text/html; charset=utf-8");
        page.Headers["Cache-Control"].ShouldBe("no-cache");
        page.Headers["Content-Security-Policy"].ShouldStartWith("default-src 'none'; script-src 'self'; style-src 'self'; ");
        page.Headers["Content-Security-Policy"].ShouldNotContain("unsafe");
        page.Headers["X-Content-Type-Options"].ShouldBe("nosniff");
        page.Headers["Referrer-Policy"].ShouldBe("no-referrer");

        var again = house.Somebody();
        again.Header("If-None-Match", page.Headers["ETag"]);
        (await again.Get(path)).ShouldBe(304).Text.ShouldBeEmpty();
    }

    [BuiltTheory]
    [InlineData("br")]
    [InlineData("gzip")]
    [InlineData("identity")]
    public async Task Assets_are_kept_for_good_and_come_compressed(string encoding)
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        using var manifest = Manifest();
        var file = Path.Combine(Folder, manifest.RootElement.GetProperty("index.html").GetProperty("file").GetString()!);
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Add("Accept-Encoding", encoding);
        using var answer = await client.GetAsync(new Uri(house.Url, $"/assets/{Path.GetFileName(file)}"));

        answer.Headers.CacheControl!.ToString().ShouldBe("public, max-age=31536000, immutable");
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/javascript; charset=utf-8");
        answer.Content.Headers.ContentEncoding.ShouldBe(encoding == "identity" ? [] : [encoding]);
        await using var body = await answer.Content.ReadAsStreamAsync();
        await using var plain = encoding == "br" ? new BrotliStream(body, CompressionMode.Decompress) : encoding == "gzip" ? new GZipStream(body, CompressionMode.Decompress) : body;
        using var read = new MemoryStream();
        await plain.CopyToAsync(read);
        read.ToArray().ShouldBe(await File.ReadAllBytesAsync(file));
    }

    [BuiltTheory]
    [InlineData("/api/unheard/")]
    [InlineData("/assets/index-0.js")]
    [InlineData("/assets/..%2findex.html")]
    [InlineData("/manifest.json")]
    [InlineData("/dashboard.html")]
    [InlineData("/unheard")]
    public async Task What_is_not_there_is_not_the_page(string path)
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        ((string)(await house.Somebody().Get(path)).ShouldBe(404)["detail"]!).ShouldBe("Not found.");
    }

    [BuiltTheory]
    [InlineData("src/pages/account/Login.tsx", 200)]
    [InlineData("src/pages/account/Register.tsx", 200)]
    [InlineData("src/pages/rsvp/Rsvp.tsx", 200)]
    [InlineData("src/pages/dashboard/Dashboard.tsx", 350)]
    [InlineData("src/pages/meetings/MeetingList.tsx", 350)]
    [InlineData("src/pages/meetings/NewMeeting.tsx", 350)]
    public void The_first_load_of_a_page_is_small(string page, int mostKilobytes)
    {
        using var manifest = Manifest();
        var needed = new HashSet<string>(StringComparer.Ordinal);
        var around = page.Contains("/account/", StringComparison.Ordinal) || page.Contains("/rsvp/", StringComparison.Ordinal) ? "src/pages/account/AccountFrame.tsx" : "src/shell/Shell.tsx";
        foreach (var entry in (string[])["index.html", around, page])
            Need(entry);
        var bytes = needed.Sum(key => new FileInfo(Path.Combine(Folder, manifest.RootElement.GetProperty(key).GetProperty("file").GetString()! + ".gz")).Length);
        bytes.ShouldBeLessThanOrEqualTo(mostKilobytes * 1000L, $"{page} needs {bytes} bytes of JavaScript, compressed");

        void Need(string key)
        {
            if (!needed.Add(key) || !manifest.RootElement.GetProperty(key).TryGetProperty("imports", out var imports))
                return;
            foreach (var import in imports.EnumerateArray())
                Need(import.GetString()!);
        }
    }

    private static JsonDocument Manifest() => JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "manifest.json")));
}
