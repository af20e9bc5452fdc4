using NodaTime;

namespace Convene.Server.Storage;

public static class PeopleRows
{
    public sealed class Person
    {
        public long Id { get; init; }
        public string? Email { get; init; }
        public string Name { get; init; } = "";
        public string? Timezone { get; init; }

        /// Of their account; null: a guest, or asked for otherwise than by address.
        public long? UserId { get; init; }

        /// Of an account, where it was asked for by ById or by address.
        public string UnwantedMail { get; init; } = "";

        /// Of an account, where it was asked for by ById: null: the server's setting; -1: none.
        public long? ReminderMinutes { get; init; }

        /// Who may see when they are busy (Visibility).
        public string FreeBusy { get; init; } = Visibility.Everybody;

        /// Whether this transaction has made them known.
        public bool IsNew { get; set; }
    }

    public static Task<IReadOnlyList<Person>> ByEmail(Tx tx, IEnumerable<string> emails) => tx.Query<Person>(
        """
        SELECT p.id, p.email, p.name, p.timezone, p.free_busy, a.person_id AS user_id, coalesce(a.unwanted_mail, '') AS unwanted_mail
        FROM people p LEFT JOIN accounts a ON a.person_id = p.id
        WHERE p.email = ANY(@emails)
        """,
        new { emails = emails.ToArray() });

    /// The people with these numbers or addresses, by number.
    public static Task<IReadOnlyList<Person>> ByIdOrEmail(Tx tx, IEnumerable<long> ids, IEnumerable<string> emails) => tx.Query<Person>(
        "SELECT id, email, name, timezone, free_busy FROM people WHERE id = ANY(@ids) OR email = ANY(@emails) ORDER BY id",
        new { ids = ids.ToArray(), emails = emails.ToArray() });

    /// The person with this address, if they have no account.
    public static Task<Person?> Guest(Tx tx, string email) => tx.FirstOrDefault<Person>(
        """
        SELECT p.id, p.email, p.name, p.timezone FROM people p
        WHERE p.email = @email AND NOT EXISTS (SELECT 1 FROM accounts a WHERE a.person_id = p.id)
        """,
        new { email });

    public static Task<IReadOnlyList<Person>> ById(Tx tx, IEnumerable<long> ids) => tx.Query<Person>(
        """
        SELECT p.id, coalesce(p.email, a.pending_email) AS email, p.name, p.timezone, p.free_busy, coalesce(a.unwanted_mail, '') AS unwanted_mail, a.reminder_minutes
        FROM people p LEFT JOIN accounts a ON a.person_id = p.id
        WHERE p.id = ANY(@ids)
        """,
        new { ids = ids.ToArray() });

    /// The people with these addresses; who is not known yet becomes a guest.
    public static async Task<IReadOnlyDictionary<string, Person>> Invite(Tx tx, IReadOnlyCollection<(string Email, string Name)> wanted, Instant now)
    {
        var known = (await ByEmail(tx, wanted.Select(w => w.Email))).ToDictionary(p => p.Email!, StringComparer.Ordinal);
        var unknown = wanted.Where(w => !known.ContainsKey(w.Email)).ToArray();
        if (unknown.Length == 0)
            return known;

        // In address order: two bookings that invite the same newcomers never wait for each other in a circle.
        var made = (await tx.Query<long>(
            """
            INSERT INTO people (uuid, email, name, created_at)
            SELECT w.uuid, w.email, w.name, @now FROM json_to_recordset(@rows::json) AS w(uuid text, email text, name text) WHERE true ORDER BY w.email
            ON CONFLICT (email) DO NOTHING
            RETURNING id
            """,
            new { rows = JsonRows.Of(["uuid", "email", "name"], unknown.Select(u => new object?[] { Guid.CreateVersion7().ToString(), u.Email, u.Name })), now })).ToHashSet();
        foreach (var guest in await ByEmail(tx, unknown.Select(u => u.Email)))
        {
            guest.IsNew = made.Contains(guest.Id);
            known[guest.Email!] = guest;
        }

        await AddCalendars(tx, unknown.Select(u => known[u.Email].Id));
        return known;
    }

    /// As if they had never been invited: for guests that this transaction has made known, and who take part in nothing.
    public static async Task Forget(Tx tx, IEnumerable<long> guests)
    {
        if (guests.ToArray() is not { Length: > 0 } people)
            return;
        await tx.Execute("DELETE FROM calendars WHERE person_id = ANY(@people)", new { people });
        await tx.Execute("DELETE FROM people WHERE id = ANY(@people)", new { people });
    }

    public static async Task<long> Add(Tx tx, string? email, string name, string? timezone, Instant now)
    {
        var id = await tx.One<long>(
            "INSERT INTO people (uuid, email, name, timezone, created_at) VALUES (@uuid, @email, @name, @timezone, @now) RETURNING id",
            new { uuid = Guid.CreateVersion7().ToString(), email, name, timezone, now });
        await AddCalendars(tx, [id]);
        return id;
    }

    private static Task AddCalendars(Tx tx, IEnumerable<long> people) => tx.Execute(
        "INSERT INTO calendars (person_id) SELECT id FROM people WHERE id = ANY(@people) ORDER BY id ON CONFLICT (person_id) DO NOTHING",
        new { people = people.ToArray() });
}
