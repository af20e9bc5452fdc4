using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Convene.Server.Outside;
using Convene.Server.Tests.Peers;
using Microsoft.AspNetCore.Http;

namespace Convene.Server.Tests.Outside;

/// Against servers that answer as no decent one does.
public sealed class SafeHttpTests
{
    private const string Private = "It leads into a private network, not into the internet.";
    private static readonly SafeHttp.Limits Limits = new(TimeSpan.FromSeconds(20), 100_000);

    [Theory]
    [InlineData("http://127.0.0.1:{0}/")]
    [InlineData("http://127.1:{0}/")]
    [InlineData("http://2130706433:{0}/")]
    [InlineData("http://0177.0.0.1:{0}/")]
    [InlineData("http://0x7f000001:{0}/")]
    [InlineData("http://0:{0}/")]
    [InlineData("http://[::1]:{0}/")]
    [InlineData("http://[::]:{0}/")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}/")]
    [InlineData("http://[::ffff:7f00:1]:{0}/")]
    [InlineData("http://[64:ff9b::7f00:1]:{0}/")]
    [InlineData("http://[2002:7f00:1::]:{0}/")]
    [InlineData("http://[fe80::1%25lo]:{0}/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    public async Task An_address_that_is_not_public_is_refused_however_it_is_written(string url)
    {
        await using var server = await WebServer.Start(http => http.Response.WriteAsync("secret"));
        using var safe = new SafeHttp([]);
        var address = string.Format(null, url, server.Url.Port);
        safe.Problem(address, out _).ShouldBe(Private, address);
        (await Fails(safe, new Uri(address))).ShouldBe(Private);
        server.Asked.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST")]
    public async Task A_name_that_leads_to_such_an_address_is_refused_where_it_is_connected_to(string name)
    {
        await using var server = await WebServer.Start(http => http.Response.WriteAsync("secret"));
        using var safe = new SafeHttp([]);
        var url = $"http://{name}:{server.Url.Port}/";
        safe.Problem(url, out var read).ShouldBeNull("nothing was looked up yet");
        (await Fails(safe, read!)).ShouldBe(Private);
        server.Asked.ShouldBeEmpty();

        using var open = Open();
        (await open.Get(read!, "*/*", null, Limits, CancellationToken.None)).Status.ShouldBe(200, "allowed by the administrator");
    }

    [Theory]
    [InlineData("ftp://calendar.example.com/", "Only addresses that begin with https:// or http:// can be used.")]
    [InlineData("file:///etc/passwd", "Enter an address that begins with https://.")]
    [InlineData("gopher://127.0.0.1/", "Only addresses that begin with https:// or http:// can be used.")]
    [InlineData("calendar.ics", "Enter an address that begins with https://.")]
    [InlineData("https://", "Enter an address that begins with https://.")]
    [InlineData("http://mail.example.com:25/", "Port 25 can't be used.")]
    [InlineData("http://[::1", "Enter an address that begins with https://.")]
    public void What_is_no_address_of_the_web_is_told_at_once(string url, string problem)
    {
        using var safe = new SafeHttp([]);
        safe.Problem(url, out _).ShouldBe(problem);
    }

    [Theory]
    [InlineData("")]
    [InlineData("http://\0/")]
    [InlineData("http://exa mple.com/")]
    [InlineData("http://xn--/")]
    [InlineData("http://xn--a-0000000/")]
    [InlineData("http://../")]
    [InlineData("http://%00/")]
    [InlineData("http://%6c%6f%63%61%6c%68%6f%73%74/")]
    [InlineData("https://例え.テスト/カレンダー.ics")]
    [InlineData("https://①②⑦.⓪.⓪.①/")]
    [InlineData("https://user:pa ss@calendar.example.com/")]
    [InlineData("https://calendar.example.com:99999/")]
    [InlineData("https://calendar.example.com\\@127.0.0.1/")]
    [InlineData("webcal:")]
    [InlineData("http:\\\\127.0.0.1\\")]
    [InlineData("http:127.0.0.1")]
    [InlineData("//127.0.0.1/")]
    public void Odd_addresses_have_an_answer_and_none_leads_inside(string url)
    {
        using var safe = new SafeHttp([]);
        if (safe.Problem(url, out var read) is null)
            IPAddress.TryParse(read!.IdnHost, out _).ShouldBeFalse(read.ToString());
    }

    [Theory]
    [InlineData("webcal://calendar.example.com/a.ics")]
    [InlineData("WEBCALS://calendar.example.com/a.ics")]
    public void Webcal_is_https(string url)
    {
        using var safe = new SafeHttp([]);
        safe.Problem(url, out var read).ShouldBeNull();
        read!.ToString().ShouldBe("https://calendar.example.com/a.ics");
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}/")]
    [InlineData("http://localhost:{0}/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("//127.0.0.1:{0}/")]
    public async Task A_redirect_is_checked_like_the_address_itself(string to)
    {
        await using var inside = await WebServer.Start(http => http.Response.WriteAsync("secret"));
        await using var outside = await WebServer.Start(Redirect(string.Format(null, to, inside.Url.Port)), "127.0.0.2");
        using var safe = new SafeHttp([IPNetwork.Parse("127.0.0.2/32")]);
        (await Fails(safe, outside.Url)).ShouldEndWith(Private);
        inside.Asked.ShouldBeEmpty();
        outside.Asked.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://calendar.example.com/")]
    public async Task A_redirect_leads_to_no_other_protocol(string to)
    {
        await using var server = await WebServer.Start(Redirect(to));
        using var safe = Open();
        (await Fails(safe, server.Url)).ShouldStartWith("It redirects to an address that can't be used.");
    }

    [Fact]
    public async Task A_redirect_to_nowhere_is_told()
    {
        await using var server = await WebServer.Start(http =>
        {
            http.Response.StatusCode = 302;
            return Task.CompletedTask;
        });
        using var safe = Open();
        (await Fails(safe, server.Url)).ShouldBe("It redirects to nowhere.");
    }

    [Fact]
    public async Task Redirects_in_a_circle_end()
    {
        await using var server = await WebServer.Start(Redirect("/again"));
        using var safe = Open();
        (await Fails(safe, server.Url)).ShouldBe("It redirects more than 5 times.");
        server.Asked.Count.ShouldBe(6);
    }

    [Fact]
    public async Task Redirects_that_end_are_followed_without_cookies_and_with_what_is_asked_by()
    {
        await using var server = await WebServer.Start(http =>
        {
            http.Response.Cookies.Append("id", "tracked");
            return http.Request.Path == "/end" ? http.Response.WriteAsync("here") : Redirect("end")(http);
        });
        using var safe = Open();
        var answer = await safe.Get(server.Url, "text/calendar", new SafeHttp.Seen("\"7\"", "Mon, 04 Mar 2030 09:00:00 GMT"), Limits, CancellationToken.None);
        Encoding.UTF8.GetString(answer.Content).ShouldBe("here");
        foreach (var headers in server.Asked)
        {
            headers.ContainsKey("Cookie").ShouldBeFalse();
            headers["If-None-Match"].ShouldBe("\"7\"");
            headers["If-Modified-Since"].ShouldBe("Mon, 04 Mar 2030 09:00:00 GMT");
            headers["Accept"].ShouldBe("text/calendar");
            headers["User-Agent"].ShouldBe("Convene (calendar subscription)");
            headers.ContainsKey("traceparent").ShouldBeFalse();
        }
    }

    [Fact]
    public async Task A_password_goes_to_its_own_server_only()
    {
        await using var other = await WebServer.Start(http => http.Response.WriteAsync("here"), "127.0.0.2");
        await using var own = await WebServer.Start(http => Redirect(http.Request.Path == "/" ? "/next" : $"http://127.0.0.2:{other.Url.Port}/")(http));
        using var safe = Open();
        await safe.Get(new Uri($"http://ana:p%40ss@127.0.0.1:{own.Url.Port}/"), "*/*", null, Limits, CancellationToken.None);
        own.Asked.Select(h => h["Authorization"]).ShouldBe(Enumerable.Repeat("Basic " + Convert.ToBase64String("ana:p@ss"u8), 2));
        other.Asked.Single().ContainsKey("Authorization").ShouldBeFalse();
    }

    [Fact]
    public async Task A_server_that_never_ends_its_answer_is_left()
    {
        await using var server = await WebServer.Start(async http =>
        {
            await http.Response.WriteAsync("BEGIN:VCALENDAR\r\n");
            await http.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        using var safe = Open();
        (await Fails(safe, server.Url, Limits with { Time = TimeSpan.FromMilliseconds(300) })).ShouldBe("There was no whole answer within 0 seconds.");
    }

    [Fact]
    public async Task The_time_is_for_all_redirects_together()
    {
        var asked = 0;
        await using var server = await WebServer.Start(async http =>
        {
            if (Interlocked.Increment(ref asked) > 2)
                await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            await Redirect("/again")(http);
        });
        using var safe = Open();
        (await Fails(safe, server.Url, Limits with { Time = TimeSpan.FromSeconds(1) })).ShouldBe("There was no whole answer within 1 seconds.");
    }

    [Fact]
    public async Task An_answer_without_end_is_read_up_to_the_limit()
    {
        await using var server = await WebServer.Start(async http =>
        {
            var chunk = new byte[4_096];
            while (!http.RequestAborted.IsCancellationRequested)
                await http.Response.Body.WriteAsync(chunk, http.RequestAborted);
        });
        using var safe = Open();
        (await Fails(safe, server.Url)).ShouldBe("It is larger than 0.1 MB.");
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task What_is_packed_is_measured_unpacked(string encoding)
    {
        var bomb = Pack(encoding, new byte[50_000_000]);
        bomb.Length.ShouldBeLessThan(100_000);
        await using var server = await WebServer.Start(http => Send(http, encoding, http.Request.Path == "/bomb" ? bomb : Pack(encoding, new byte[90_000])));
        using var safe = Open();
        (await Fails(safe, new Uri(server.Url, "/bomb"))).ShouldBe("It is larger than 0.1 MB.");
        (await safe.Get(server.Url, "*/*", null, Limits, CancellationToken.None)).Content.Length.ShouldBe(90_000);
    }

    [Fact]
    public async Task What_says_it_is_packed_and_is_not_is_told()
    {
        await using var server = await WebServer.Start(http => Send(http, "gzip", "BEGIN:VCALENDAR"u8.ToArray()));
        using var safe = Open();
        (await Fails(safe, server.Url)).ShouldBe("The answer broke off, or could not be unpacked.");
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_none()
    {
        await using var server = await WebServer.Start(async http =>
        {
            http.Response.ContentLength = 1_000;
            await http.Response.WriteAsync("BEGIN:VCALENDAR");
            await http.Response.Body.FlushAsync();
            http.Abort();
        });
        using var safe = Open();
        (await Fails(safe, server.Url)).ShouldContain("broke off");
    }

    [Fact]
    public async Task Headers_without_end_are_none()
    {
        await using var server = await WebServer.Start(http =>
        {
            for (var i = 0; i < 100; i++)
                http.Response.Headers[$"X-{i}"] = new string('x', 1_000);
            return Task.CompletedTask;
        });
        using var safe = Open();
        (await Fails(safe, server.Url)).ShouldBe("The server's answer is no valid HTTP, or broke off.");
    }

    [Fact]
    public async Task Nobody_there_is_told()
    {
        Uri url;
        await using (var server = await WebServer.Start(_ => Task.CompletedTask))
            url = server.Url;
        using var safe = Open();
        (await Fails(safe, new Uri(url, "/?secret=hunter2"))).ShouldBe("The server can't be reached.");
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_not_trusted()
    {
        using var key = RSA.Create(2_048);
        var now = DateTimeOffset.UnixEpoch.AddYears(30);
        using var made = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(now, now.AddYears(200));
        await using var server = await WebServer.Start(http => http.Response.WriteAsync("secret"), tls: X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null));
        using var safe = Open();
        (await Fails(safe, server.Url)).ShouldBe("The server's certificate is not valid.");
        server.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_no_success_comes_without_content()
    {
        await using var server = await WebServer.Start(http =>
        {
            http.Response.StatusCode = 503;
            http.Response.Headers.RetryAfter = "120";
            return http.Response.WriteAsync("Sorry.");
        });
        using var safe = Open();
        var answer = await safe.Get(server.Url, "*/*", null, Limits, CancellationToken.None);
        (answer.Status, answer.Content.Length, answer.RetryAfter!.Delta).ShouldBe((503, 0, TimeSpan.FromMinutes(2)));
    }

    [Fact]
    public async Task Who_stops_waiting_is_not_told_of_a_slow_server()
    {
        using var stop = new CancellationTokenSource();
        await using var server = await WebServer.Start(async http =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        using var safe = Open();
        await Should.ThrowAsync<OperationCanceledException>(() => safe.Get(server.Url, "*/*", null, Limits, stop.Token));
    }

    private static SafeHttp Open() => new([IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")]);

    private static async Task<string> Fails(SafeHttp safe, Uri url, SafeHttp.Limits? limits = null)
    {
        var message = (await Should.ThrowAsync<SafeHttpException>(() => safe.Get(url, "*/*", null, limits ?? Limits, CancellationToken.None))).Message;
        message.ShouldNotContain("hunter2");
        return message;
    }

    private static RequestDelegate Redirect(string to) => http =>
    {
        http.Response.StatusCode = 302;
        http.Response.Headers.Location = to;
        return Task.CompletedTask;
    };

    private static Task Send(HttpContext http, string encoding, byte[] content)
    {
        http.Response.Headers.ContentEncoding = encoding;
        return http.Response.Body.WriteAsync(content).AsTask();
    }

    private static byte[] Pack(string encoding, byte[] content)
    {
        var packed = new MemoryStream();
        using (Stream pack = encoding switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.Optimal),
            "br" => new BrotliStream(packed, CompressionLevel.Fastest),
            _ => new ZLibStream(packed, CompressionLevel.Optimal),
        })
            pack.Write(content);
        return packed.ToArray();
    }
}
