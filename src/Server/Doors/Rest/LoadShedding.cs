using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace Convene.Server.Doors.Rest;

/// So many requests are worked on at a time; who comes beyond that is told at once to come again, before anything is done for them. Else a crowd would get nothing done: each step
/// of what is under way would stand in line behind the beginnings of all others.
internal sealed class LoadShedding(int most, ILogger log)
{
    // What is sent slowly holds no place of those who ask for something small.
    private const int LargestAwaited = 64 * 1024;
    private const int Uploads = 64;

    // A client that comes again at once, against what it was told, waits for that to be told again: to refuse costs little, but not nothing.
    private static readonly long Pace = Stopwatch.Frequency / (1_000 * Environment.ProcessorCount);
    private static readonly long Burst = Stopwatch.Frequency / 10;
    private static readonly long LongestWait = Stopwatch.Frequency * 5;
    private static readonly long TellEvery = Stopwatch.Frequency * 10;

    // Whoever watches over the server asks now more than ever.
    private static readonly PathString[] Always = [HealthDoor.Live, HealthDoor.Ready, MetricsDoor.Path];

    private readonly Room requests = new(most);
    private readonly Room uploads = new(Uploads);
    private long nextRefusal;
    private long toldAt = Stopwatch.GetTimestamp() - TellEvery;
    private long refused;

    public static void Use(WebApplication app)
    {
        var shedding = new LoadShedding(app.Services.GetRequiredService<Settings>().MostRequests, app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Convene.Rest"));
        app.Use((http, next) => Array.IndexOf(Always, http.Request.Path) >= 0 ? next(http) : shedding.Handle(http, next));
    }

    private async Task Handle(HttpContext http, RequestDelegate next)
    {
        var isUpload = await IsUpload(http);
        if ((isUpload ? uploads : requests).Enter() is not { } place)
        {
            await Refuse(http);
            return;
        }

        try
        {
            // What is left then is to send the answer: a slow or an endless one keeps nobody from anything.
            http.Response.OnStarting(place.Leave);
            await next(http);
        }
        finally
        {
            await place.Leave();
        }
    }

    /// A small body is waited for, so that nobody takes a place by sending it slowly.
    private static async ValueTask<bool> IsUpload(HttpContext http)
    {
        var length = http.Request.ContentLength;
        // HTTP/2 sends bodies of unknown length without a header that says so.
        if (length > LargestAwaited || (length is null && http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true))
            return true;
        if (length > 0)
        {
            try
            {
                var read = await http.Request.BodyReader.ReadAtLeastAsync((int)length, http.RequestAborted);
                http.Request.BodyReader.AdvanceTo(read.Buffer.Start);
            }
            catch (Exception e) when (e is IOException and not BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest } or OperationCanceledException)
            {
                // Who reads it is told again, and says so; whoever broke off takes nobody's place meanwhile. One that ended too early is Kestrel's to hear of: it sends nothing any more,
                // and if it was not told it would go on with the connection, and warn that it can't.
                return true;
            }
        }

        return false;
    }

    private async Task Refuse(HttpContext http)
    {
        Interlocked.Increment(ref refused);
        var now = Stopwatch.GetTimestamp();
        var turn = Turn(now);
        if (turn - now > Burst)
            await Task.Delay(Stopwatch.GetElapsedTime(now, turn));
        var told = Volatile.Read(ref toldAt);
        if (now - told > TellEvery && Interlocked.CompareExchange(ref toldAt, now, told) == told)
            log.LogWarning("{Refused} requests were told to come again: {Most} are worked on, as many as MOST_REQUESTS allows.", Interlocked.Exchange(ref refused, 0), most);
        await Answers.Busy.ExecuteAsync(http);
    }

    private long Turn(long now)
    {
        while (true)
        {
            var before = Volatile.Read(ref nextRefusal);
            var turn = Math.Min(Math.Max(before, now) + Pace, now + LongestWait);
            if (Interlocked.CompareExchange(ref nextRefusal, turn, before) == before)
                return turn;
        }
    }

    private sealed class Room(int most)
    {
        private int there;

        public Place? Enter()
        {
            if (Interlocked.Increment(ref there) <= most)
                return new Place(this);
            Interlocked.Decrement(ref there);
            return null;
        }

        public void Leave() => Interlocked.Decrement(ref there);
    }

    private sealed class Place(Room room)
    {
        private int left;

        public Task Leave()
        {
            if (Interlocked.Exchange(ref left, 1) == 0)
                room.Leave();
            return Task.CompletedTask;
        }
    }
}
