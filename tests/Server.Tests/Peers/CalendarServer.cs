using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Convene.Server.Tests.Peers;

/// Where somebody's calendar lies: a server that knows tags, and can be away.
public sealed class CalendarServer : IAsyncDisposable
{
    private WebServer server = null!;
    private string calendar = "";

    public string Url => new Uri(server.Url, "/ana/secret-4f1c.ics").ToString();

    /// Anything but 200: what it answers instead.
    public int Status { get; set; } = 200;

    public string? RetryAfter { get; set; }

    /// What each request so far was answered with.
    public List<int> Answered { get; } = [];

    /// Waits before it answers, until a story lets it.
    public TaskCompletionSource? Holds { get; set; }

    /// Completes when the next request has come.
    public TaskCompletionSource Comes { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static async Task<CalendarServer> Start(params string[] items)
    {
        var calendar = new CalendarServer().Shows(items);
        calendar.server = await WebServer.Start(calendar.Answer);
        return calendar;
    }

    /// <param name="items">Lines of the calendar; each VEVENT by `Event`.</param>
    public CalendarServer Shows(params string[] items)
    {
        calendar = $"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Elsewhere//EN\r\n{string.Join("\r\n", items)}\r\nEND:VCALENDAR\r\n";
        return this;
    }

    public void ShowsText(string text) => calendar = text;

    /// A VEVENT with these lines.
    public static string Event(string uid, params string[] lines) =>
        $"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20300101T000000Z\r\nSUMMARY:Heart surgeon\r\n{string.Join("\r\n", lines)}\r\nEND:VEVENT";

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    private async Task Answer(HttpContext http)
    {
        Comes.TrySetResult();
        if (Holds is { } holds)
            await holds.Task.WaitAsync(http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        var tag = $"\"{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(calendar)))}\"";
        http.Response.StatusCode = Status != 200 ? Status : http.Request.Headers.IfNoneMatch == tag ? (int)HttpStatusCode.NotModified : 200;
        lock (Answered)
            Answered.Add(http.Response.StatusCode);
        if (RetryAfter is not null)
            http.Response.Headers.RetryAfter = RetryAfter;
        http.Response.Headers.ETag = tag;
        if (http.Response.StatusCode == 200)
            await http.Response.WriteAsync(calendar);
    }
}
