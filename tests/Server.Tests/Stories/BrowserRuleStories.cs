using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Convene.Server.Tests.Stories;

/// What browsers are told with every answer, and what a proxy's word counts for.
public sealed class BrowserRuleStories
{
    private const string Nothing = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    [Theory]
    [InlineData("/api/auth/me/", 401)]
    [InlineData("/api/meetings/", 200)]
    [InlineData("/api/meetings/my-calendar/", 200)]
    [InlineData("/api/schema/", 200)]
    [InlineData("/healthz", 200)]
    [InlineData("/nowhere", 404)]
    public async Task Every_answer_says_that_it_is_what_it_says_and_does_nothing_in_a_browser(string path, int status)
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var caller = status == 401 ? house.Somebody() : await house.SignUp("ana");
        var headers = (await caller.Get(path)).ShouldBe(status).Headers;
        headers["X-Content-Type-Options"].ShouldBe("nosniff");
        headers["Content-Security-Policy"].ShouldBe(Nothing);
        headers["Referrer-Policy"].ShouldBe("no-referrer");
        headers["Cross-Origin-Opener-Policy"].ShouldBe("same-origin");
        headers["Cross-Origin-Resource-Policy"].ShouldBe("same-origin");
        headers["Cache-Control"].ShouldBe(headers.ContainsKey("ETag") ? "no-cache, private" : "no-store");
        headers.Keys.ShouldNotContain("Server");
        headers.Keys.ShouldNotContain("X-Powered-By");
    }

    [Theory]
    [InlineData("/api/docs/")]
    [InlineData("/api-docs/")]
    [InlineData("/api/redoc/")]
    public async Task Pages_about_the_api_run_only_what_comes_from_here(string path)
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var policy = (await house.Somebody().Get(path)).ShouldBe(200).Headers["Content-Security-Policy"];
        policy.ShouldStartWith("default-src 'none'; script-src 'self'; ");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldNotContain("unsafe");
    }

    [Fact]
    public async Task What_was_read_with_a_tag_is_asked_for_again_and_kept_by_nobody_between()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana");
        var made = await ana.Book("Plan", "2030-03-05T10:00Z", "2030-03-05T11:00Z");
        (await ana.Get($"/api/meetings/{made.Id}/")).ShouldBe(200).Headers["Cache-Control"].ShouldBe("no-cache, private");
    }

    [Theory]
    [InlineData("https://meet.example.com", null, null, true)]
    [InlineData("http://meet.example.com", null, null, false)]
    [InlineData("http://meet.example.com", "TRUSTED_PROXIES=127.0.0.1", "https", true)]
    [InlineData("http://meet.example.com", "TRUSTED_PROXIES=127.0.0.1", "http", false)]
    [InlineData("http://meet.example.com", "TRUSTED_PROXIES=192.0.2.1", "https", false)]
    [InlineData("http://meet.example.com", null, "https", false)]
    public async Task Behind_tls_browsers_stay_with_it_and_cookies_too_and_only_a_trusted_proxy_can_say_so(string publicUrl, string? setting, string? proto, bool secure)
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine, [$"PUBLIC_URL={publicUrl}", .. setting is null ? [] : new[] { setting }]);
        var caller = house.Somebody();
        caller.Header("Host", "meet.example.com");
        caller.Header("X-Forwarded-Proto", proto);
        var reply = (await caller.Post("/api/auth/register/", new { email = "ana@example.com", password = Caller.Password })).ShouldBe(201);
        reply.Headers.GetValueOrDefault("Strict-Transport-Security").ShouldBe(secure ? "max-age=31536000; includeSubDomains" : null);
        foreach (var cookie in reply.Headers["Set-Cookie"].Split(", csrftoken="))
            cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase).ShouldBe(secure, cookie);
    }

    [Fact]
    public async Task Localhost_is_left_without_tls_for_other_servers_on_the_machine()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine, "PUBLIC_URL=https://localhost");
        var caller = house.Somebody();
        caller.Header("Host", "localhost");
        (await caller.Get("/healthz")).ShouldBe(200).Headers.Keys.ShouldNotContain("Strict-Transport-Security");
    }

    [Fact]
    public async Task Pages_of_other_origins_read_answers_only_where_they_are_named()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine, "CORS_ORIGINS=https://app.example.com");
        foreach (var (origin, may) in ((string, bool)[])[("https://app.example.com", true), ("https://app.example.com.evil.example", false), ("http://app.example.com", false), ("https://evil.example", false), ("null", false)])
        {
            var caller = house.Somebody();
            caller.Header("Origin", origin);
            var answer = await caller.Get("/api/auth/me/");
            answer.Headers.GetValueOrDefault("Access-Control-Allow-Origin").ShouldBe(may ? origin : null);
            answer.Headers.GetValueOrDefault("Access-Control-Allow-Credentials").ShouldBe(may ? "true" : null);
            caller.Header("Access-Control-Request-Method", "DELETE");
            caller.Header("Access-Control-Request-Headers", "authorization,x-csrftoken");
            var preflight = await caller.Send(HttpMethod.Options, "/api/meetings/", null);
            preflight.Headers.GetValueOrDefault("Access-Control-Allow-Origin").ShouldBe(may ? origin : null);
        }

        await using var nobody = await TestHouse.Open(OnSqliteAttribute.Engine);
        var asker = nobody.Somebody();
        asker.Header("Origin", "http://localhost:3000");
        (await asker.Get("/api/auth/me/")).Headers.Keys.ShouldNotContain("Access-Control-Allow-Origin");
    }

    [Fact]
    public async Task Who_sends_a_body_drop_by_drop_is_hung_up_on()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var limits = house.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;
        limits.MinRequestBodyDataRate!.BytesPerSecond.ShouldBeGreaterThanOrEqualTo(240);
        limits.RequestHeadersTimeout.ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(30));

        // One byte, and then nothing: the server waits its grace, answers, and closes.
        using var client = new TcpClient();
        await client.ConnectAsync(house.Url.Host, house.Url.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /api/auth/login/ HTTP/1.1\r\nHost: {house.Url.Authority}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{{"));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var answer = new MemoryStream();
        await stream.CopyToAsync(answer, patience.Token);
        Encoding.ASCII.GetString(answer.ToArray()).ShouldStartWith("HTTP/1.1 408 ");
    }

    [Theory]
    [InlineData("GET /api/auth/me/?x={0} HTTP/1.1", "", 414)]
    [InlineData("GET /api/auth/me/ HTTP/1.1", "X-Long: {0}\r\n", 431)]
    public async Task A_line_or_headers_without_end_are_refused_before_anything_is_done(string line, string header, int status)
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        using var client = new TcpClient();
        await client.ConnectAsync(house.Url.Host, house.Url.Port);
        await using var stream = client.GetStream();
        var much = new string('x', 40_000);
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Concat(line.Replace("{0}", much), "\r\nHost: x\r\n", header.Replace("{0}", much), "\r\n")));
        }
        catch (IOException)
        {
            // It was hung up on while sending.
        }

        var start = new byte[12];
        await stream.ReadExactlyAsync(start);
        Encoding.ASCII.GetString(start).ShouldBe($"HTTP/1.1 {status}");
    }
}
