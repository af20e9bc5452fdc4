using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Convene.Server.Tests.Peers;

namespace Convene.Server.Tests.Faults;

/// People who book without end, through whichever node answers, and write down what they were told. Whoever gets no answer asks again, with the same
/// Idempotency-Key, as a program should.
internal sealed class Customers : IAsyncDisposable
{
    // Whoever waits longer says that the request hung.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly HttpClient client = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromSeconds(5) }) { Timeout = Patience };
    private readonly Func<IReadOnlyList<Uri>> nodes;
    private readonly int seed;
    private readonly CancellationTokenSource stop = new();
    private readonly List<string> tokens = [];
    private Task working = Task.CompletedTask;
    private int round;
    private long slowest;

    /// <param name="nodes">Where those are that are there now.</param>
    /// <param name="seed">What they ask for follows from it.</param>
    public Customers(Func<IReadOnlyList<Uri>> nodes, int seed)
    {
        this.nodes = nodes;
        this.seed = seed;
    }

    public const int Guests = 12;

    /// What was acknowledged: the meeting's title, its id, and who takes part.
    public ConcurrentDictionary<string, (string Id, string[] Guests)> Booked { get; } = new(StringComparer.Ordinal);

    /// What should never have been answered, and who waited in vain.
    public ConcurrentQueue<string> Wrong { get; } = new();

    /// Tries that got no answer, or were told to come again.
    public int Unanswered => unanswered;

    private int unanswered;

    /// One that was frozen: whoever asked it before has no answer to expect.
    public Uri? Frozen { get; set; }

    public TimeSpan Slowest => TimeSpan.FromTicks(Volatile.Read(ref slowest));

    public async Task Begin(int hosts)
    {
        for (var n = 0; n < hosts; n++)
            tokens.Add(await SignUp($"host{round}x{n}"));
        round++;
        working = Task.WhenAll(tokens.Select((token, n) => Task.Run(() => Work(token, n))));
    }

    /// Until so many more are booked: whatever was broken works again.
    public async Task UntilMore(int count)
    {
        var before = Booked.Count;
        await ServerProcess.Until(() => Task.FromResult(Booked.Count >= before + count || Wrong.Count > 100), $"{count} more are booked; {string.Join("; ", Wrong.Take(5))}");
    }

    /// Everybody gets the answer that they wait for, and asks for no more.
    public async Task End()
    {
        await stop.CancelAsync();
        await working.WaitAsync(TimeSpan.FromMinutes(2));
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        client.Dispose();
        await working.ContinueWith(_ => { }, TaskScheduler.Default);
        stop.Dispose();
    }

    private async Task<string> SignUp(string name)
    {
        var answer = await new Caller(nodes()[0]).Post("/api/auth/register/", new { email = $"{name}@example.com", username = name, first_name = name, password = Caller.Password });
        return $"Bearer {(string)answer.ShouldBe(201)["access"]!}";
    }

    private async Task Work(string token, int host)
    {
        var random = new Random((seed * 1_000) + host);
        for (var n = 0; !stop.IsCancellationRequested; n++)
        {
            var start = TestHouse.Start + NodaTime.Duration.FromMinutes(30 * random.Next(2 * 24 * 60));
            var guests = Enumerable.Range(0, Guests).OrderBy(_ => random.Next()).Take(2).Select(g => $"guest{g}@example.com").ToArray();
            await Ask(token, host + n, $"Load {host}-{n}", new
            {
                title = $"Load {host}-{n}",
                start_time = start.ToString(),
                end_time = (start + NodaTime.Duration.FromHours(1)).ToString(),
                conflict_policy = random.Next(3) == 0 ? "reject" : "skip",
                participants = guests.Select(email => new { email }),
            });
        }
    }

    private async Task Ask(string token, int first, string title, object meeting)
    {
        for (var attempt = 0; Wrong.Count < 100; attempt++)
        {
            var there = nodes();
            var node = there[(first + attempt) % there.Count];
            var began = Stopwatch.GetTimestamp();
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(node, "/api/meetings/")) { Content = JsonContent.Create(meeting) };
                request.Headers.TryAddWithoutValidation("Authorization", token);
                request.Headers.TryAddWithoutValidation("Idempotency-Key", title);
                using var response = await client.SendAsync(request);
                var text = await response.Content.ReadAsStringAsync();
                switch ((int)response.StatusCode)
                {
                    case 201:
                        var made = JsonNode.Parse(text)!;
                        Booked[title] = ((string)made["id"]!, [.. made["participants"]!.AsArray().Select(p => (string)p!["email"]!)]);
                        return;
                    case 400 when text.Contains("\"conflict\"", StringComparison.Ordinal):
                        return;
                    case 503 when response.Headers.RetryAfter is not null:
                        break;
                    case 502 or 504:
                        // A proxy lost the node on the way.
                        break;
                    case var other:
                        Wrong.Enqueue($"{title}: {other} {text}");
                        break;
                }
            }
            catch (HttpRequestException)
            {
                // The node is gone.
            }
            catch (TaskCanceledException) when (node == Frozen)
            {
                // It is known to stand still.
            }
            catch (TaskCanceledException)
            {
                Wrong.Enqueue($"{title}: no answer within {Patience.TotalSeconds} s");
            }
            finally
            {
                var took = Stopwatch.GetElapsedTime(began).Ticks;
                for (var most = Volatile.Read(ref slowest); took > most && Interlocked.CompareExchange(ref slowest, took, most) != most; most = Volatile.Read(ref slowest))
                {
                }
            }

            Interlocked.Increment(ref unanswered);
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
    }
}
