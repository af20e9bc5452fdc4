using NodaTime;

namespace Convene.Server.Storage;

public static class OutboxRows
{
    /// <param name="Unwanted">They asked not to get such mail: it is kept in the log, and not sent.</param>
    public sealed record Recipient(long? PersonId, string Email, string Name, string? Timezone, bool Unwanted = false);

    /// A mail to send: the letter, and whom it is for.
    public sealed class Owed
    {
        public long Id { get; init; }
        public string MessageId { get; init; } = "";
        public string Email { get; init; } = "";
        public string Name { get; init; } = "";
        public string? Timezone { get; init; }
        public long Attempts { get; init; }
        public string Kind { get; init; } = "";
        public string Body { get; init; } = "";
        public Instant CreatedAt { get; init; }
        public Instant? DueAt { get; init; }
        public Instant? SentAt { get; init; }
        public Instant? UnwantedAt { get; init; }
        public string? LastError { get; init; }
    }

    private const string Select =
        """
        SELECT o.id, o.message_id, o.email, o.name, o.timezone, o.attempts, l.kind, l.body, l.created_at, o.due_at, o.sent_at, o.unwanted_at, o.last_error
        FROM outbox o JOIN letters l ON l.id = o.letter_id
        """;

    public sealed class Logged
    {
        public long Id { get; init; }
        public string Email { get; init; } = "";
        public string Kind { get; init; } = "";
        public string Subject { get; init; } = "";
        public Instant CreatedAt { get; init; }
        public Instant? DueAt { get; init; }
        public long Attempts { get; init; }
        public Instant? SentAt { get; init; }
        public Instant? FailedAt { get; init; }
        public Instant? UnwantedAt { get; init; }
        public string? LastError { get; init; }
    }

    /// What is owed to some people.
    /// <param name="EntryUuid">What it is about; of letters that are added together each is about something else.</param>
    public sealed record New(string Kind, string Subject, string? EntryUuid, string Body, IReadOnlyCollection<Recipient> Recipients)
    {
        /// Its number, where it has one before it is added (Rows).
        public long Id { get; init; }
    }

    public static Task Add(
        Tx tx, string kind, string subject, string? entryUuid, string body, IReadOnlyCollection<Recipient> recipients, Instant now, MailBell bell) =>
        Add(tx, [new New(kind, subject, entryUuid, body, recipients)], now, bell);

    public static async Task Add(Tx tx, IEnumerable<New> news, Instant now, MailBell bell)
    {
        var letters = news.Where(l => l.Recipients.Count > 0).ToArray();
        if (letters.Length == 0)
            return;
        var ids = (await tx.InsertMany<(long Id, string? About)>(
            "letters", "kind, subject, entry_uuid, body, created_at", [.. letters.Select(l => new object?[] { l.Kind, l.Subject, l.EntryUuid, l.Body, now })], "id, entry_uuid"))
            .ToDictionary(l => l.About ?? "", l => l.Id, StringComparer.Ordinal);
        await AddMails(tx, Mails(letters, l => ids[l.EntryUuid ?? ""], now), bell);
    }

    /// The rows that letters with numbers will be, and their mails.
    public static (IReadOnlyCollection<object?[]> Letters, IReadOnlyCollection<object?[]> Mails) Rows(IEnumerable<New> numbered, Instant now)
    {
        var letters = numbered.Where(l => l.Recipients.Count > 0).ToArray();
        return ([.. letters.Select(l => new object?[] { l.Id, l.Kind, l.Subject, l.EntryUuid, l.Body, now })], Mails(letters, l => l.Id, now));
    }

    public static async Task Add(Tx tx, (IReadOnlyCollection<object?[]> Letters, IReadOnlyCollection<object?[]> Mails) rows, MailBell bell)
    {
        await tx.InsertMany("letters", "id, kind, subject, entry_uuid, body, created_at", rows.Letters);
        await AddMails(tx, rows.Mails, bell);
    }

    private static IReadOnlyCollection<object?[]> Mails(IEnumerable<New> letters, Func<New, long> number, Instant now) =>
    [
        .. from letter in letters
           from r in letter.Recipients
           select new object?[] { number(letter), Guid.CreateVersion7().ToString("N"), r.PersonId, r.Email, r.Name, r.Timezone, r.Unwanted ? null : now, r.Unwanted ? now : null },
    ];

    private static async Task AddMails(Tx tx, IReadOnlyCollection<object?[]> mails, MailBell bell)
    {
        await tx.InsertMany("outbox", "letter_id, message_id, person_id, email, name, timezone, due_at, unwanted_at", mails);
        if (mails.Count > 0)
            tx.AfterCommit(bell.Ring);
    }

