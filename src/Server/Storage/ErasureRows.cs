using NodaTime;

namespace Convene.Server.Storage;

/// Deleted accounts whose names and addresses logs and letters still hold.
public static class ErasureRows
{
    // What names somebody is found by reading, not by an index: so many rows a statement, some 10 ms. Few enough that nobody waits, many enough that a large store is done in minutes.
    private const int AtATime = 1000;

    public sealed class Row
    {
        public long Id { get; init; }

        /// The number that is nobody's any more.
        public long PersonId { get; init; }
        public string Email { get; init; } = "";

        /// What is younger is about somebody else who has the address now.
        public Instant CreatedAt { get; init; }

        /// Up to where the audit and the letters are done.
        public long AuditAfter { get; init; }
        public long LettersAfter { get; init; }

        internal string Like => $"%{Slice.Escape(Email)}%";
    }

    /// A line of the audit or a letter that names them.
    public sealed class Trace
    {
        public long Id { get; init; }
        public long? PersonId { get; init; }
        public string? Old { get; init; }
        public string? New { get; init; }
        public string Text { get; init; } = "";
    }

    public static Task Add(Tx tx, long person, IEnumerable<string> emails, Instant now) => tx.InsertMany(
        "erasures", "person_id, email, created_at", [.. emails.Select(e => new object?[] { person, e, now })]);

    public static Task<IReadOnlyList<Row>> All(Tx tx) => tx.Query<Row>("SELECT id, person_id, email, created_at, audit_after, letters_after FROM erasures ORDER BY id");

    public static Task Done(Tx tx, long id) => tx.Execute("DELETE FROM erasures WHERE id = @id", new { id });

    /// Where the audit, the letters and the log of mails end.
    public static async Task<(long Audit, long Letters, long Mails)> Ends(Tx tx) =>
        (await End(tx, "audit"), await End(tx, "letters"), await End(tx, "outbox"));

    private static Task<long> End(Tx tx, string table) => tx.One<long>($"SELECT coalesce(max(id), 0) FROM {table}");

    /// What the next lines of the audit hold of them: what they did, what was done to them, and what names their address.
    public static Task<IReadOnlyList<Trace>> Audit(Tx tx, Row e, long after) => tx.Query<Trace>(
        """
        SELECT id, person_id, old_values AS old, new_values AS new, reason AS text FROM audit
        WHERE id > @after AND id <= @until AND at <= @CreatedAt
          AND (actor_id = @PersonId OR person_id = @PersonId OR (@Email <> '' AND (lower(old_values) LIKE @Like ESCAPE '!' OR lower(new_values) LIKE @Like ESCAPE '!' OR lower(reason) LIKE @Like ESCAPE '!')))
        ORDER BY id
        """,
        Asked(e, after));

    public static Task Rewrite(Tx tx, Row e, IReadOnlyCollection<Trace> lines) => tx.Execute(
        """
        UPDATE audit SET old_values = r.old, new_values = r.new, reason = r.text, address = CASE WHEN actor_id = @PersonId THEN NULL ELSE address END
        FROM json_to_recordset(@rows::json) AS r(id bigint, old text, new text, text text)
        WHERE audit.id = r.id AND audit.id = ANY(@ids)
        """,
        new { e.PersonId, ids = lines.Select(l => l.Id).ToArray(), rows = JsonRows.Of(["id", "old", "new", "text"], lines.Select(l => new object?[] { l.Id, l.Old, l.New, l.Text })) });

    /// The next letters that name their address.
    public static Task<IReadOnlyList<Trace>> Letters(Tx tx, Row e, long after) => tx.Query<Trace>(
        $"SELECT l.id, l.body AS new, l.subject AS text FROM letters l WHERE l.id > @after AND l.id <= @until AND {Naming} ORDER BY l.id", Asked(e, after));

    /// The first letter that names their address and is still owed to somebody: a calendar takes a meeting off only if it is told who called it off.
    public static Task<long?> FirstOwed(Tx tx, Row e) => tx.One<long?>(
        $"SELECT min(l.id) FROM outbox o JOIN letters l ON l.id = o.letter_id WHERE o.due_at IS NOT NULL AND {Naming}", Asked(e, 0));

    /// How far one goes at a time.
    public static long Next(long after) => after + AtATime;

    public static Task Reached(Tx tx, Row e, long audit, long letters) => tx.Execute(
        "UPDATE erasures SET audit_after = @audit, letters_after = @letters WHERE id = @Id", new { e.Id, audit, letters });

    private const string Naming = "l.created_at <= @CreatedAt AND @Email <> '' AND (lower(l.body) LIKE @Like ESCAPE '!' OR lower(l.subject) LIKE @Like ESCAPE '!')";

    public static Task RewriteLetters(Tx tx, IReadOnlyCollection<Trace> letters) => tx.Execute(
        """
        UPDATE letters SET body = r.body, subject = r.text FROM json_to_recordset(@rows::json) AS r(id bigint, body text, text text)
        WHERE letters.id = r.id AND letters.id = ANY(@ids)
        """,
        new { ids = letters.Select(l => l.Id).ToArray(), rows = JsonRows.Of(["id", "body", "text"], letters.Select(l => new object?[] { l.Id, l.New, l.Text })) });

    /// The next mails that went to them: that they went stays.
    public static Task Mails(Tx tx, Row e, string name, long after) => tx.Execute(
        """
        UPDATE outbox SET email = '', name = @name, person_id = NULL, timezone = NULL, last_error = NULL
        WHERE id > @after AND id <= @until AND (person_id = @PersonId OR (@Email <> '' AND email = @Email)) AND due_at IS NULL
          AND EXISTS (SELECT 1 FROM letters l WHERE l.id = letter_id AND l.created_at <= @CreatedAt)
        """,
        new { e.PersonId, e.Email, e.CreatedAt, name, after, until = Next(after) });

    private static object Asked(Row e, long after) => new { e.PersonId, e.Email, e.CreatedAt, e.Like, after, until = Next(after) };
}
