using System.Data;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Convene.Server.Storage.Engines;

/// SQLite has one writer at a time, so there is one: a thread with its own connection. What queues up while it works is committed together, each piece in a savepoint of its own (unless
/// it is alone), so a refused or failing piece never harms its neighbours.
internal sealed class SqliteWriter : IAsyncDisposable
{
    // A batch keeps its first piece waiting: 64 pieces are a few milliseconds.
    private const int LargestBatch = 64;

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
                using var transaction = connection.Connection.BeginTransaction(IsolationLevel.Serializable, deferred: false);
                try
                {
                    // Who comes meanwhile is in the next: else a crowd would be told all at once, and leave the writer nothing to do until it comes again.
                    var there = Math.Clamp(queue.Reader.Count, 1, LargestBatch);
                    while (batch.Count < there && queue.Reader.TryRead(out var piece))
                    {
                        batch.Add(piece);
                        piece.Work(engine, connection, transaction, isAlone: there == 1);
                    }

                    if (there == 1 && batch is [{ IsKept: false }])
                        transaction.Rollback();
                    else
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

    private abstract class Piece
    {
        public abstract bool IsKept { get; }

        /// <param name="engine">Whose.</param>
        /// <param name="connection">The writer's.</param>
        /// <param name="transaction">The one that is under way.</param>
        /// <param name="isAlone">The transaction is as good as a savepoint then, for which SQLite would copy every page that is changed.</param>
        public abstract void Work(Engine engine, SqliteStatements connection, SqliteTransaction transaction, bool isAlone);

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

        public override bool IsKept => kept;

        public override void Work(Engine engine, SqliteStatements connection, SqliteTransaction transaction, bool isAlone)
        {
            if (!isAlone)
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

            if (isAlone)
                return;
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