    /// Takes up to `most` mails that are due. They are out of others' reach until `until`: should this process die, they are tried again then.
    /// What one person is told about one meeting goes out in order: a cancellation that overtook its invitation would leave the meeting standing.
    public static async Task<IReadOnlyList<Owed>> Claim(Tx tx, Instant now, Instant until, int most)
    {
        var ids = await tx.Query<long>(
            """
            UPDATE outbox SET due_at = @until, attempts = attempts + 1
            WHERE id IN (
                SELECT o.id FROM outbox o JOIN letters l ON l.id = o.letter_id
                WHERE o.due_at <= @now AND NOT EXISTS (
                    SELECT 1 FROM letters k JOIN outbox e ON e.letter_id = k.id
                    WHERE k.entry_uuid = l.entry_uuid AND e.email = o.email AND e.id < o.id AND e.due_at IS NOT NULL)
                ORDER BY o.due_at, o.id LIMIT @most FOR UPDATE OF o SKIP LOCKED)
            RETURNING id
            """,
            new { now, until, most });
        return await tx.Query<Owed>($"{Select} WHERE o.id = ANY(@ids) ORDER BY o.id", new { ids = ids.ToArray() });
    }

    public static Task<IReadOnlyList<Owed>> Newest(Tx tx, int most) => tx.Query<Owed>($"{Select} ORDER BY o.id DESC LIMIT @most", new { most });

    /// Each claim counts up `attempts`, and what a sender says of a mail counts only while the number is that of its claim: one that was frozen, and wakes when
    /// others have it, has no say. Nothing more is said of what was sent.
    private const string Mine = "id = @id AND attempts = @attempt AND sent_at IS NULL";

    /// False: another sender has it by now, or it needs no sending any more.
    public static async Task<bool> Renew(Tx tx, long id, long attempt, Instant until) =>
        await tx.Execute($"UPDATE outbox SET due_at = @until WHERE {Mine} AND due_at IS NOT NULL", new { id, attempt, until }) == 1;

    public static Task Sent(Tx tx, long id, long attempt, Instant now) =>
        tx.Execute($"UPDATE outbox SET due_at = NULL, sent_at = @now, failed_at = NULL, last_error = NULL WHERE {Mine}", new { id, attempt, now });

    public static Task TryLater(Tx tx, long id, long attempt, Instant due, string error) =>
        // One that an administrator gave up meanwhile stays given up.
        tx.Execute($"UPDATE outbox SET due_at = @due, last_error = @error WHERE {Mine} AND failed_at IS NULL", new { id, attempt, due, error });

    public static Task GiveUp(Tx tx, long id, long attempt, Instant now, string error) =>
        tx.Execute($"UPDATE outbox SET due_at = NULL, failed_at = @now, last_error = @error WHERE {Mine}", new { id, attempt, now, error });

    /// Whether a clock was put back since (this machine's, or this one follows one that runs ahead): mail that was owed by then is not kept until then.
    public static Task<int> ClockWasPutBack(Tx tx, Instant now, Instant latest) =>
        tx.Execute("UPDATE outbox SET due_at = @now WHERE due_at > @latest OR (attempts = 0 AND due_at > @now)", new { now, latest });

    /// On a database that only this process uses nobody else holds a claim: what a killed process had claimed is due at once.
    public static Task ReleaseClaims(Tx tx, Instant now) =>
        tx.Execute("UPDATE outbox SET due_at = @now WHERE due_at > @now AND attempts > 0 AND last_error IS NULL", new { now });

    public sealed class Told
    {
        public string Kind { get; init; } = "";
        public string Body { get; init; } = "";
        public Instant CreatedAt { get; init; }
    }

    /// What was told about these entries or series, newest first.
    public static Task<IReadOnlyList<Told>> Letters(Tx tx, string[] uuids, string[] kinds, int most) => tx.Query<Told>(
        "SELECT kind, body, created_at FROM letters WHERE entry_uuid = ANY(@uuids) AND kind = ANY(@kinds) ORDER BY id DESC LIMIT @most", new { uuids, kinds, most });

    /// How many mails of a kind about these entries or series became owed to an address since then.
    public static Task<long> Count(Tx tx, string[] uuids, string kind, string email, Instant since) => tx.One<long>(
        """
        SELECT count(*) FROM letters l JOIN outbox o ON o.letter_id = l.id
        WHERE l.entry_uuid = ANY(@uuids) AND l.kind = @kind AND l.created_at > @since AND o.email = @email
        """,
        new { uuids, kind, email, since });

    /// The addresses that the mails with these Message-IDs went to, as far as they were about these entries or series.
    public static Task<IReadOnlyList<string>> RecipientsOf(Tx tx, string[] messageIds, string[] uuids) => tx.Query<string>(
        "SELECT o.email FROM outbox o JOIN letters l ON l.id = o.letter_id WHERE o.message_id = ANY(@messageIds) AND l.entry_uuid = ANY(@uuids)", new { messageIds, uuids });

    public static Task<IReadOnlyList<Logged>> OfEntry(Tx tx, string[] uuids) => tx.Query<Logged>(
        """
        SELECT o.id, o.email, l.kind, l.subject, l.created_at, o.due_at, o.attempts, o.sent_at, o.failed_at, o.unwanted_at, o.last_error
        FROM letters l JOIN outbox o ON o.letter_id = l.id WHERE l.entry_uuid = ANY(@uuids) ORDER BY o.id DESC
        """,
        new { uuids });
}
