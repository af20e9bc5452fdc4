using NodaTime;

namespace Convene.Server.Storage;

public static class AccountRows
{
    public sealed class Account
    {
        public long PersonId { get; init; }
        public string Uuid { get; init; } = "";
        public string Email { get; init; } = "";

        /// The address signed up with, while it is not theirs yet.
        public string? PendingEmail { get; init; }
        public string? Username { get; init; }
        public string FirstName { get; init; } = "";
        public string LastName { get; init; } = "";
        public string? Timezone { get; init; }
        public string WorkingHoursStart { get; init; } = "";
        public string WorkingHoursEnd { get; init; } = "";

        /// Digits, 0 is Monday.
        public string WorkingDays { get; init; } = "";
        public string PasswordHash { get; init; } = "";
        public Instant? EmailVerifiedAt { get; init; }
        public long IsActive { get; init; }
        public long IsStaff { get; init; }

        /// Words, separated by spaces.
        public string UnwantedMail { get; init; } = "";

        /// Null: the server's setting; -1: none.
        public long? ReminderMinutes { get; init; }
        public Instant CreatedAt { get; init; }

        /// Who may see when they are busy (Visibility).
        public string FreeBusy { get; init; } = Visibility.Everybody;
    }

    private const string Select =
        """
        SELECT a.person_id, p.uuid, coalesce(p.email, a.pending_email, '') AS email, a.pending_email, a.username, a.first_name, a.last_name,
               p.timezone, p.working_hours_start, p.working_hours_end, p.working_days, a.password_hash, a.email_verified_at, a.is_active, a.is_staff, a.unwanted_mail, a.reminder_minutes, p.free_busy, a.created_at
        FROM accounts a JOIN people p ON p.id = a.person_id
        """;

    public static Task<Account?> ById(Tx tx, long person) =>
        tx.FirstOrDefault<Account>($"{Select} WHERE a.person_id = @person", new { person });

    /// The same, kept from being changed by others until the end of the transaction.
    public static async Task<Account?> Hold(Tx tx, long person)
    {
        await tx.Query<long>("SELECT person_id FROM accounts WHERE person_id = @person FOR UPDATE", new { person });
        return await ById(tx, person);
    }

    /// By e-mail address or user name, whichever it is.
    public static Task<Account?> ByLogin(Tx tx, string login) => tx.FirstOrDefault<Account>(
        $"""
        {Select}
        WHERE a.person_id IN (
            SELECT id FROM people WHERE email = @login
            UNION SELECT person_id FROM accounts WHERE pending_email = @login
            UNION SELECT person_id FROM accounts WHERE username_key = @login)
        ORDER BY a.person_id
        """,
        new { login = login.Trim().ToLowerInvariant() });

    public static Task<Account?> ByEmail(Tx tx, string email) => tx.FirstOrDefault<Account>(
        $"""
        {Select}
        WHERE a.person_id IN (SELECT id FROM people WHERE email = @email UNION SELECT person_id FROM accounts WHERE pending_email = @email)
        """,
        new { email });

    public static async Task<bool> UsernameTaken(Tx tx, string username, long? except) => await tx.FirstOrDefault<long?>(
        "SELECT person_id FROM accounts WHERE username_key = @key AND person_id <> @except",
        new { key = username.ToLowerInvariant(), except = except ?? 0 }) is not null;

    /// Of those who have one.
    public static async Task<IReadOnlyDictionary<long, string>> Usernames(Tx tx, IEnumerable<long> people)
    {
        var rows = await tx.Query<Account>("SELECT person_id, username FROM accounts WHERE username IS NOT NULL AND person_id = ANY(@people)", new { people = people.Distinct().ToArray() });
        return rows.ToDictionary(r => r.PersonId, r => r.Username!);
    }

