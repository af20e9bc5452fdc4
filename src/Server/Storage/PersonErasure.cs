using Convene.Scheduling.Booking;
using NodaTime;

namespace Convene.Server.Storage;

/// Takes a person out of the store. What others were part of stays, under somebody who has no name and no address; the number becomes nobody's.
public static class PersonErasure
{
    public const string Name = "Deleted user";

    /// What is theirs alone, by person_id, in the order that references allow. Whoever adds a table about people adds it here or says in the rule's test why not.
    public static IReadOnlyList<string> Theirs { get; } =
    [
        "sign_ins", "api_keys", "mail_tokens", "sign_in_failures", "feeds", "imported_items", "availability_rules", "repeats", "attachments", "external_calendars",
        "totp_factors", "recovery_codes", "challenges", "identities", "passkeys", "accounts",
    ];

    /// Where others see them: the person changes there. Which: those that no index finds by person.
    public static IReadOnlyList<(string Table, string Column, string Which)> Shared { get; } =
    [
        ("entries", "organizer_id", " AND id = ANY(@Entries)"), ("series", "organizer_id", ""), ("participants", "person_id", " AND entry_id = ANY(@Entries)"), ("busy", "person_id", ""),
    ];

    /// The series and entries that the person has anything to do with, kept from being changed by others. In the order that every door keeps: series, entries.
    public static async Task<Concerned> Hold(Tx tx, long person)
    {
        await tx.Query<long>(
            $"""
            SELECT id FROM series
            WHERE organizer_id = @person OR id IN (SELECT series_id FROM series_people WHERE person_id = @person)
               OR id IN (SELECT e.series_id FROM entries e WHERE e.id IN ({EntryRows.IdsOf("@person")}) AND e.series_id IS NOT NULL)
            ORDER BY id FOR UPDATE
            """,
            new { person });
        var entries = await Entries(tx, person);
        await tx.Query<long>("SELECT id FROM entries WHERE id = ANY(@entries) ORDER BY id FOR UPDATE", new { entries });
        var people = await tx.Query<long>(
            """
            SELECT organizer_id FROM entries WHERE id = ANY(@entries)
            UNION SELECT person_id FROM participants WHERE entry_id = ANY(@entries)
            UNION SELECT p.person_id FROM series_people p JOIN series s ON s.id = p.series_id WHERE s.organizer_id = @person
            UNION SELECT CAST(@person AS bigint)
            """,
            new { person, entries });
        await Revisions.Hold(tx, people);
        // Who booked with them while we waited is among those whom we have not held.
        if (!(await Entries(tx, person)).SequenceEqual(entries))
            throw new OutdatedException();
        return new Concerned(entries, people);
    }

    /// <param name="People">Everybody who sees any of the entries, and the person.</param>
    public sealed record Concerned(long[] Entries, IReadOnlyList<long> People);

    private static async Task<long[]> Entries(Tx tx, long person) =>
        [.. await tx.Query<long>($"{EntryRows.IdsOf("@person")} ORDER BY 1", new { person })];

    /// The numbers of the meetings that they host which are on and not over, and of their series with any of these.
    public static Task<IReadOnlyList<(long Entry, long? Series)>> Hosted(Tx tx, long person, Instant now) => tx.Query<(long, long?)>(
        $"""
        SELECT id, series_id FROM entries
        WHERE id IN ({EntryRows.IdsOf("@person")}) AND organizer_id = @person AND kind = 'meeting' AND status = 'scheduled' AND end_at > @now ORDER BY start_at, id
        """,
        new { person, now });

    /// Where they take part in others' meetings which are on and not over, and have not declined.
    public static Task<IReadOnlyList<(long Entry, long Participant)>> Joined(Tx tx, long person, Instant now) => tx.Query<(long, long)>(
        $"""
        SELECT e.id, t.id FROM participants t JOIN entries e ON e.id = t.entry_id
        WHERE t.person_id = @person AND t.entry_id IN ({EntryRows.IdsOf("@person")}) AND e.status = 'scheduled' AND e.end_at > @now AND t.status <> @declined ORDER BY e.start_at, e.id
        """,
        new { person, now, declined = Words.Of(Answer.Declined) });

    /// Their own events, calendars elsewhere, and the series of these.
    public static async Task DeleteOwnEntries(Tx tx, long person)
    {
        await tx.Execute("DELETE FROM entries WHERE organizer_id = @person AND in_busy = 0 AND kind <> 'meeting'", new { person });
        await tx.Execute("DELETE FROM series WHERE organizer_id = @person AND kind <> 'meeting'", new { person });
    }

    /// They take no part in others' meetings any more; in those to come their time is free.
    public static async Task Leave(Tx tx, long person, IReadOnlyCollection<long> entries, Instant now)
    {
        await tx.Execute(
            "UPDATE participants SET status = @declined, responded_at = @now, answered_at = NULL WHERE person_id = @person AND entry_id = ANY(@entries)",
            new { person, entries = entries.ToArray(), declined = Words.Of(Answer.Declined), now });
        var theirs = $"SELECT t.id FROM participants t WHERE t.person_id = @person AND t.entry_id IN ({EntryRows.IdsOf("@person")})";
        await BusyTimes.Free(tx, entries, person);
        await tx.Execute($"UPDATE proposals SET state = 'outdated' WHERE state = 'open' AND participant_id IN ({theirs})", new { person });
        await tx.Execute("DELETE FROM series_people WHERE person_id = @person OR series_id IN (SELECT id FROM series WHERE organizer_id = @person)", new { person });
        await tx.Execute("UPDATE series SET expanded_until = NULL WHERE organizer_id = @person", new { person });
    }

    /// Nothing more is mailed to them.
    public static Task StopMail(Tx tx, IReadOnlyCollection<string> addresses, Instant now) => tx.Execute(
        "UPDATE outbox SET due_at = NULL, failed_at = @now, last_error = 'The account was deleted.' WHERE due_at IS NOT NULL AND email = ANY(@addresses)",
        new { addresses = addresses.ToArray(), now });

    /// The person is gone; where others see them stands somebody else without a name.
    public static async Task Remove(Tx tx, long person, Concerned concerned, Instant now)
    {
        foreach (var table in Theirs)
            await tx.Execute($"DELETE FROM {table} WHERE person_id = @person", new { person });
        if (concerned.Entries.Length > 0)
        {
            var left = await PeopleRows.Add(tx, null, Name, null, now);
            foreach (var (table, column, which) in Shared)
                await tx.Execute($"UPDATE {table} SET {column} = @left WHERE {column} = @person{which}", new { left, person, concerned.Entries });
            await tx.Execute("UPDATE participants SET name = '' WHERE person_id = @left AND entry_id = ANY(@Entries)", new { left, concerned.Entries });
            await tx.Execute(
                "UPDATE calendars SET longest_ms = (SELECT c.longest_ms FROM calendars c WHERE c.person_id = @person) WHERE person_id = @left",
                new { left, person });
            await tx.Execute("UPDATE entries SET version = version + 1 WHERE id = ANY(@entries)", new { entries = concerned.Entries });
        }

        await Revisions.Bump(tx, concerned.People.Where(p => p != person), Duration.Zero);
        await tx.Execute("DELETE FROM calendars WHERE person_id = @person", new { person });
        await tx.Execute("DELETE FROM people WHERE id = @person", new { person });
    }
}
