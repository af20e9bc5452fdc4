using Convene.Scheduling.Availability;
using NodaTime;

namespace Convene.Server.Storage;

/// Calendars of people that lie elsewhere. Each has a hidden entry, which its busy time belongs to; its number is the calendar's.
public static class ExternalCalendarRows
{
    public const string New = "new";
    public const string Fresh = "fresh";
    public const string Stale = "stale";
    public const string Failing = "failing";

    public const string Open = "open";
    public const string Closed = "closed";

    public sealed class Row
    {
        public long Id { get; init; }
        public long PersonId { get; init; }
        public string Name { get; init; } = "";
        public string Url { get; init; } = "";
        public string WhenUnreachable { get; init; } = "";
        public string State { get; init; } = "";
        public long IsUnreachable { get; init; }
        public string? Error { get; init; }
        public long Failures { get; init; }
        public string? Etag { get; init; }
        public string? LastModified { get; init; }
        public string? Digest { get; init; }
        public string? Basis { get; init; }
        public long? RefreshMs { get; init; }
        public Instant Since { get; init; }
        public Instant? FetchedAt { get; init; }
        public Instant NextFetchAt { get; init; }
        public long Attempt { get; init; }

        /// The owner's.
        public string? Email { get; init; }
        public string? Timezone { get; init; }

        /// How many ranges of busy time there are to come; only where it was asked for.
        public long BusyCount { get; init; }
    }

    /// What an attempt to read it came to.
    public sealed record Attempted(
        string State, bool IsUnreachable, string? Error, long Failures, string? Etag, string? LastModified, string? Digest, string? Basis, long? RefreshMs,
        Instant? FetchedAt, Instant NextFetchAt);

    private const string Columns =
        """
        x.entry_id AS id, x.person_id, e.title AS name, x.url, x.when_unreachable, x.state, x.is_unreachable, x.error, x.failures, x.etag, x.last_modified, x.digest,
        x.basis, x.refresh_ms, x.since, x.fetched_at, x.next_fetch_at, x.attempt, p.email, p.timezone
        """;

    private const string From = "FROM external_calendars x JOIN entries e ON e.id = x.entry_id JOIN people p ON p.id = x.person_id";

    /// By number.
    public static Task<IReadOnlyList<Row>> Of(Tx tx, long person, Instant now) => tx.Query<Row>(
        $"""
        SELECT {Columns}, (SELECT count(*) FROM busy b WHERE b.entry_id = x.entry_id AND b.end_at > @now) AS busy_count
        {From} WHERE x.person_id = @person ORDER BY x.entry_id
        """,
        new { person, now });

    public static Task<Row?> Find(Tx tx, long id, long person) => tx.FirstOrDefault<Row>($"SELECT {Columns} {From} WHERE x.entry_id = @id AND x.person_id = @person", new { id, person });

    public static Task<long> Count(Tx tx, long person) => tx.One<long>("SELECT count(*) FROM external_calendars WHERE person_id = @person", new { person });

    public static async Task<long> Add(Tx tx, long person, string name, string url, string whenUnreachable, Instant now)
    {
        // It has no time of its own: it lies in the past, as far as anybody asks.
        var wall = Schedules.Text(now.InUtc().LocalDateTime);
        var id = await tx.One<long>(
            """
            INSERT INTO entries (uuid, kind, organizer_id, title, description, location, status, timezone, local_start, local_end, tzdb, start_at, end_at, created_at, updated_at)
            VALUES (@uuid, 'external', @person, @name, '', '', 'scheduled', 'UTC', @wall, @wall, @tzdb, @now, @now, @now, @now)
            RETURNING id
            """,
            new { uuid = Guid.CreateVersion7().ToString(), person, name, wall, tzdb = DateTimeZoneProviders.Tzdb.VersionId, now });
        await tx.Execute(
            """
            INSERT INTO external_calendars (entry_id, person_id, url, when_unreachable, state, since, next_fetch_at)
            VALUES (@id, @person, @url, @whenUnreachable, 'new', @now, @now)
            """,
            new { id, person, url, whenUnreachable, now });
        return id;
    }

    public static async Task Change(Tx tx, long id, string name, string whenUnreachable, Instant now)
    {
        await tx.Execute("UPDATE entries SET title = @name, updated_at = @now WHERE id = @id", new { id, name, now });
        await tx.Execute("UPDATE external_calendars SET when_unreachable = @whenUnreachable WHERE entry_id = @id", new { id, whenUnreachable });
    }

