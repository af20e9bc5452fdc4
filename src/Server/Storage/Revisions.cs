using NodaTime;

namespace Convene.Server.Storage;

/// The guard: a calendar's revision row is held from before its busy time is read until what was decided from it is committed.
public static class Revisions
{
    internal const string Holding = "SELECT person_id FROM calendars WHERE person_id = ANY(@wanted) ORDER BY person_id FOR UPDATE";

    /// Waits until nobody else changes these calendars, and keeps others waiting until the end of the transaction.
    /// Always in id order, so that two bookings of the same people never wait for each other in a circle.
    /// Everybody whom a transaction changes is held by it at once, before their busy time is read.
    public static async Task Hold(Tx tx, IEnumerable<long> people)
    {
        var wanted = people.Distinct().Order().ToArray();
        IsHeld(tx, wanted, await tx.Query<long>(Holding, new { wanted }));
    }

    internal static void IsHeld(Tx tx, IReadOnlyCollection<long> wanted, IReadOnlyCollection<long> held)
    {
        // While we waited, a guest was claimed by their account and is gone: what was read before is of yesterday.
        if (held.Count < wanted.Count)
            throw new OutdatedException();
        tx.Held.UnionWith(held);
    }

    public sealed class Row
    {
        public long Id { get; init; }
        public string? Email { get; init; }
        public string? Timezone { get; init; }
        public long Revision { get; init; }

        /// Who may see when they are busy (Visibility).
        public string FreeBusy { get; init; } = Visibility.Everybody;
    }

    /// The people with these numbers or addresses, and the state of their calendars, by id.
    public static Task<IReadOnlyList<Row>> Of(Tx tx, IReadOnlyCollection<long> ids, IReadOnlyCollection<string> emails) => tx.Query<Row>(
        // An OR over both would keep SQLite and PostgreSQL from one plain walk of an index, which most searches need.
        emails.Count == 0
            ? "SELECT p.id, p.email, p.timezone, p.free_busy, c.revision FROM people p JOIN calendars c ON c.person_id = p.id WHERE p.id = ANY(@ids) ORDER BY p.id"
            : "SELECT p.id, p.email, p.timezone, p.free_busy, c.revision FROM people p JOIN calendars c ON c.person_id = p.id WHERE p.id = ANY(@ids) OR p.email = ANY(@emails) ORDER BY p.id",
        new { ids = ids.ToArray(), emails = emails.ToArray() });

    /// The state of each of these people's calendars.
    public static async Task<IReadOnlyDictionary<long, long>> Of(Tx tx, IReadOnlyCollection<long> people) =>
        (await tx.Query<Row>("SELECT person_id AS id, revision FROM calendars WHERE person_id = ANY(@people)", new { people = people.ToArray() })).ToDictionary(r => r.Id, r => r.Revision);

    /// Says that these people's busy time has changed, or something else they see of their meetings.
    public static Task Bump(Tx tx, IEnumerable<long> people, Duration longest) => Bump(tx, people.Select(p => (p, longest)));

    /// <param name="changes">Who, and how long what they have got lasts at most.</param>
    public static Task Bump(Tx tx, IEnumerable<(long Person, Duration Longest)> changes)
    {
        var changed = changes.GroupBy(c => c.Person, c => c.Longest).Select(g => (Person: g.Key, Longest: g.Max())).ToArray();
        // To lock a calendar only now would be late (it was read unguarded) and out of order (two could wait in a circle).
        if (!tx.Held.IsSupersetOf(changed.Select(c => c.Person)))
            throw new InvalidOperationException("A calendar is changed without holding its guard.");
        tx.RingCalendarBell();
        return tx.UpdateMany(
            "UPDATE calendars SET revision = revision + 1, longest_ms = CASE WHEN longest_ms < r.c1 THEN r.c1 ELSE longest_ms END FROM rows WHERE person_id = r.c0",
            [.. changed.Select(c => new object?[] { c.Person, (long)c.Longest.TotalMilliseconds })]);
    }
}
