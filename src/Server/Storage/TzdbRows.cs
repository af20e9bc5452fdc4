using Convene.Scheduling.Time;
using NodaTime;
using NodaTime.Text;

namespace Convene.Server.Storage;

/// Entries to come whose instants were derived by other zone rules than this program's.
public static class TzdbRows
{
    public sealed class Derived
    {
        public long Id { get; init; }
        public string Uuid { get; init; } = "";
        public string Title { get; init; } = "";
        public string Timezone { get; init; } = "";
        public string LocalStart { get; init; } = "";
        public string LocalEnd { get; init; } = "";
        public string Tzdb { get; init; } = "";
        public Instant StartAt { get; init; }
        public Instant EndAt { get; init; }

        public TimeRange When => new(StartAt, EndAt);

        public LocalDateTime Start => LocalDateTimePattern.ExtendedIso.Parse(LocalStart).Value;

        public LocalDateTime End => LocalDateTimePattern.ExtendedIso.Parse(LocalEnd).Value;
    }

    private const string Select = "SELECT id, uuid, title, timezone, local_start, local_end, tzdb, start_at, end_at FROM entries";

    /// By id, from the one behind `after`.
    public static Task<IReadOnlyList<Derived>> Other(Tx tx, string version, Instant now, long after, int most) => tx.Query<Derived>(
        $"{Select} WHERE id > @after AND tzdb <> @version AND end_at > @now ORDER BY id LIMIT @most", new { version, now, after, most });

    /// Kept from being changed by others until the end of the transaction; null if it is gone.
    public static async Task<Derived?> Hold(Tx tx, long id)
    {
        await tx.Query<long>("SELECT id FROM entries WHERE id = @id FOR UPDATE", new { id });
        return await tx.FirstOrDefault<Derived>($"{Select} WHERE id = @id", new { id });
    }

    public static Task Approve(Tx tx, IEnumerable<long> ids, string version) =>
        tx.Execute("UPDATE entries SET tzdb = @version WHERE id = ANY(@ids)", new { ids = ids.ToArray(), version });

    /// The same wall time at another instant, in busy time too.
    public static async Task Move(Tx tx, long id, TimeRange to, Duration by, string version, Instant now)
    {
        await tx.Execute(
            """
            UPDATE entries
            SET start_at = @start, end_at = @end, remind_at = remind_at + @by, tzdb = @version, version = version + 1, updated_at = @now
            WHERE id = @id
            """,
            new { id, start = to.Start, end = to.End, by = (long)by.TotalMilliseconds, version, now });
        await tx.Execute("UPDATE busy SET start_at = @start, end_at = @end WHERE entry_id = @id", new { id, start = to.Start, end = to.End });
    }

    public static async Task<long[]> People(Tx tx, long id) =>
    [
        .. await tx.Query<long>(
            "SELECT organizer_id FROM entries WHERE id = @id UNION SELECT person_id FROM participants WHERE entry_id = @id UNION SELECT person_id FROM busy WHERE entry_id = @id", new { id }),
    ];
}
