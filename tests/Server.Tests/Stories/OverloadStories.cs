using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using Convene.Server.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Convene.Server.Tests.Stories;

/// More is asked for than a server can do.
public sealed class OverloadStories
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Who_comes_when_as_many_as_may_are_worked_on_is_told_at_once_to_come_again(string engine)
    {
        await using var house = await TestHouse.Open(engine, "MOST_REQUESTS=2");
        var ana = await house.SignUp("ana");
        var (held, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var holding = house.Services.GetRequiredService<Store>().WriteAlways(async tx =>
        {
            await Revisions.Hold(tx, [ana.Id]);
            held.SetResult();
            await goOn.Task;
        });
        await held.Task;
        var asked = Enumerable.Range(10, 3).Select(hour => ana.Post("/api/meetings/", new { title = "Planning", start_time = $"2030-03-05T{hour}:00Z", end_time = $"2030-03-05T{hour}:30Z" })).ToList();
        var first = await Task.WhenAny(asked);
        var refused = (await first).ShouldBe(503);
        refused.Headers["Retry-After"].ShouldBe("1");
        refused.Error("detail").ShouldBe("The server is busy. Please try again in a moment.");
        (await ana.Get("/api/auth/me/")).ShouldBe(503);
        (await house.Somebody().Get("/healthz")).ShouldBe(200);
        (await house.Somebody().Get("/readyz")).ShouldBe(200);

        goOn.SetResult();
        await holding;
        asked.Remove(first);
        (await Task.WhenAll(asked)).Select(r => r.Status).ShouldBe([201, 201]);
        (await ana.Get("/api/meetings/")).ShouldBe(200).Json!.AsArray().Count.ShouldBe(2, "what was refused is not stored");
    }

    [Fact]
    public async Task Who_only_listens_or_sends_slowly_keeps_nobody_from_anything()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine, "MOST_REQUESTS=1");
        var ana = await house.SignUp("ana");
        using var listener = await Listener.Open(house, ana);
        (await listener.Next()).Event.ShouldBe("ready");
        foreach (var length in (string[])["Content-Length: 1000", "Transfer-Encoding: chunked"])
        {
            using var slow = new TcpClient(house.Url.Host, house.Url.Port);
            var stream = slow.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(
                $"POST /api/meetings/ HTTP/1.1\r\nHost: {house.Url.Authority}\r\nAuthorization: {ana.Credential}\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n{length}\r\n\r\n"));
            (await new StreamReader(stream).ReadLineAsync()).ShouldBe("HTTP/1.1 100 Continue", "the body is waited for");
            (await ana.Get("/api/meetings/")).ShouldBe(200);
        }
    }

    [Fact]
    public async Task Who_stops_in_the_middle_leaves_no_warning_behind()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine, "Logging:LogLevel:Microsoft.AspNetCore.Server.Kestrel.Connections=Debug");
        using var log = new Heard();
        house.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        using (var stopping = new TcpClient(house.Url.Host, house.Url.Port))
        {
            var stream = stopping.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(
                $"POST /api/auth/login/ HTTP/1.1\r\nHost: {house.Url.Authority}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{{\"email\":"));
            (await house.Somebody().Get("/healthz")).ShouldBe(200, "the server has had time to read what there is");
            stopping.Client.Shutdown(SocketShutdown.Send);
            await log.ConnectionEnded;
        }

        log.Warnings.ShouldBeEmpty();
    }

    private sealed class Heard : ILoggerProvider, ILogger
    {
        private readonly TaskCompletionSource connectionEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ConcurrentQueue<string> Warnings { get; } = [];

        public Task ConnectionEnded => connectionEnded.Task;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel >= LogLevel.Warning)
                Warnings.Enqueue($"{formatter(state, exception)} {exception}");
            if (eventId.Name == "ConnectionStop")
                connectionEnded.TrySetResult();
        }

        public void Dispose()
        {
        }
    }
}