    /// From now on it lies there. What was read before goes on counting until something is.
    public static Task Redirect(Tx tx, long id, string url, Instant now) => tx.Execute(
        """
        UPDATE external_calendars
        SET url = @url, state = 'new', is_unreachable = 0, error = NULL, failures = 0, etag = NULL, last_modified = NULL, digest = NULL, basis = NULL, refresh_ms = NULL,
            since = @now, fetched_at = NULL, next_fetch_at = @now, attempt = attempt + 1
        WHERE entry_id = @id
        """,
        new { id, url, now });

    /// Takes one to be read, so that nobody else does meanwhile.
    /// <param name="until">If nothing is heard of this attempt by then, it is taken again.</param>
    public static async Task<Row?> Claim(Tx tx, long id, Instant until)
    {
        await tx.Execute("UPDATE external_calendars SET attempt = attempt + 1, next_fetch_at = @until WHERE entry_id = @id", new { id, until });
        return await tx.FirstOrDefault<Row>($"SELECT {Columns} {From} WHERE x.entry_id = @id", new { id });
    }

    /// The same with whichever is due; null: none is.
    public static async Task<Row?> ClaimDue(Tx tx, Instant now, Instant until) =>
        await tx.Query<long>(
            """
            UPDATE external_calendars SET attempt = attempt + 1, next_fetch_at = @until
            WHERE entry_id IN (
                SELECT entry_id FROM external_calendars
                WHERE next_fetch_at <= @now AND person_id IN (SELECT person_id FROM accounts WHERE is_active = 1)
                ORDER BY next_fetch_at LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING entry_id
            """,
            new { now, until }) is [var id]
            ? await tx.FirstOrDefault<Row>($"SELECT {Columns} {From} WHERE x.entry_id = @id", new { id })
            : null;

    /// It as it is now, if this attempt is still the newest. The caller holds the owner's guard.
    public static Task<Row?> Newest(Tx tx, long id, long attempt) =>
        tx.FirstOrDefault<Row>($"SELECT {Columns} {From} WHERE x.entry_id = @id AND x.attempt = @attempt", new { id, attempt });

    public static Task Save(Tx tx, long id, Attempted a) => tx.Execute(
        """
        UPDATE external_calendars
        SET state = @State, is_unreachable = @unreachable, error = @Error, failures = @Failures, etag = @Etag, last_modified = @LastModified, digest = @Digest,
            basis = @Basis, refresh_ms = @RefreshMs, fetched_at = @FetchedAt, next_fetch_at = @NextFetchAt
        WHERE entry_id = @id
        """,
        new
        {
            id, a.State, unreachable = a.IsUnreachable ? 1L : 0L, a.Error, a.Failures, a.Etag, a.LastModified, a.Digest, a.Basis, a.RefreshMs, a.FetchedAt, a.NextFetchAt,
        });

    /// Makes its owner busy at all times to come, or ends that, as their calendars now want it. Says whether that changed anything. The caller holds the owner's guard.
    public static async Task<bool> Close(Tx tx, long person, Instant now)
    {
        var wanted = await tx.One<long>(
            "SELECT count(*) FROM external_calendars WHERE person_id = @person AND when_unreachable = 'closed' AND is_unreachable = 1", new { person }) > 0;
        var there = await AvailabilityRows.Of(tx, person, AvailabilityRows.Unreachable);
        if (wanted == (there.Count > 0))
            return false;
        foreach (var rule in there)
            await AvailabilityRows.Delete(tx, rule.Id);
        if (!wanted)
            return true;
        // From yesterday on, so that it holds on every zone's clocks; to the end of what can be searched.
        await AvailabilityRows.Add(
            tx, person,
            new AvailabilityRows.Rule
            {
                Kind = AvailabilityRows.Unreachable,
                LocalStart = AvailabilityRows.Start(now.InUtc().Date.PlusDays(-1)),
                LocalEnd = AvailabilityRows.Start(new LocalDate(SlotSearch.LastYear, 1, 1)),
            },
            now);
        return true;
    }

    /// Which of these names are Convene's own, also of what was deleted since.
    public static async Task<IReadOnlySet<string>> Own(Tx tx, IReadOnlyCollection<string> names)
    {
        var parameters = new { names = names.ToArray() };
        return names.Count == 0
            ? new HashSet<string>(StringComparer.Ordinal)
            : (await tx.Query<string>(
                """
                SELECT uuid FROM entries WHERE uuid = ANY(@names)
                UNION SELECT uuid FROM series WHERE uuid = ANY(@names)
                UNION SELECT entry_uuid FROM audit WHERE entry_uuid = ANY(@names)
                """,
                parameters)).ToHashSet(StringComparer.Ordinal);
    }
}
