using Convene.Scheduling.Time;
using NodaTime;

namespace Convene.Server.Storage;

/// Other times that participants propose for their meetings.
public static class ProposalRows
{
    public const string Open = "open";
    public const string Accepted = "accepted";
    public const string Declined = "declined";
    public const string Outdated = "outdated";

    public sealed class Row
    {
        public long Id { get; init; }
        public long ParticipantId { get; init; }
        public long PersonId { get; init; }
        public string Email { get; init; } = "";
        public string Name { get; init; } = "";
        public Instant StartAt { get; init; }
        public Instant EndAt { get; init; }
        public string Comment { get; init; } = "";

        /// An open one is outdated as soon as the meeting is elsewhere, or off.
        public string State { get; init; } = "";
        public Instant MadeAt { get; init; }
        public Instant CreatedAt { get; init; }
        public string? RecurrenceId { get; init; }

        public TimeRange When => new(StartAt, EndAt);
    }

    /// Of a proposal p to an entry e.
    internal const string IsOpen = "p.state = 'open' AND p.was_start = e.start_at AND p.was_end = e.end_at AND e.status = 'scheduled'";

    private const string Select =
        $"""
        SELECT p.id, p.participant_id, t.person_id, coalesce(h.email, a.pending_email, '') AS email, CASE WHEN t.name <> '' THEN t.name ELSE h.name END AS name,
               p.start_at, p.end_at, p.comment, CASE WHEN p.state <> 'open' OR {IsOpen} THEN p.state ELSE 'outdated' END AS state, p.made_at, p.created_at, e.recurrence_id
        FROM proposals p JOIN entries e ON e.id = p.entry_id JOIN participants t ON t.id = p.participant_id
        JOIN people h ON h.id = t.person_id LEFT JOIN accounts a ON a.person_id = t.person_id
        """;

    /// Newest first.
    public static Task<IReadOnlyList<Row>> Of(Tx tx, long entry, int most) =>
        tx.Query<Row>($"{Select} WHERE p.entry_id = @entry ORDER BY p.id DESC LIMIT @most", new { entry, most });

    public static Task<Row?> Find(Tx tx, long entry, long id) => tx.FirstOrDefault<Row>($"{Select} WHERE p.entry_id = @entry AND p.id = @id", new { entry, id });

    /// The open ones of meetings to come that this person hosts or is a cohost of, by the meetings' start.
    public static Task<IReadOnlyList<(string Meeting, long Id)>> OpenFor(Tx tx, long person, Instant now, int most) => tx.Query<(string, long)>(
        $"""
        SELECT e.uuid, p.id
        FROM proposals p JOIN entries e ON e.id = p.entry_id
        WHERE {IsOpen} AND e.end_at > @now
          AND (e.organizer_id = @person OR EXISTS (SELECT 1 FROM participants c WHERE c.entry_id = e.id AND c.person_id = @person AND c.role = 'cohost'))
        ORDER BY e.start_at, p.id LIMIT @most
        """,
        new { person, now, most });

    public static Task<long> Add(Tx tx, long entry, long participant, TimeRange when, TimeRange was, string comment, Instant made, Instant now) => tx.One<long>(
        """
        INSERT INTO proposals (entry_id, participant_id, start_at, end_at, was_start, was_end, comment, state, made_at, created_at)
        VALUES (@entry, @participant, @start, @end, @wasStart, @wasEnd, @comment, 'open', @made, @now) RETURNING id
        """,
        new { entry, participant, start = when.Start, end = when.End, wasStart = was.Start, wasEnd = was.End, comment, made, now });

    public static Task Settle(Tx tx, long id, string state) => tx.Execute("UPDATE proposals SET state = @state WHERE id = @id", new { id, state });

    /// Somebody has another idea: their older ones no longer count.
    public static Task Replace(Tx tx, long participant) =>
        tx.Execute("UPDATE proposals SET state = 'outdated' WHERE participant_id = @participant AND state = 'open'", new { participant });
}
