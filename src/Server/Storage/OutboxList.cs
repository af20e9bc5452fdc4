using NodaTime;

namespace Convene.Server.Storage;

/// The outbox as administrators see it: never what a mail says, which may be somebody's secret.
public static class OutboxList
{
    public sealed class Row
    {
        public long Id { get; init; }
        public string Email { get; init; } = "";
        public string Kind { get; init; } = "";
        public string Subject { get; init; } = "";
        public string? EntryUuid { get; init; }
        public Instant CreatedAt { get; init; }
        public Instant? DueAt { get; init; }
        public long Attempts { get; init; }
        public Instant? SentAt { get; init; }
        public Instant? FailedAt { get; init; }
        public string? LastError { get; init; }

        public string State => SentAt is not null ? Sent : FailedAt is not null ? Failed : Owed;
    }

    public const string Owed = "owed";
    public const string Sent = "sent";
    public const string Failed = "failed";

    private const string From = "outbox o JOIN letters l ON l.id = o.letter_id";

    private const string Select =
        $"SELECT o.id, o.email, l.kind, l.subject, l.entry_uuid, l.created_at, o.due_at, o.attempts, o.sent_at, o.failed_at, o.last_error FROM {From}";

    /// <param name="state">Null: all.</param>
    public static Task<Page<Row>> List(Tx tx, string? state, Slice slice)
    {
        var order = slice.OrderBy switch
        {
            "due" => "coalesce(o.due_at, 0)",
            "attempts" => "o.attempts",
            "recipient" => "o.email",
            _ => "o.id",
        };
        var where = state switch
        {
            Owed => "WHERE o.due_at IS NOT NULL",
            Sent => "WHERE o.sent_at IS NOT NULL",
            Failed => "WHERE o.failed_at IS NOT NULL",
            _ => "WHERE 1 = 1",
        } + (slice.Search is null ? "" : " AND (o.email LIKE @search ESCAPE '!' OR lower(l.subject) LIKE @search ESCAPE '!')");
        return slice.Of<Row>(tx, Select, From, where, order, "o.id", new { });
    }

    public static async Task<Row?> Hold(Tx tx, long id)
    {
        await tx.Query<long>("SELECT id FROM outbox WHERE id = @id FOR UPDATE", new { id });
        return await tx.FirstOrDefault<Row>($"{Select} WHERE o.id = @id", new { id });
    }

    public static Task Retry(Tx tx, long id, Instant now) =>
        tx.Execute("UPDATE outbox SET due_at = @now, failed_at = NULL WHERE id = @id", new { id, now });

    /// How many were given up and are due again.
    public static Task<int> RetryFailed(Tx tx, Instant now) =>
        tx.Execute("UPDATE outbox SET due_at = @now, failed_at = NULL WHERE failed_at IS NOT NULL", new { now });

    public sealed class Figures
    {
        public long Owed { get; init; }
        public long Failed { get; init; }

        /// When the mail that waits longest was to be sent.
        public Instant? OldestDueAt { get; init; }
    }

    /// Of what is not sent: as cheap however much has been.
    public static Task<Figures> Measure(Tx tx) => tx.One<Figures>(
        """
        SELECT (SELECT count(*) FROM outbox WHERE due_at IS NOT NULL) AS owed,
               (SELECT count(*) FROM outbox WHERE failed_at IS NOT NULL) AS failed,
               (SELECT min(due_at) FROM outbox WHERE due_at IS NOT NULL) AS oldest_due_at
        """);
}