    public static Task Add(Tx tx, long person, string? pendingEmail, string? username, string firstName, string lastName, string passwordHash, Instant now) =>
        tx.Execute(
            """
            INSERT INTO accounts (person_id, pending_email, username, username_key, first_name, last_name, password_hash, created_at)
            VALUES (@person, @pendingEmail, @username, @key, @firstName, @lastName, @passwordHash, @now)
            """,
            new { person, pendingEmail, username, key = username?.ToLowerInvariant(), firstName, lastName, passwordHash, now });

    public static async Task Update(Tx tx, long person, string? username, string firstName, string lastName, string name, string? timezone)
    {
        await tx.Execute(
            "UPDATE accounts SET username = @username, username_key = @key, first_name = @firstName, last_name = @lastName WHERE person_id = @person",
            new { person, username, key = username?.ToLowerInvariant(), firstName, lastName });
        await UpdatePerson(tx, person, name, timezone);
    }

    public static Task UpdatePerson(Tx tx, long person, string name, string? timezone) =>
        tx.Execute("UPDATE people SET name = @name, timezone = @timezone WHERE id = @person", new { person, name, timezone });

    public static Task SetZone(Tx tx, long person, string timezone) =>
        tx.Execute("UPDATE people SET timezone = @timezone WHERE id = @person", new { person, timezone });

    public static Task SetChoices(Tx tx, long person, string unwantedMail, long? reminderMinutes) => tx.Execute(
        "UPDATE accounts SET unwanted_mail = @unwantedMail, reminder_minutes = @reminderMinutes WHERE person_id = @person",
        new { person, unwantedMail, reminderMinutes });

    public static Task SetPassword(Tx tx, long person, string passwordHash) =>
        tx.Execute("UPDATE accounts SET password_hash = @passwordHash WHERE person_id = @person", new { person, passwordHash });

    /// The address has been proved: it is this person's, and so is what a guest with that address was invited to.
    public static async Task ClaimEmail(Tx tx, long person, string email, Instant now)
    {
        if (await PeopleRows.Guest(tx, email) is { Id: var other })
        {
            await Revisions.Hold(tx, [person, other]);
            var entries = (await tx.Query<long>(EntryRows.IdsOf("@other"), new { other })).ToArray();
            // Their own answer counts, not that nobody answered at the other address.
            await tx.Execute(
                """
                DELETE FROM busy WHERE person_id = @other AND entry_id = ANY(@entries)
                  AND entry_id IN (SELECT m.entry_id FROM participants m WHERE m.person_id = @person AND m.entry_id = ANY(@entries) AND m.status = 'declined')
                """,
                new { person, other, entries });
            foreach (var table in (string[])["participants", "busy"])
            {
                await tx.Execute(
                    $"""
                    UPDATE {table} SET person_id = @person
                    WHERE person_id = @other AND entry_id = ANY(@entries)
                      AND entry_id NOT IN (SELECT m.entry_id FROM {table} m WHERE m.person_id = @person AND m.entry_id = ANY(@entries))
                    """,
                    new { person, other, entries });
                await tx.Execute($"DELETE FROM {table} WHERE person_id = @other AND entry_id = ANY(@entries)", new { other, entries });
            }

            await tx.Execute(
                "UPDATE series_people SET person_id = @person WHERE person_id = @other AND series_id NOT IN (SELECT series_id FROM series_people WHERE person_id = @person)",
                new { person, other });
            await tx.Execute("DELETE FROM series_people WHERE person_id = @other", new { other });
            var longest = await tx.One<long>("SELECT longest_ms FROM calendars WHERE person_id = @other", new { other });
            await Revisions.Bump(tx, [person], Duration.FromMilliseconds(longest));
            await tx.Execute("UPDATE outbox SET person_id = @person WHERE person_id = @other", new { person, other });
            await tx.Execute("DELETE FROM calendars WHERE person_id = @other", new { other });
            await tx.Execute("DELETE FROM people WHERE id = @other", new { other });
        }

        await tx.Execute("UPDATE people SET email = @email WHERE id = @person", new { person, email });
        await tx.Execute(
            "UPDATE accounts SET pending_email = NULL, email_verified_at = coalesce(email_verified_at, @now) WHERE person_id = @person",
            new { person, now });
    }
}
