using Convene.Scheduling.Booking;
using Convene.Scheduling.Time;
using NodaTime;

namespace Convene.Server.Storage;

/// Entries: whatever is on somebody's calendar. Meetings are the kind that others are invited to.
public static class EntryRows
{
    public sealed class Entry
    {
        public long Id { get; init; }
        public string Uuid { get; init; } = "";
        public long OrganizerId { get; init; }
        public string OrganizerEmail { get; init; } = "";
        public string OrganizerName { get; init; } = "";
        public string Title { get; init; } = "";
        public string Description { get; init; } = "";
        public string Location { get; init; } = "";
        public string Status { get; init; } = "";
        public string Timezone { get; init; } = "";
        public Instant StartAt { get; init; }
        public Instant EndAt { get; init; }
        public long Sequence { get; init; }
        public long Version { get; init; }
        public long? ReminderMinutes { get; init; }
        public long? MeetingTypeId { get; init; }

        /// rescheduled or extended; null: neither.
        public string? ScheduleState { get; init; }
        public long ParticipantsMayEdit { get; init; }

        /// Other times proposed that nobody has answered yet.
        /// Of one that was asked for by itself.
        public long OpenProposals { get; init; }

        /// The series that it is an occurrence of; null: it stands alone.
        public long? SeriesId { get; init; }
        public string? SeriesUuid { get; init; }
        public string? SeriesRule { get; init; }
        public string? SeriesTimezone { get; init; }

        /// The wall time that the series gives it.
        public string? RecurrenceId { get; init; }
        public Instant CreatedAt { get; init; }
        public Instant UpdatedAt { get; init; }
        public long AllDay { get; init; }
        public string Transparency { get; init; } = "";

        /// Its time is not taken; only personal events are ever like that.
        public bool IsFree => Transparency == EventRows.Free;

        public TimeRange When => new(StartAt, EndAt);

        /// As it will be read once it is added.
        public static Entry Of(long id, New meeting, string organizerEmail, string organizerName, Instant now) => new()
        {
            Id = id, Uuid = meeting.Uuid, OrganizerId = meeting.Organizer, OrganizerEmail = organizerEmail, OrganizerName = organizerName,
            Title = meeting.Title, Description = meeting.Description, Location = meeting.Location, Status = Words.Of(meeting.Status), Timezone = meeting.Times.Zone.Id,
            StartAt = Milliseconds(meeting.Times.When.Start), EndAt = Milliseconds(meeting.Times.When.End), Version = 1, ReminderMinutes = meeting.ReminderMinutes,
            MeetingTypeId = meeting.MeetingType, ParticipantsMayEdit = meeting.ParticipantsMayEdit ? 1 : 0, CreatedAt = Milliseconds(now), UpdatedAt = Milliseconds(now),
            Transparency = "busy",
        };

