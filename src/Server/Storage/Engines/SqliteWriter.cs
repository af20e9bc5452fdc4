using System.Data;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Convene.Server.Storage.Engines;

/// SQLite has one writer at a time, so there is one: a thread with its own connection. What queues up while it works is committed
/// together (one fsync), each piece in a savepoint of its own, so a refused or failing piece never harms its neighbours.
internal sealed class SqliteWriter : IAsyncDisposable
{
    // A batch keeps its first piece waiting: 64 pieces are a few milliseconds.
    private const int LargestBatch = 64;

    // At some thousand a second nobody waits longer than a fraction of one; who would is told to come again.
    private const int MostWaiting = 2_048;

    private readonly Engine engine;
    private readonly SqliteStatements connection;
    private readonly SqliteLog log;
    private readonly Channel<Piece> queue = Channel.CreateBounded<Piece>(MostWaiting);
    private readonly Thread thread;

    public SqliteWriter(Engine engine, SqliteStatements connection, SqliteLog log)
    {
        this.engine = engine;
        this.connection = connection;
        this.log = log;
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
        await log.DisposeAsync();
        await connection.DisposeAsync();
    }

    private bool IsBetweenTransactions => raw.sqlite3_get_autocommit(connection.Connection.Handle) != 0;

    private void Loop()
    {
        var batch = new List<Piece>(LargestBatch);
        while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            batch.Clear();
            try
            {
                using var transaction = connection.Connection.BeginTransaction(IsolationLevel.Serializable, deferred: false);
                try
                {
                    while (batch.Count < LargestBatch && queue.Reader.TryRead(out var piece))
                    {
                        batch.Add(piece);
                        piece.Work(engine, connection, transaction);
                    }

                    transaction.Commit();
                }
                catch
                {
                    // On a full disk SQLite has rolled back by itself. What stands for the transaction does not know that; if it had nothing to roll back, it would keep
                    // the connection from ever beginning another.
                    if (IsBetweenTransactions)
                        raw.sqlite3_exec(connection.Connection.Handle, "BEGIN");
                    throw;
                }
            }
            catch (Exception e) when (e is SqliteException or InvalidOperationException)
            {
                // The transaction as a whole failed (disk full, locked by another process): nobody's piece is stored, everybody is told to come again.
                if (batch.Count == 0 && queue.Reader.TryRead(out var first))
                    batch.Add(first);
                if (!IsBetweenTransactions)
                    raw.sqlite3_exec(connection.Connection.Handle, "ROLLBACK");
                var unavailable = new UnavailableException(e.Message, e);
                foreach (var piece in batch)
                    piece.Fail(unavailable);
                continue;
            }

            foreach (var piece in batch)
                piece.Finish();
            log.Written(connection.Connection);
        }
    }

    private abstract class Piece
    {
        public abstract void Work(Engine engine, SqliteStatements connection, SqliteTransaction transaction);

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

        public override void Work(Engine engine, SqliteStatements connection, SqliteTransaction transaction)
        {
            transaction.Save(Savepoint);
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

            if (!kept)
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
