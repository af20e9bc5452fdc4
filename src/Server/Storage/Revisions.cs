using NodaTime;

namespace Convene.Server.Storage;

/// The guard: a calendar's revision row is held from before its busy time is read until what was decided from it is committed.
public static class Revisions
{
    /// Waits until nobody else changes these calendars, and keeps others waiting until the end of the transaction.
    /// Always in id order, so that two bookings of the same people never wait for each other in a circle.
    public static Task Hold(Tx tx, IEnumerable<long> people) => tx.Query<long>(
        "SELECT person_id FROM calendars WHERE person_id = ANY(@people) ORDER BY person_id FOR UPDATE",
        new { people = people.Distinct().Order().ToArray() });

    /// Says that these people's busy time has changed.
    public static Task Bump(Tx tx, IEnumerable<long> people, Duration longest) => tx.Execute(
        """
        UPDATE calendars
        SET revision = revision + 1,
            longest_ms = CASE WHEN longest_ms < @longest THEN @longest ELSE longest_ms END
        WHERE person_id = ANY(@people)
        """,
        new { people = people.Distinct().Order().ToArray(), longest = (long)longest.TotalMilliseconds });
}
