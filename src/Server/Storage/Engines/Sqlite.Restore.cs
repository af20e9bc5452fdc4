using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Convene.Server.Storage.Engines;

public sealed partial class Sqlite
{
    /// Puts a backup in the place of a database file that no server uses.
    /// <returns>Null, or why not; then nothing was changed.</returns>
    /// <param name="kept">Where what was there is kept; null: nothing was there.</param>
    public static string? Restore(string backup, string target, int newestSchema, out string? kept)
    {
        kept = null;
        if (!File.Exists(backup))
            return $"There is no file {backup}.";
        if (Fault(backup, newestSchema) is { } fault)
            return fault;

        // First all of it beside the target: if the disk is full nothing has happened.
        var part = $"{target}.part";
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(target))!);
        File.Copy(backup, part, overwrite: true);
        using (var copy = new FileStream(part, FileMode.Open))
            copy.Flush(flushToDisk: true);
        if (File.Exists(target))
        {
            if (!IsAlone(target))
            {
                File.Delete(part);
                return $"{target} is in use. Stop the server first.";
            }

            kept = Enumerable.Range(1, int.MaxValue).Select(n => $"{target}.replaced-{n}").First(name => !File.Exists(name));
            File.Move(target, kept);
        }

        File.Move(part, target);
        return null;
    }

    private static string? Fault(string backup, int newestSchema)
    {
        try
        {
            using var connection = OpenAlone(backup, SqliteOpenMode.ReadOnly);
            if (Faults(connection) is [var first, ..])
                return $"{backup} is damaged: {first}.";
            var schema = (long)Scalar(connection, "SELECT max(number) FROM schema_steps")!;
            return schema > newestSchema ? $"{backup} was made by a newer Convene: its schema is at step {schema}, this program knows {newestSchema}." : null;
        }
        catch (SqliteException e)
        {
            return $"{backup} is no backup of Convene: {e.Message}";
        }
    }

    private static IReadOnlyList<string> Faults(SqliteConnection connection)
    {
        // 3.40's integrity_check takes a column of a table WITHOUT ROWID for another one, and tells of NULLs that are not there, one for each row.
        // There it checks the other tables, and these are read from end to end.
        var mistaken = raw.sqlite3_libversion().utf8_to_string().StartsWith("3.40.", StringComparison.Ordinal);
        var tables = mistaken ? Texts(connection, "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND wr = 0") : [];
        try
        {
            var pages = mistaken ? [.. tables.SelectMany(t => Texts(connection, $"PRAGMA integrity_check(\"{t}\")"))] : Texts(connection, "PRAGMA integrity_check(20)");
            foreach (var table in mistaken ? Texts(connection, "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND wr = 1") : [])
                Scalar(connection, $"SELECT count(*) FROM \"{table}\" NOT INDEXED");
            var references = Texts(connection, "SELECT \"table\" || ' ' || coalesce(rowid, 0) || ' refers to a ' || parent || ' that is not there' FROM pragma_foreign_key_check LIMIT 20");
            return [.. pages.Where(p => p != "ok").Take(20), .. references];
        }
        catch (SqliteException e)
        {
            return [e.Message];
        }
    }

    private static List<string> Texts(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var texts = new List<string>();
        while (reader.Read())
            texts.Add(reader.GetString(0));
        return texts;
    }

    /// Nobody else has it open. What its log still holds is in the file afterwards.
    private static bool IsAlone(string target)
    {
        try
        {
            using var connection = OpenAlone(target, SqliteOpenMode.ReadWrite);
            Scalar(connection, "PRAGMA locking_mode = EXCLUSIVE");
            Scalar(connection, "BEGIN EXCLUSIVE; COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
            return true;
        }
        catch (SqliteException e) when (e.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED)
        {
            return false;
        }
    }

    private static SqliteConnection OpenAlone(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.GetFullPath(file), Mode = mode, Pooling = false, DefaultTimeout = 1 }.ToString());
        connection.Open();
        return connection;
    }

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
