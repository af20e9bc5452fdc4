namespace Convene.Server.Storage;

/// What is true of every store, however it came about: a check that reads all of it. Each names what it found wrong.
public static class Invariants
{
    // As many as help to see what is wrong.
    private const int MostTold = 20;

    private static readonly (string Rule, string Sql)[] All =
    [
        ("Who takes part in a meeting that is on is busy then, unless they declined.",
            """
            SELECT 'meeting ' || e.uuid || ', person ' || p.person_id
            FROM entries e
            JOIN (SELECT id AS entry_id, organizer_id AS person_id FROM entries UNION SELECT entry_id, person_id FROM participants WHERE status <> 'declined') p ON p.entry_id = e.id
            WHERE e.kind = 'meeting' AND e.status = 'scheduled'
              AND NOT EXISTS (SELECT 1 FROM busy b WHERE b.entry_id = e.id AND b.person_id = p.person_id AND b.start_at = e.start_at AND b.end_at = e.end_at)
            """),
        ("Nobody is busy with a meeting that is not on, at another time than it is, or that they don't take part in.",
            """
            SELECT 'meeting ' || e.uuid || ', person ' || b.person_id
            FROM busy b JOIN entries e ON e.id = b.entry_id
            WHERE e.kind = 'meeting'
              AND (e.status <> 'scheduled' OR b.start_at <> e.start_at OR b.end_at <> e.end_at
                   OR (b.person_id <> e.organizer_id
                       AND NOT EXISTS (SELECT 1 FROM participants t WHERE t.entry_id = e.id AND t.person_id = b.person_id AND t.status <> 'declined')))
            """),
        ("Busy time is somebody's, and an entry's.",
            """
            SELECT 'person ' || b.person_id || ', entry ' || b.entry_id FROM busy b
            WHERE NOT EXISTS (SELECT 1 FROM calendars c WHERE c.person_id = b.person_id) OR NOT EXISTS (SELECT 1 FROM entries e WHERE e.id = b.entry_id)
            """),
        ("Whose entry it is, busy time or an index by person finds.",
            """
            SELECT 'meeting ' || e.uuid FROM entries e WHERE e.in_busy <> 0 AND NOT EXISTS (SELECT 1 FROM busy b WHERE b.person_id = e.organizer_id AND b.entry_id = e.id)
            UNION ALL SELECT 'meeting ' || e.uuid || ', person ' || t.person_id FROM participants t JOIN entries e ON e.id = t.entry_id
            WHERE t.in_busy <> 0 AND NOT EXISTS (SELECT 1 FROM busy b WHERE b.person_id = t.person_id AND b.entry_id = t.entry_id)
            """),
        ("Entries are somebody's, and somebody is who takes part in them.",
            """
            SELECT e.kind || ' ' || e.uuid FROM entries e WHERE NOT EXISTS (SELECT 1 FROM people p WHERE p.id = e.organizer_id)
            UNION ALL SELECT 'entry ' || t.entry_id || ', person ' || t.person_id FROM participants t WHERE NOT EXISTS (SELECT 1 FROM people p WHERE p.id = t.person_id)
            """),
        ("Time ends after it begins.",
            "SELECT 'person ' || person_id || ', entry ' || entry_id FROM busy WHERE end_at <= start_at UNION ALL SELECT kind || ' ' || uuid FROM entries WHERE end_at < start_at"),
        ("Everybody has a calendar, and it knows how long what is on it lasts at most.",
            """
            SELECT 'person ' || p.id FROM people p LEFT JOIN calendars c ON c.person_id = p.id
            WHERE c.person_id IS NULL OR c.longest_ms < coalesce((SELECT max(b.end_at - b.start_at) FROM busy b WHERE b.person_id = p.id), 0)
            """),
        ("Every mail is owed, sent, given up or unwanted.",
            "SELECT 'mail ' || message_id FROM outbox WHERE due_at IS NULL AND sent_at IS NULL AND failed_at IS NULL AND unwanted_at IS NULL"),
        ("An occurrence has its place in its series.",
            "SELECT 'meeting ' || uuid FROM entries WHERE (series_id IS NULL) <> (recurrence_id IS NULL)"),
    ];

    /// The rules, each with what breaks it: nothing, as it should be, or up to 20 things.
    public static async Task<IReadOnlyList<(string Rule, IReadOnlyList<string> Broken)>> Check(Tx tx)
    {
        var found = new List<(string, IReadOnlyList<string>)>();
        foreach (var (rule, sql) in All)
            found.Add((rule, await tx.Query<string>($"{sql} LIMIT {MostTold}")));
        return found;
    }
}
