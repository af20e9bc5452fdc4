using Convene.Scheduling.Booking;
using Convene.Scheduling.Time;
using NodaTime;

namespace Convene.Server.Storage;

/// The occurrences of series, many at once. One by one they are entries like any other.
public static class OccurrenceRows
{
    /// <param name="Wall">When the rule says it begins.</param>
    /// <param name="Seated">Who is invited to it; the host takes part anyway.</param>
    public sealed record New(string Uuid, LocalDateTime Wall, TimeRange When, Instant? RemindAt, IReadOnlyList<long> Seated);

    /// What becomes of one that stays.
    /// <param name="State">rescheduled or extended, if it moves; null: as it was.</param>
    public sealed record Changed(long Id, string? State, LocalDateTime Wall, TimeRange When, string Title, string Description, string Location, Instant? RemindAt);

    /// Who leaves and who joins one that stays.
    public sealed record Seats(long Id, TimeRange When, IReadOnlyList<long> Leaving, IReadOnlyList<long> Joining);

    /// Makes them entries, invites their people and takes their time. The caller holds the guards of everybody.
    public static async Task Add(
        Tx tx, long series, SeriesRows.Definition d, long organizer, IReadOnlyList<New> occurrences, IReadOnlyDictionary<long, (string Name, string Role)> people, Instant now)
    {
        await tx.InsertMany(
            "entries",
            "uuid, kind, organizer_id, title, description, location, status, timezone, local_start, local_end, tzdb, start_at, end_at, reminder_minutes, remind_at, "
            + "series_id, recurrence_id, created_at, updated_at",
            [
                .. occurrences.Select(o =>
                {
                    var times = new EntryRows.Times(o.When, d.Zone);
                    return new object?[]
                    {
                        o.Uuid, "meeting", organizer, d.Title, d.Description, d.Location, Words.Of(MeetingStatus.Scheduled), d.Zone.Id, times.LocalStart, times.LocalEnd,
                        DateTimeZoneProviders.Tzdb.VersionId, o.When.Start, o.When.End, (long?)d.ReminderMinutes, o.RemindAt, series, SeriesRows.Text(o.Wall), now, now,
                    };
                }),
            ]);
        var ids = (await tx.Query<(long Id, string Uuid)>("SELECT id, uuid FROM entries WHERE series_id = @series AND uuid = ANY(@uuids)", new { series, uuids = occurrences.Select(o => o.Uuid).ToArray() }))
            .ToDictionary(e => e.Uuid, e => e.Id, StringComparer.Ordinal);
        var pending = Words.Of(Answer.Pending);
        await tx.InsertMany(
            "participants", "entry_id, person_id, name, role, status, invited_at",
            [.. occurrences.SelectMany(o => o.Seated.Select(p => new object?[] { ids[o.Uuid], p, people[p].Name, people[p].Role, pending, now }))]);
        await tx.InsertMany(
            "busy", "person_id, start_at, end_at, entry_id",
            [.. occurrences.SelectMany(o => o.Seated.Append(organizer).Select(p => new object?[] { p, o.When.Start, o.When.End, ids[o.Uuid] }))]);
    }

    /// Changes many at once, each in its own way. They may move to another series.
    /// <param name="added">The places in the rule that others will be added at.</param>
    public static async Task Change(
        Tx tx, long series, SeriesRows.Definition d, IReadOnlyList<Changed> occurrences, IEnumerable<LocalDateTime> added, long sequence, Instant now)
    {
        // Two may exchange their places in the rule: none stands in another's way while they change.
        await tx.Execute("UPDATE entries SET recurrence_id = NULL, series_id = NULL WHERE id = ANY(@ids)", new { ids = occurrences.Select(o => o.Id).ToArray() });
        // What is over or was called off by itself and stands where one comes to is a meeting of its own from now on.
        await tx.Execute(
            "UPDATE entries SET recurrence_id = NULL, series_id = NULL WHERE series_id = @series AND recurrence_id = ANY(@walls)",
            new { series, walls = occurrences.Select(o => o.Wall).Concat(added).Select(SeriesRows.Text).ToArray() });
        foreach (var o in occurrences)
        {
            var times = new EntryRows.Times(o.When, d.Zone);
            await tx.Execute(
                """
                UPDATE entries
                SET title = @Title, description = @Description, location = @Location, timezone = @zone, local_start = @localStart, local_end = @localEnd,
                    tzdb = @tzdb, start_at = @start, end_at = @end, reminder_minutes = @reminder, remind_at = @RemindAt, series_id = @series, recurrence_id = @wall,
                    schedule_state = coalesce(@State, schedule_state), sequence = @sequence, version = version + 1, updated_at = @now
                WHERE id = @Id
                """,
                new
                {
                    o.Id, o.State, o.Title, o.Description, o.Location, o.RemindAt, zone = d.Zone.Id, localStart = times.LocalStart, localEnd = times.LocalEnd,
                    tzdb = DateTimeZoneProviders.Tzdb.VersionId, start = o.When.Start, end = o.When.End, reminder = d.ReminderMinutes, series, wall = SeriesRows.Text(o.Wall), sequence, now,
                });
        }
    }

