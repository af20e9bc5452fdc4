using System.Runtime.InteropServices;
using System.Threading.Channels;
using Microsoft.Win32.SafeHandles;

namespace Convene.Server.Storage.Engines;

/// Brings what the writer has committed onto the disk, and then says so, while the writer goes on (docs/decisions/0030): a thread of its own, so that of one disk and one processor
/// neither waits for the other. What was committed meanwhile shares the next trip.
public sealed class SqliteDisk : IAsyncDisposable
{
    // A disk that does not keep up keeps the writer waiting.
    private const int MostWaiting = 16;

    private readonly Channel<Action<Exception?>> queue = Channel.CreateBounded<Action<Exception?>>(MostWaiting);
    private readonly string log;
    private readonly Thread thread;
    private SafeFileHandle? file;
    private readonly TaskCompletionSource<IOException> breakdown = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="log">SQLite's write-ahead log; it is there after the first commit, and as long as a connection is open.</param>
    public SqliteDisk(string log)
    {
        this.log = log;
        thread = new Thread(Loop) { IsBackground = true, Name = "sqlite disk" };
        thread.Start();
    }

    /// Ends with what the disk said when it did not take something; from then on it takes nothing.
    public Task<IOException> Breakdown => breakdown.Task;

    /// The same, if it has come to that.
    public IOException? Failure => breakdown.Task.IsCompletedSuccessfully ? breakdown.Task.Result : null;

    /// <param name="told">With null once all that was committed before is on the disk; else with what the disk says.</param>
    public void Committed(Action<Exception?> told)
    {
        if (!queue.Writer.TryWrite(told))
            queue.Writer.WriteAsync(told).AsTask().GetAwaiter().GetResult();
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await Task.Run(thread.Join);
        file?.Dispose();
    }

    private void Loop()
    {
        var waiting = new List<Action<Exception?>>(MostWaiting);
        while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (waiting.Count < MostWaiting && queue.Reader.TryRead(out var told))
                waiting.Add(told);
            // What the disk did not take once, no later success vouches for: the system forgets what it could not write, and all that follows in the log stands on it.
            // The next start moves what it finds into the database file.
            if (Failure is null && Flush() is { } failure)
                breakdown.SetResult(failure);
            foreach (var told in waiting)
                told(Failure);
            waiting.Clear();
        }
    }

    private IOException? Flush()
    {
        try
        {
            file ??= File.OpenHandle(log, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            // What FlushToDisk also writes (fsync), when the file was changed, nobody reads.
            if (!OperatingSystem.IsLinux())
                RandomAccess.FlushToDisk(file);
            else if (FlushData(file) != 0)
                return Failed(Marshal.GetLastPInvokeErrorMessage());
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Failed(e.Message);
        }
    }

    private static IOException Failed(string why) => new($"SQLite's log can't be brought onto the disk ({why}). See to the disk: nothing is written until a restart.");

    [DllImport("libc", EntryPoint = "fdatasync", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int FlushData(SafeFileHandle file);
}
