using System.Data;
using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Convene.Server.Storage.Engines;

/// SQLite has one writer at a time, so there is one: a thread with its own connection. What queues up while it works is committed together. A refused or failing piece never harms its
/// neighbours: if there is one, all is done again, each piece in a savepoint of its own. (For savepoints SQLite copies every page that is changed, so they are not there beforehand.)
internal sealed class SqliteWriter : IAsyncDisposable
{
    // A batch keeps its first piece waiting, for a few milliseconds at most. What takes long by itself, such as many bookings together (Together), is a batch by itself.
    private const int LargestBatch = 64;
    private static readonly TimeSpan Long = TimeSpan.FromMilliseconds(1);

    // At some thousand a second nobody waits longer than a fraction of one; who would is told to come again.
    private const int MostWaiting = 2_048;

    private readonly Engine engine;
    private readonly SqliteStatements connection;
    private readonly SqliteLog log;
    private readonly SqliteDisk disk;
    private readonly Channel<Piece> queue = Channel.CreateBounded<Piece>(MostWaiting);
    private readonly Thread thread;

    public SqliteWriter(Engine engine, SqliteStatements connection, SqliteLog log, SqliteDisk disk)
    {
        this.engine = engine;
        this.connection = connection;
        this.log = log;
        this.disk = disk;
        thread = new Thread(Loop) { IsBackground = true, Name = "sqlite writer" };
        thread.Start();
    }

    public async Task<T> Run<T>(Func<Tx, Task<(T Answer, bool Commit)>> work, CancellationToken cancel)
    {
        var piece = new Piece<T>(work);
        cancel.ThrowIfCancellationRequested();
        // Full, or closed with the house.
        if (!queue.Writer.TryWrite(piece))
            throw new OverloadedException();
        return await piece.Done;
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await Task.Run(thread.Join);
        await disk.DisposeAsync();
        await log.DisposeAsync();
        await connection.DisposeAsync();
    }

    private bool IsBetweenTransactions => raw.sqlite3_get_autocommit(connection.Connection.Handle) != 0;

    private void Loop()
    {
        while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            var batch = new List<Piece>();
            try
            {
                if (disk.Failure is { } failure)
                    throw failure;
                if (!Commits(transaction => Work(batch, transaction)) && batch.Count > 1)
                {
                    Commits(transaction =>
                    {
                        batch.ForEach(piece => piece.WorkApart(engine, connection, transaction));
                        return true;
                    });
                }
            }
            catch (Exception e) when (e is SqliteException or InvalidOperationException or IOException)
            {
                // The transaction as a whole failed (disk full or broken, locked by another process): nobody's piece is stored, everybody is told to come again.
                if (batch.Count == 0 && queue.Reader.TryRead(out var first))
                    batch.Add(first);
                if (!IsBetweenTransactions)
                    raw.sqlite3_exec(connection.Connection.Handle, "ROLLBACK");
                var unavailable = new UnavailableException(e.Message, e);
                foreach (var piece in batch)
                    piece.Fail(unavailable);
                continue;
            }

            disk.Committed(error =>
            {
                var unavailable = error is null ? null : new UnavailableException(error.Message, error);
                foreach (var piece in batch)
                {
                    if (unavailable is null)
                        piece.Finish();
                    else
                        piece.Fail(unavailable);
                }
            });
            log.Written(connection.Connection);
        }
    }

    /// Begins what is there, and says whether all that was begun may stay.
    private bool Work(List<Piece> batch, SqliteTransaction transaction)
    {
        // Who comes meanwhile is in the next: else a crowd would be told all at once, and leave the writer nothing to do until it comes again.
        var there = Math.Clamp(queue.Reader.Count, 1, LargestBatch);
        var begin = Stopwatch.GetTimestamp();
        var stays = true;
        while (stays && batch.Count < there && Stopwatch.GetElapsedTime(begin) < Long && queue.Reader.TryRead(out var piece))
        {
            batch.Add(piece);
            stays = piece.Work(engine, connection, transaction);
        }

        return stays;
    }

    private bool Commits(Func<SqliteTransaction, bool> work)
    {
        var isCommitted = false;
        using var transaction = connection.Connection.BeginTransaction(IsolationLevel.Serializable, deferred: false);
        try
        {
            if (work(transaction))
            {
                transaction.Commit();
                isCommitted = true;
            }

            return isCommitted;
        }
        finally
        {
            // On a full disk SQLite has rolled back by itself. What stands for the transaction does not know that; if it had nothing to roll back, it would keep the connection from ever
            // beginning another.
            if (!isCommitted && IsBetweenTransactions)
                raw.sqlite3_exec(connection.Connection.Handle, "BEGIN");
        }
    }

    private abstract class Piece
    {
        /// Says whether what it did may stay; if not, it has to be taken back.
        public abstract bool Work(Engine engine, SqliteStatements connection, SqliteTransaction transaction);

        /// The same, and takes it back by itself.
        public abstract void WorkApart(Engine engine, SqliteStatements connection, SqliteTransaction transaction);

        public abstract void Finish();

        public abstract void Fail(Exception e);
    }

    private sealed class Piece<T>(Func<Tx, Task<(T Answer, bool Commit)>> work) : Piece
    {
        private const string Savepoint = "piece";

        private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Tx? tx;
        private T? answer;
        private bool kept;
        private Exception? error;

        public Task<T> Done => done.Task;

        public override bool Work(Engine engine, SqliteStatements connection, SqliteTransaction transaction)
        {
            error = null;
            var changes = raw.sqlite3_total_changes(connection.Connection.Handle);
            try
            {
                tx = new Tx(engine, connection, transaction);
                (answer, kept) = work(tx).GetAwaiter().GetResult();
            }
            catch (Exception e)
            {
                error = e;
                kept = false;
            }

            // A refusal comes mostly before anything is written.
            return kept || (error is null && raw.sqlite3_total_changes(connection.Connection.Handle) == changes);
        }

        public override void WorkApart(Engine engine, SqliteStatements connection, SqliteTransaction transaction)
        {
            transaction.Save(Savepoint);
            if (!Work(engine, connection, transaction))
                transaction.Rollback(Savepoint);
            transaction.Release(Savepoint);
        }

        public override void Finish()
        {
            if (kept)
                tx!.Committed();
            if (error is null)
                done.TrySetResult(answer!);
            else
                done.TrySetException(Sqlite.IsOutOfOrder(error) ? new UnavailableException(error.Message, error) : error);
        }

        public override void Fail(Exception e) => done.TrySetException(error is null || Sqlite.IsOutOfOrder(error) ? e : error);
    }
}
