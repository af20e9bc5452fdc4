using Convene.Scheduling.Booking;
using NodaTime;

namespace Convene.Server.Storage;

public static class ParticipantRows
{
    public sealed class Participant
    {
        public long Id { get; init; }
        public long EntryId { get; init; }
        public long PersonId { get; init; }
        public string Email { get; init; } = "";
        public string Name { get; init; } = "";

        /// By whoever invited them, for this meeting; empty: none. Only where it is to be added.
        public string GivenName { get; init; } = "";

        /// Their account's id; null for a guest.
        public long? UserId { get; init; }

        /// Theirs, if known.
        public string? Timezone { get; init; }

        /// Words, separated by spaces; a guest has none.
        public string UnwantedMail { get; init; } = "";
        public string Role { get; init; } = "";
        public string Status { get; init; } = "";
        public Instant InvitedAt { get; init; }
        public Instant? RespondedAt { get; init; }

        /// When the answer was made; by mail, as its sender says. Null: at RespondedAt.
        public Instant? AnsweredAt { get; init; }

        public bool IsCohost => Role == Words.Cohost;

        public Answer Answer => Words.Answer(Status);
    }

    private const string Select =
        """
        SELECT t.id, t.entry_id, t.person_id, coalesce(p.email, a.pending_email, '') AS email,
               CASE WHEN t.name <> '' THEN t.name ELSE p.name END AS name,
               a.person_id AS user_id, p.timezone, coalesce(a.unwanted_mail, '') AS unwanted_mail, t.role, t.status, t.invited_at, t.responded_at, t.answered_at
        FROM participants t JOIN people p ON p.id = t.person_id LEFT JOIN accounts a ON a.person_id = t.person_id
        """;

    public static Task<IReadOnlyList<Participant>> Of(Tx tx, IEnumerable<long> entries) =>
        tx.Query<Participant>($"{Select} WHERE t.entry_id = ANY(@entries) ORDER BY t.id", new { entries = entries.ToArray() });

    public static Task<IReadOnlyList<Participant>> Of(Tx tx, long entry) => Of(tx, [entry]);

    /// What somebody answered to whatever is not over before a time.
    public static Task<IReadOnlyList<Participant>> AnswersOf(Tx tx, long person, Instant from) => tx.Query<Participant>(
        $"""
        SELECT t.entry_id, t.status FROM participants t JOIN entries e ON e.id = t.entry_id
        WHERE t.person_id = @person AND t.entry_id IN ({EntryRows.IdsOf("@person")}) AND e.end_at > @from
        """,
        new { person, from });

    public static Task Add(Tx tx, long entry, IEnumerable<(long Person, string Name, string Role)> people, Instant now) =>
        Add(tx, people.Select(p => (entry, p.Person, p.Name, p.Role)), now);

    public static Task Add(Tx tx, IEnumerable<(long Entry, long Person, string Name, string Role)> people, Instant now) => tx.InsertMany(
        "participants",
        "entry_id, person_id, name, role, status, invited_at",
        [.. people.Select(p => new object?[] { p.Entry, p.Person, p.Name, p.Role, Words.Of(Answer.Pending), now })]);

    /// With numbers of their own; where it takes time they get busy time in the same transaction.
    public static Task AddNumbered(Tx tx, IEnumerable<(Participant Invited, bool TakesTime)> people) => tx.InsertMany(
        "participants",
        "id, entry_id, person_id, name, role, status, invited_at, in_busy",
        [.. people.Select(p => new object?[] { p.Invited.Id, p.Invited.EntryId, p.Invited.PersonId, p.Invited.GivenName, p.Invited.Role, p.Invited.Status, p.Invited.InvitedAt, p.TakesTime ? 1L : 0L })]);

    public static Task Change(Tx tx, long id, string name, string role) =>
        tx.Execute("UPDATE participants SET name = @name, role = @role WHERE id = @id", new { id, name, role });

    /// <param name="made">When they made it; null: now.</param>
    public static Task SetAnswers(Tx tx, IEnumerable<long> ids, Answer answer, Instant? made, Instant now) => tx.Execute(
        "UPDATE participants SET status = @status, responded_at = @now, answered_at = @made WHERE id = ANY(@ids)",
        new { ids = ids.ToArray(), status = Words.Of(answer), made, now });

    public static Task Remove(Tx tx, IEnumerable<long> ids) => ids.ToArray() is { Length: > 0 } some
        ? tx.Execute("DELETE FROM participants WHERE id = ANY(@ids)", new { ids = some })
        : Task.CompletedTask;
}
