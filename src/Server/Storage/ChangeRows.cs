using Convene.Scheduling.Time;
using NodaTime;

namespace Convene.Server.Storage;

/// The history of a meeting: moved, made longer, called off, by whom and why.
public static class ChangeRows
{
    public const string Extended = "extended";
    public const string Rescheduled = "rescheduled";
    public const string Cancelled = "cancelled";

    public sealed class Change
    {
        public string Kind { get; init; } = "";
        public string By { get; init; } = "";
        public Instant OldStart { get; init; }
        public Instant OldEnd { get; init; }
        public Instant? NewStart { get; init; }
        public Instant? NewEnd { get; init; }
        public string Reason { get; init; } = "";
        public Instant CreatedAt { get; init; }
    }

    /// <param name="after">Null: it was called off.</param>
    public static async Task Add(Tx tx, long entry, long person, TimeRange before, TimeRange? after, string reason, Instant now)
    {
        var kind = after is not { } range ? Cancelled : range.Start == before.Start && range.End > before.End ? Extended : Rescheduled;
        await tx.Execute(
            """
            INSERT INTO entry_changes (entry_id, person_id, kind, old_start, old_end, new_start, new_end, reason, created_at)
            VALUES (@entry, @person, @kind, @oldStart, @oldEnd, @newStart, @newEnd, @reason, @now)
            """,
            new { entry, person, kind, oldStart = before.Start, oldEnd = before.End, newStart = after?.Start, newEnd = after?.End, reason, now });
        if (after is not null)
            await tx.Execute("UPDATE entries SET schedule_state = @kind WHERE id = @entry", new { entry, kind });
    }

    /// Newest first.
    public static Task<IReadOnlyList<Change>> Of(Tx tx, long entry) => tx.Query<Change>(
        """
        SELECT c.kind, coalesce(p.email, '') AS by, c.old_start, c.old_end, c.new_start, c.new_end, c.reason, c.created_at
        FROM entry_changes c LEFT JOIN people p ON p.id = c.person_id
        WHERE c.entry_id = @entry ORDER BY c.id DESC
        """,
        new { entry });
}
