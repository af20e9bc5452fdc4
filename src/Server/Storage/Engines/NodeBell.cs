using System.Threading.Channels;
using Npgsql;

namespace Convene.Server.Storage.Engines;

/// Nodes on one database tell each other that calendars have changed (NOTIFY, LISTEN). Only that: what changed, the calendars' revisions say, so that nothing
/// is missed for good, whatever became of a word. Never within a booking's transaction: PostgreSQL lets commits that notify go one after the other.
internal sealed class NodeBell : IAsyncDisposable
{
    private const string Channel = "convene_calendars";

    // Under load every commit is worth a word: one for many of them.
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(25);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly NpgsqlDataSource source;
    private readonly Func<NpgsqlConnection> connect;
    private readonly Bell bell;
    private readonly CancellationTokenSource stop = new();
    private readonly Channel<bool> owed = System.Threading.Channels.Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Task telling;
    private readonly Lazy<Task> listening;

    /// <param name="source">Where what is told here is told.</param>
    /// <param name="connect">A connection that is kept for listening.</param>
    /// <param name="bell">Rung when another node tells.</param>
    public NodeBell(NpgsqlDataSource source, Func<NpgsqlConnection> connect, Bell bell)
    {
        this.source = source;
        this.connect = connect;
        this.bell = bell;
        telling = Task.Run(Tell);
        listening = new Lazy<Task>(() => Task.Run(Listen));
    }

    /// Whether words get here now. Behind a pooler that lends connections by transaction they never do.
    public bool Hears { get; private set; }

    /// From now on others are heard.
    public void BeginToListen() => _ = listening.Value;

    public void TellOthers() => owed.Writer.TryWrite(true);

    public async ValueTask DisposeAsync()
    {
        if (stop.IsCancellationRequested)
            return;
        await stop.CancelAsync();
        await telling;
        if (listening.IsValueCreated)
            await listening.Value;
        stop.Dispose();
    }

    private async Task Tell()
    {
        try
        {
            while (await owed.Reader.WaitToReadAsync(stop.Token))
            {
                owed.Reader.TryRead(out _);
                try
                {
                    await using var word = source.CreateCommand($"NOTIFY {Channel}");
                    await word.ExecuteNonQueryAsync(stop.Token);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    // Others find out by themselves, a little later.
                }

                await Task.Delay(Between, stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The house closes.
        }
    }

    private async Task Listen()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await using var connection = connect();
                connection.Notification += (_, _) =>
                {
                    Hears = true;
                    bell.Ring();
                };
                await connection.OpenAsync(stop.Token);
                await using (var listen = new NpgsqlCommand($"LISTEN {Channel}", connection))
                    await listen.ExecuteNonQueryAsync(stop.Token);
                // The first word is one's own: it shows that words get here, and has what was missed before looked for.
                TellOthers();
                while (true)
                    await connection.WaitAsync(stop.Token);
            }
            catch (Exception) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception)
            {
                // Until it is there again, everybody looks more often by themselves.
                Hears = false;
                bell.Ring();
                await Task.Delay(Pause, stop.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }
}
