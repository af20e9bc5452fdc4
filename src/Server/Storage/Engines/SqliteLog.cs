using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Convene.Server.Storage.Engines;

/// Moves what SQLite's write-ahead log holds into the database file, again and again, while the writer goes on. By itself SQLite has a commit do that, and all who wait
/// for the writer wait for the disk too. The log begins anew only where all of it has been moved, which nobody gets done who does not keep the writer from adding to
/// it: so the last little part is left to the writer, between two transactions.
public sealed class SqliteLog(Func<SqliteConnection> open) : IAsyncDisposable
{
    // 56 MB: less often moves fewer pages twice, more often leaves a smaller file and a quicker start after a crash.
    private const int Most = 14_000;

    // 112 MB: the writer's part takes it longer than several transactions. Where it has pauses there is none: all of the log has been moved then, and it begins anew by itself.
    private const int Largest = 28_000;

    // 32 MB: so much is added while the log is being moved only where the disk does not keep up.
    private const int Behind = 8_000;

    // So many the writer moves in a millisecond or two.
    private const int Few = 400;

    private const int PagesWritten = 9; // SQLITE_DBSTATUS_CACHE_WRITE

    private Task moving = Task.CompletedTask;
    private SqliteConnection? mover;
    private int moved;
    private int finished;
    private bool isMostMoved;

    /// By the writer, after each commit.
    public void Written(SqliteConnection writer)
    {
        raw.sqlite3_db_status(writer.Handle, PagesWritten, out var pages, out _, 0);
        if (!moving.IsCompleted)
        {
            if (Since(moved, pages) < Behind)
                return;
            // The writer goes on when it has been caught up with.
            moving.Wait();
        }

        if (isMostMoved && Since(finished, pages) >= Largest)
        {
            // Whether a reader of old held it up or not: it is tried again when as much has been written.
            raw.sqlite3_wal_checkpoint_v2(writer.Handle, null, raw.SQLITE_CHECKPOINT_PASSIVE, out _, out _);
            finished = moved = pages;
        }

        isMostMoved = false;
        if (Since(moved, pages) < Most)
            return;
        moved = pages;
        moving = Task.Run(MoveMost);
    }

    // SQLite counts to 2³¹, and begins anew.
    private static int Since(int before, int pages) => unchecked(pages - before) & int.MaxValue;

    private void MoveMost()
    {
        try
        {
            var connection = mover ??= Open();
            // Meanwhile more is written; what that adds gets less each time.
            for (var (attempt, before) = (0, -1); attempt < 4; attempt++)
            {
                raw.sqlite3_wal_checkpoint_v2(connection.Handle, null, raw.SQLITE_CHECKPOINT_PASSIVE, out _, out var now);
                Sync(connection);
                if (now - before < Few)
                    break;
                before = now;
            }
        }
        catch (SqliteException)
        {
            // No loss: the writer tries, and the next attempt finds more to move.
        }

        isMostMoved = true;
    }

    private SqliteConnection Open()
    {
        var connection = open();
        // One that has read nothing yet does not know that there is a log, and would move nothing.
        using var look = connection.CreateCommand();
        look.CommandText = "SELECT count(*) FROM sqlite_master";
        look.ExecuteScalar();
        return connection;
    }

    // SQLite does so by itself only where it has moved everything, which is the writer's part: it would wait for all that was moved before. Through SQLite's own handle: to close
    // another one would end the locks that this process has on the file.
    private static void Sync(SqliteConnection connection)
    {
        const int FilePointer = 7, Normal = 2, SyncMethod = 5;
        if (FileControl(connection.Handle!.DangerousGetHandle(), "main", FilePointer, out var file) != raw.SQLITE_OK)
            return;
        var methods = Marshal.ReadIntPtr(file);
        _ = Marshal.GetDelegateForFunctionPointer<SyncFile>(Marshal.ReadIntPtr(methods, SyncMethod * IntPtr.Size))(file, Normal);
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int SyncFile(IntPtr file, int flags);

    [DllImport(Sqlite.Library, EntryPoint = "sqlite3_file_control"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int FileControl(IntPtr connection, [MarshalAs(UnmanagedType.LPStr)] string database, int operation, out IntPtr answer);

    public async ValueTask DisposeAsync()
    {
        await moving;
        mover?.Dispose();
    }
}
