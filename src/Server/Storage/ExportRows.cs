using NodaTime;

namespace Convene.Server.Storage;

/// What a person takes along: long lists, read a page at a time behind the last number.
public static class ExportRows
{
    public const int PageSize = 200;

    public sealed class File
    {
        public long Id { get; init; }
        public string Meeting { get; init; } = "";
        public string Name { get; init; } = "";
        public string Type { get; init; } = "";
        public long Size { get; init; }
        public string Sha256 { get; init; } = "";
        public Instant CreatedAt { get; init; }
    }

    public sealed class Mail
    {
        public long Id { get; init; }
        public string Kind { get; init; } = "";
        public string Subject { get; init; } = "";
        public string? Meeting { get; init; }
        public string Email { get; init; } = "";
        public Instant CreatedAt { get; init; }
        public Instant? SentAt { get; init; }
        public Instant? FailedAt { get; init; }
        public Instant? UnwantedAt { get; init; }
    }

    public sealed class Proposed
    {
        public long Id { get; init; }
        public string Meeting { get; init; } = "";
        public Instant StartAt { get; init; }
        public Instant EndAt { get; init; }
        public string Comment { get; init; } = "";
        public string State { get; init; } = "";
        public Instant CreatedAt { get; init; }
    }

    /// The numbers of the meetings that they host or are invited to, whatever became of them.
    public static Task<IReadOnlyList<long>> Meetings(Tx tx, long person, long after) => tx.Query<long>(
        $"""
        SELECT e.id FROM entries e
        WHERE e.kind = 'meeting' AND e.id > @after
          AND e.id IN ({EntryRows.IdsOf("@person")})
        ORDER BY e.id LIMIT @most
        """,
        new { person, after, most = PageSize });

    /// What they attached to meetings.
    public static Task<IReadOnlyList<File>> Files(Tx tx, long person, long after) => tx.Query<File>(
        """
        SELECT f.id, e.uuid AS meeting, f.name, f.type, f.size, f.sha256, f.created_at
        FROM attachments f JOIN entries e ON e.id = f.entry_id WHERE f.person_id = @person AND f.id > @after ORDER BY f.id LIMIT @most
        """,
        new { person, after, most = PageSize });

    /// What was mailed to them.
    public static Task<IReadOnlyList<Mail>> Mails(Tx tx, long person, string email, long after) => tx.Query<Mail>(
        """
        SELECT o.id, l.kind, l.subject, l.entry_uuid AS meeting, o.email, l.created_at, o.sent_at, o.failed_at, o.unwanted_at
        FROM outbox o JOIN letters l ON l.id = o.letter_id
        WHERE o.id > @after AND (o.person_id = @person OR (@email <> '' AND o.email = @email)) ORDER BY o.id LIMIT @most
        """,
        new { person, email, after, most = PageSize });

    /// What they did, and what was done to their account.
    public static Task<IReadOnlyList<AuditRows.Row>> Audit(Tx tx, long person, long after) => tx.Query<AuditRows.Row>(
        $"{AuditRows.Select} WHERE a.id > @after AND (a.actor_id = @person OR a.person_id = @person) ORDER BY a.id LIMIT @most", new { person, after, most = PageSize });

    public static Task<IReadOnlyList<Proposed>> Proposals(Tx tx, long person, long after) => tx.Query<Proposed>(
        $"""
        SELECT p.id, e.uuid AS meeting, p.start_at, p.end_at, p.comment, p.state, p.created_at
        FROM proposals p JOIN entries e ON e.id = p.entry_id JOIN participants t ON t.id = p.participant_id
        WHERE p.entry_id IN ({EntryRows.IdsOf("@person")}) AND t.person_id = @person AND p.id > @after ORDER BY p.id LIMIT @most
        """,
        new { person, after, most = PageSize });

    /// From when on at most so many of their entries are: of a calendar with more, the older ones stay out.
    public static Task<Instant?> CalendarFrom(Tx tx, long person, int most) => tx.FirstOrDefault<Instant?>(
        $"""
        SELECT e.end_at FROM entries e
        WHERE e.kind IN ('meeting', 'event') AND e.status = 'scheduled'
          AND e.id IN ({EntryRows.TakenPartBy("@person")})
        ORDER BY e.end_at DESC LIMIT 1 OFFSET @most
        """,
        new { person, most });
}
