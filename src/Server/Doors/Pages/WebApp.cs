using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Convene.Server.Doors.Pages;

/// The web app, as Vite has built it into the folder `web` beside the binaries: one page for all its routes, and its assets.
/// Some routes have a page of their own, by their name: the same, which also names what they will need (web/plugins/entrances.ts).
public sealed class WebApp
{
    /// Nothing but what comes from here, and no script or style inside a page.
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; "
        + "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    // An asset's name has a hash of its content: what is behind a name never changes. A year is the longest that caches are asked for.
    private const string Forever = "public, max-age=31536000, immutable";
    private const string AskAgain = "no-cache";

    private static readonly string[] ClientRoutes =
        ["/", "/login", "/register", "/forgot-password", "/reset-password", "/verify-email", "/rsvp", "/dashboard", "/dashboard/{**rest}", "/admin/{**rest}"];

    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
        [".woff2"] = "font/woff2",
        [".webmanifest"] = "application/manifest+json",
    };

    // Best first. The files are made by web/plugins/compressed.ts.
    private static readonly (string Encoding, string Extension)[] Encodings = [("br", ".br"), ("gzip", ".gz")];

    private readonly Dictionary<string, Asset> assets;

    private WebApp(Dictionary<string, Asset> assets) => this.assets = assets;

    /// <param name="folder">Need not exist: then the pages were not built, and their routes say how.</param>
    public static void Map(WebApplication app, string folder, IResult notBuilt)
    {
        var web = new WebApp(Find(folder));
        var page = web.assets.GetValueOrDefault("/index.html");
        foreach (var route in ClientRoutes)
        {
            var entrance = web.assets.GetValueOrDefault($"{route}.html") ?? page;
            app.MapGet(route, http => entrance is not null ? Send(http, entrance) : notBuilt.ExecuteAsync(http))
                .ExcludeFromDescription();
        }

        app.MapGet("/assets/{name}", (string name, HttpContext http) => web.assets.TryGetValue($"/assets/{name}", out var asset) ? Send(http, asset) : Results.NotFound().ExecuteAsync(http))
            .ExcludeFromDescription();
        foreach (var (path, asset) in web.assets.Where(a => !a.Value.IsHashed && !a.Key.EndsWith(".html", StringComparison.Ordinal)))
            app.MapGet(path, http => Send(http, asset)).ExcludeFromDescription();
    }

    private static Dictionary<string, Asset> Find(string folder)
    {
        var found = new Dictionary<string, Asset>(StringComparer.Ordinal);
        if (!Directory.Exists(folder))
            return found;
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            if (!Types.TryGetValue(Path.GetExtension(file), out var type))
                continue;
            var path = "/" + Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/');
            found[path] = new Asset(file, type, path.StartsWith("/assets/", StringComparison.Ordinal));
        }

        return found;
    }

    private static async Task Send(HttpContext http, Asset asset)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = asset.IsHashed ? Forever : AskAgain;
        headers.ETag = asset.Tag;
        headers.Vary = "Accept-Encoding";
        headers[HeaderNames.ContentSecurityPolicy] = Policy;
        if (http.Request.Headers.IfNoneMatch.Any(tags => tags?.Contains(asset.Tag, StringComparison.Ordinal) == true))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var (encoding, content) = asset.Encoded.Where(e => Accepts(http.Request, e.Encoding)).Append(("", asset.Content)).First();
        if (encoding.Length > 0)
            headers.ContentEncoding = encoding;
        http.Response.ContentType = asset.Type;
        http.Response.ContentLength = content.Length;
        await http.Response.Body.WriteAsync(content, http.RequestAborted);
    }

    private static bool Accepts(HttpRequest request, string encoding) =>
        request.GetTypedHeaders().AcceptEncoding.Any(e => e.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase) && e.Quality is not 0);

    /// A file, read when it is first asked for.
    private sealed class Asset(string file, string type, bool isHashed)
    {
        private readonly Lazy<byte[]> content = new(() => File.ReadAllBytes(file));
        private readonly Lazy<IReadOnlyList<(string Encoding, byte[] Content)>> encoded = new(() =>
            [.. Encodings.Where(e => File.Exists(file + e.Extension)).Select(e => (e.Encoding, File.ReadAllBytes(file + e.Extension)))]);

        private readonly Lazy<string> tag = new(() => $"\"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))[..32]}\"");

        public string Type => type;

        /// Whether its name changes with its content.
        public bool IsHashed => isHashed;

        public string Tag => tag.Value;

        public byte[] Content => content.Value;

        public IReadOnlyList<(string Encoding, byte[] Content)> Encoded => encoded.Value;
    }
}