    /// Takes people off and adds them, and takes everybody's time anew who holds it.
    public static async Task Seat(Tx tx, IReadOnlyList<Seats> occurrences, IReadOnlyDictionary<long, (string Name, string Role)> people, long organizer, Instant now)
    {
        foreach (var o in occurrences.Where(o => o.Leaving.Count > 0))
            await tx.Execute("DELETE FROM participants WHERE entry_id = @Id AND person_id = ANY(@leaving)", new { o.Id, leaving = o.Leaving.ToArray() });
        var pending = Words.Of(Answer.Pending);
        await tx.InsertMany(
            "participants", "entry_id, person_id, name, role, status, invited_at",
            [.. occurrences.SelectMany(o => o.Joining.Select(p => new object?[] { o.Id, p, people[p].Name, people[p].Role, pending, now }))]);
        var ids = occurrences.Select(o => o.Id).ToArray();
        await tx.Execute("DELETE FROM busy WHERE entry_id = ANY(@ids)", new { ids });
        var holding = (await ParticipantRows.Of(tx, ids)).Where(g => MeetingRules.HoldsTime(MeetingStatus.Scheduled, g.Answer)).ToLookup(g => g.EntryId, g => g.PersonId);
        await tx.InsertMany(
            "busy", "person_id, start_at, end_at, entry_id",
            [.. occurrences.SelectMany(o => holding[o.Id].Append(organizer).Select(p => new object?[] { p, o.When.Start, o.When.End, o.Id }))]);
    }

    /// In these occurrences, and in those to come.
    public static async Task Rename(Tx tx, long series, IEnumerable<long> entries, long person, string name, string role)
    {
        await tx.Execute("UPDATE participants SET name = @name, role = @role WHERE person_id = @person AND entry_id = ANY(@entries)", new { person, name, role, entries = entries.ToArray() });
        await tx.Execute("UPDATE series_people SET name = @name, role = @role WHERE person_id = @person AND series_id = @series", new { person, name, role, series });
    }

    /// What people answered to one occurrence goes for these too.
    public static async Task CarryAnswers(Tx tx, IReadOnlyList<New> occurrences, IEnumerable<ParticipantRows.Participant> answers)
    {
        var uuids = occurrences.Select(o => o.Uuid).ToArray();
        foreach (var alike in answers.Where(a => a.Answer != Answer.Pending).GroupBy(a => a.Status, StringComparer.Ordinal))
        {
            await tx.Execute(
                "UPDATE participants SET status = @status WHERE person_id = ANY(@people) AND entry_id IN (SELECT id FROM entries WHERE uuid = ANY(@uuids))",
                new { status = alike.Key, people = alike.Select(a => a.PersonId).ToArray(), uuids });
        }
    }

    public static Task Supersede(Tx tx, long series, long sequence) => tx.Execute("UPDATE entries SET sequence = @sequence WHERE series_id = @series AND sequence < @sequence", new { series, sequence });

    /// The host and everybody who takes part in any of a series.
    public static async Task<long[]> People(Tx tx, long series) =>
    [
        .. await tx.Query<long>(
            """
            SELECT organizer_id FROM series WHERE id = @series
            UNION SELECT person_id FROM series_people WHERE series_id = @series
            UNION SELECT t.person_id FROM participants t JOIN entries e ON e.id = t.entry_id WHERE e.series_id = @series
            """,
            new { series }),
    ];

    /// Calls them off, and frees the time that they took. The caller holds the guards of everybody.
    public static async Task Cancel(Tx tx, IReadOnlyList<EntryRows.Entry> entries, Instant now)
    {
        var ids = entries.Select(e => e.Id).ToArray();
        await tx.Execute(
            "UPDATE entries SET status = 'cancelled', remind_at = NULL, sequence = sequence + 1, version = version + 1, updated_at = @now WHERE id = ANY(@ids)",
            new { ids, now });
        await tx.Execute("DELETE FROM busy WHERE entry_id = ANY(@ids)", new { ids });
    }

    /// Those of the series with this UID that are not over and not called off, by start.
    public static async Task<long[]> ToCome(Tx tx, string series, Instant now) =>
    [
        .. await tx.Query<long>(
            "SELECT e.id FROM entries e JOIN series s ON s.id = e.series_id WHERE s.uuid = @series AND e.end_at > @now AND e.status = 'scheduled' ORDER BY e.start_at",
            new { series, now }),
    ];

    public static Task Delete(Tx tx, IEnumerable<long> ids) => tx.Execute("DELETE FROM entries WHERE id = ANY(@ids)", new { ids = ids.ToArray() });

    /// All of a series, by the time that the rule gives them; kept from being changed by others.
    public static async Task<IReadOnlyList<EntryRows.Entry>> Hold(Tx tx, long series)
    {
        await tx.Query<long>("SELECT id FROM entries WHERE series_id = @series ORDER BY id FOR UPDATE", new { series });
        return await EntryRows.OfSeries(tx, series);
    }
}