        // What is finer is not stored.
        private static Instant Milliseconds(Instant instant) => Instant.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds());
    }

    private const string Columns =
        """
        e.id, e.uuid, e.organizer_id, coalesce(o.email, oa.pending_email, '') AS organizer_email, o.name AS organizer_name,
        e.title, e.description, e.location, e.status, e.timezone, e.start_at, e.end_at, e.sequence, e.version, e.reminder_minutes,
        e.meeting_type_id, e.schedule_state, e.participants_may_edit,
        e.series_id, e.recurrence_id, s.uuid AS series_uuid, s.rule AS series_rule, s.timezone AS series_timezone, e.created_at, e.updated_at,
        e.all_day, e.transparency
        """;

    private const string From =
        "FROM entries e JOIN people o ON o.id = e.organizer_id LEFT JOIN accounts oa ON oa.person_id = e.organizer_id LEFT JOIN series s ON s.id = e.series_id";

    private const string Select = $"SELECT {Columns}, (SELECT count(*) FROM proposals p WHERE p.entry_id = e.id AND {ProposalRows.IsOpen}) AS open_proposals {From}";

    // Where nobody asks for proposals: many at once.
    private const string SelectMany = $"SELECT {Columns} {From}";

    // Ownership is in the query: what somebody may not see is not there. (Of one entry: both engines look it up first.)
    private const string VisibleTo =
        "(e.organizer_id = @viewer OR EXISTS (SELECT 1 FROM participants v WHERE v.entry_id = e.id AND v.person_id = @viewer))";

    // Of many: an OR would have PostgreSQL read all entries of everybody; here both engines begin with what is somebody's.
    private static readonly string SeenByViewer = $"e.id IN ({IdsOf("@viewer")})";

    private static readonly string TakenPartIn = $"e.id IN ({TakenPartBy("@person")})";

    /// A query for the ids of the entries that are somebody's: owned, hosted, or invited to. What takes up their time busy time has, in the order of people; the two indexes
    /// by person have only the rest (docs/decisions/0033-busy-time-finds-a-persons-entries.md).
    internal static string IdsOf(string person) => IdsOf(person, "");

    /// The same without what they have declined.
    internal static string TakenPartBy(string person) => IdsOf(person, " AND status <> 'declined'");

    private static string IdsOf(string person, string answer) =>
        $"SELECT entry_id FROM busy WHERE person_id = {person}"
        + $" UNION SELECT id FROM entries WHERE organizer_id = {person} AND in_busy = 0"
        + $" UNION SELECT entry_id FROM participants WHERE person_id = {person} AND in_busy = 0{answer}";

    /// The meeting, if the viewer hosts it or is invited to it.
    public static Task<Entry?> Visible(Tx tx, string uuid, long viewer) =>
        tx.FirstOrDefault<Entry>($"{Select} WHERE e.uuid = @uuid AND e.kind = 'meeting' AND {VisibleTo}", new { uuid, viewer });

    public static Task<IReadOnlyList<Entry>> Of(Tx tx, IEnumerable<long> ids) => tx.Query<Entry>($"{Select} WHERE e.id = ANY(@ids)", new { ids = ids.ToArray() });

    public static Task<Entry?> Find(Tx tx, long id) => tx.FirstOrDefault<Entry>($"{Select} WHERE e.id = @id", new { id });

    public static Task<long?> IdOf(Tx tx, string uuid) => tx.FirstOrDefault<long?>("SELECT id FROM entries WHERE uuid = @uuid AND kind = 'meeting'", new { uuid });

    /// All occurrences of a series, by the time that the series gives them.
    public static Task<IReadOnlyList<Entry>> OfSeries(Tx tx, long series) => tx.Query<Entry>($"{SelectMany} WHERE e.series_id = @series ORDER BY e.recurrence_id", new { series });

    /// The occurrences of these series that a person hosts or is invited to and has not declined, by the time that the series gives them.
    public static Task<IReadOnlyList<Entry>> OfSeries(Tx tx, long[] series, long person) => tx.Query<Entry>(
        $"""
        {SelectMany}
        WHERE e.series_id = ANY(@series)
          AND {TakenPartIn}
        ORDER BY e.series_id, e.recurrence_id
        """,
        new { series, person });

    /// The id of the meeting with this number, if the viewer sees it.
    public static Task<string?> NameOf(Tx tx, long number, long viewer) => tx.FirstOrDefault<string>(
        $"SELECT e.uuid FROM entries e WHERE e.id = @number AND e.kind = 'meeting' AND {VisibleTo}", new { number, viewer });

    /// The same, kept from being changed by others until the end of the transaction.
    public static async Task<Entry?> Hold(Tx tx, string uuid, long viewer)
    {
        await tx.Query<long>("SELECT id FROM entries WHERE uuid = @uuid FOR UPDATE", new { uuid });
        return await Visible(tx, uuid, viewer);
    }

    /// For an administrator, whoever's it is; kept from being changed by others until the end of the transaction.
    public static async Task<Entry?> HoldAny(Tx tx, string uuid)
    {
        await tx.Query<long>("SELECT id FROM entries WHERE uuid = @uuid FOR UPDATE", new { uuid });
        return await tx.FirstOrDefault<Entry>($"{Select} WHERE e.uuid = @uuid AND e.kind = 'meeting'", new { uuid });
    }

    public sealed record Filter
    {
        public required long Viewer { get; init; }
        public string? Status { get; init; }
        public Instant? From { get; init; }
        public Instant? To { get; init; }
        public Instant? EndsAfter { get; init; }
        public string? Search { get; init; }

        /// Only occurrences of this series.
        public string? Series { get; init; }
        public string OrderBy { get; init; } = "start_time";
        public bool Descending { get; init; }
        public required int Limit { get; init; }
        public int Offset { get; init; }
    }

    public static async Task<(IReadOnlyList<Entry> Entries, long Total)> List(Tx tx, Filter filter)
    {
        // Only our own words are put into the text; what callers send travels as parameters.
        var order = filter.OrderBy switch
        {
            "end_time" => "e.end_at",
            "created_at" => "e.created_at",
            "title" => "lower(e.title)",
            _ => "e.start_at",
        };
        var where = $"WHERE e.kind = 'meeting' AND {SeenByViewer}"
            + (filter.Status is null ? "" : " AND e.status = @status")
            + (filter.From is null ? "" : " AND e.start_at >= @from")
            + (filter.To is null ? "" : " AND e.start_at < @to")
            + (filter.EndsAfter is null ? "" : " AND e.end_at > @endsAfter")
            + (filter.Series is null ? "" : " AND e.series_id = (SELECT id FROM series WHERE uuid = @series)")
            + (filter.Search is null ? "" : " AND (lower(e.title) LIKE @search ESCAPE '!' OR lower(e.description) LIKE @search ESCAPE '!' OR lower(e.location) LIKE @search ESCAPE '!')");
        var direction = filter.Descending ? "DESC" : "ASC";
        var parameters = new
        {
            viewer = filter.Viewer,
            status = filter.Status,
            from = filter.From,
            to = filter.To,
            endsAfter = filter.EndsAfter,
            series = filter.Series,
            search = filter.Search is null ? null : $"%{Escape(filter.Search.ToLowerInvariant())}%",
            limit = filter.Limit,
            offset = filter.Offset,
        };
        // First which, then what they are: only ids are sorted, not whole rows.
        var sorted = $"ORDER BY {order} {direction}, e.id {direction}";
        var entries = await tx.Query<Entry>($"{SelectMany} WHERE e.id IN (SELECT e.id FROM entries e {where} {sorted} LIMIT @limit OFFSET @offset) {sorted}", parameters);
        var total = filter.Offset == 0 && entries.Count < filter.Limit
            ? entries.Count
            : await tx.One<long>($"SELECT count(*) FROM entries e {where}", parameters);
        return (entries, total);
    }

    /// The person's meetings that are on and overlap a window: hosted, or invited to and not declined; by start.
    public static Task<IReadOnlyList<Entry>> Overlapping(Tx tx, long person, TimeRange window, int most) => tx.Query<Entry>(
        $"""
        {SelectMany}
        WHERE e.kind = 'meeting' AND e.status = 'scheduled' AND e.start_at < @end AND e.end_at > @start
          AND {TakenPartIn}
        ORDER BY e.start_at, e.id LIMIT @most
        """,
        new { person, start = window.Start, end = window.End, most });

    /// The meetings that are on which this person hosts and that begin in a window; kept from being changed by others, in id order.
    public static async Task<IReadOnlyList<Entry>> HoldHosted(Tx tx, long host, TimeRange window)
    {
        var which = $"e.id IN ({IdsOf("@host")}) AND e.kind = 'meeting' AND e.status = 'scheduled' AND e.organizer_id = @host AND e.start_at >= @start AND e.start_at < @end";
        await tx.Query<long>($"SELECT e.id FROM entries e WHERE {which} ORDER BY e.id FOR UPDATE", new { host, start = window.Start, end = window.End });
        return await tx.Query<Entry>($"{Select} WHERE {which} ORDER BY e.start_at, e.id", new { host, start = window.Start, end = window.End });
    }

    /// What a new time makes of a meeting: extended if only the end moves away, else rescheduled.
    public static string MoveOf(TimeRange before, TimeRange after) => after.Start == before.Start && after.End > before.End ? "extended" : "rescheduled";

    public static Task MarkMoved(Tx tx, long id, TimeRange before, TimeRange after) =>
        tx.Execute("UPDATE entries SET schedule_state = @state WHERE id = @id", new { id, state = MoveOf(before, after) });

    /// Moves a meeting.
    public static Task Move(Tx tx, long id, Times times, Instant? remindAt, Instant now) => tx.Execute(
        """
        UPDATE entries
        SET timezone = @zone, local_start = @localStart, local_end = @localEnd, tzdb = @tzdb, start_at = @start, end_at = @end,
            remind_at = @remindAt, sequence = sequence + 1, version = version + 1, updated_at = @now
        WHERE id = @id
        """,
        new
        {
            id, zone = times.Zone.Id, localStart = times.LocalStart, localEnd = times.LocalEnd, tzdb = DateTimeZoneProviders.Tzdb.VersionId,
            start = times.When.Start, end = times.When.End, remindAt, now,
        });

    /// The person's meetings that are on and not over yet: hosted, or invited to and not declined; by start.
    public static Task<IReadOnlyList<Entry>> Upcoming(Tx tx, long person, Instant now, int most) => tx.Query<Entry>(
        $"""
        {SelectMany}
        WHERE e.kind = 'meeting' AND e.status = 'scheduled' AND e.end_at > @now
          AND {TakenPartIn}
        ORDER BY e.start_at, e.id LIMIT @most
        """,
        new { person, now, most });

    /// Whatever is on the person's calendar and is not over before a time: their meetings but those they declined, and their own events; by start.
    public static Task<IReadOnlyList<Entry>> OnCalendar(Tx tx, long person, Instant from, int most) => tx.Query<Entry>(
        $"""
        {SelectMany}
        WHERE e.kind IN ('meeting', 'event') AND e.status = 'scheduled' AND e.end_at > @from
          AND {TakenPartIn}
        ORDER BY e.start_at, e.id LIMIT @most
        """,
        new { person, from, most });

    public sealed record Times(TimeRange When, DateTimeZone Zone)
    {
        internal string LocalStart => Local(When.Start);

        internal string LocalEnd => Local(When.End);

        private string Local(Instant instant) => NodaTime.Text.LocalDateTimePattern.ExtendedIso.Format(instant.InZone(Zone).LocalDateTime);
    }

    public sealed record New(
        string Uuid, long Organizer, string Title, string Description, string Location, MeetingStatus Status, Times Times,
        int? ReminderMinutes, Instant? RemindAt, long? MeetingType, bool ParticipantsMayEdit);

    /// Their ids, by uuid.
    public static async Task<IReadOnlyDictionary<string, long>> Add(Tx tx, IReadOnlyCollection<New> meetings, Instant now) => (await tx.InsertMany<(long Id, string Uuid)>(
        "entries", NewColumns, [.. meetings.Select(m => Row(m, now))], "id, uuid")).ToDictionary(e => e.Uuid, e => e.Id, StringComparer.Ordinal);

    private const string NewColumns =
        "uuid, kind, organizer_id, title, description, location, status, timezone, local_start, local_end, tzdb, start_at, end_at, reminder_minutes, remind_at, "
        + "meeting_type_id, participants_may_edit, created_at, updated_at";

    private static object?[] Row(New m, Instant now) =>
    [
        m.Uuid, "meeting", m.Organizer, m.Title, m.Description, m.Location, Words.Of(m.Status), m.Times.Zone.Id, m.Times.LocalStart, m.Times.LocalEnd,
        DateTimeZoneProviders.Tzdb.VersionId, m.Times.When.Start, m.Times.When.End, m.ReminderMinutes, m.RemindAt,
        m.MeetingType, m.ParticipantsMayEdit ? 1L : 0L, now, now,
    ];

    /// With numbers of their own; those that take time get the host's busy time in the same transaction.
    public static Task AddNumbered(Tx tx, IEnumerable<(long Id, New Meeting, bool TakesTime)> meetings, Instant now) =>
        tx.InsertMany("entries", $"id, {NewColumns}, in_busy", [.. meetings.Select(m => (object?[])[m.Id, .. Row(m.Meeting, now), m.TakesTime ? 1L : 0L])]);

    public static Task Update(
        Tx tx, long id, string title, string description, string location, MeetingStatus status,
        Times times, int? reminderMinutes, Instant? remindAt, long sequence, Instant now) => tx.Execute(
        """
        UPDATE entries
        SET title = @title, description = @description, location = @location, status = @status, timezone = @zone,
            local_start = @localStart, local_end = @localEnd, tzdb = @tzdb, start_at = @start, end_at = @end,
            reminder_minutes = @reminderMinutes, remind_at = @remindAt, sequence = @sequence, version = version + 1, updated_at = @now
        WHERE id = @id
        """,
        new
        {
            id, title, description, location, status = Words.Of(status), zone = times.Zone.Id, localStart = times.LocalStart,
            localEnd = times.LocalEnd, tzdb = DateTimeZoneProviders.Tzdb.VersionId, start = times.When.Start, end = times.When.End,
            reminderMinutes, remindAt, sequence, now,
        });

    public static Task Cancel(Tx tx, long id, Instant now) => tx.Execute(
        "UPDATE entries SET status = 'cancelled', remind_at = NULL, sequence = sequence + 1, version = version + 1, updated_at = @now WHERE id = @id",
        new { id, now });

    /// What was told about it so far is outdated (iCalendar SEQUENCE).
    public static Task Supersede(Tx tx, long id, Instant now) =>
        tx.Execute("UPDATE entries SET sequence = sequence + 1, version = version + 1, updated_at = @now WHERE id = @id", new { id, now });

    /// Somebody's answer is no change of the meeting itself.
    public static Task Answered(Tx tx, long id) => tx.Execute("UPDATE entries SET version = version + 1 WHERE id = @id", new { id });

    public static Task Answered(Tx tx, IEnumerable<long> ids) => tx.Execute("UPDATE entries SET version = version + 1 WHERE id = ANY(@ids)", new { ids = ids.ToArray() });

    public static Task Touch(Tx tx, long id, Instant now) => tx.Execute("UPDATE entries SET version = version + 1, updated_at = @now WHERE id = @id", new { id, now });

    public static Task Delete(Tx tx, long id) => tx.Execute("DELETE FROM entries WHERE id = @id", new { id });

    /// Takes the meetings whose reminder is due; each is handed out once.
    public static async Task<(int Claimed, IReadOnlyList<Entry> Coming)> ClaimReminders(Tx tx, Instant now, int most)
    {
        var due = await tx.Query<long>(
            """
            UPDATE entries SET remind_at = NULL
            WHERE id IN (SELECT id FROM entries WHERE remind_at <= @now ORDER BY remind_at LIMIT @most FOR UPDATE SKIP LOCKED)
            RETURNING id
            """,
            new { now, most });
        // One that has begun long ago (the server was down) needs no reminder any more; one that begins right now may want just that.
        var begun = now - Duration.FromMinutes(1);
        return (due.Count, await tx.Query<Entry>($"{Select} WHERE e.id = ANY(@due) AND e.start_at > @begun", new { due = due.ToArray(), begun }));
    }

    private static string Escape(string search) =>
        search.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal);
}
