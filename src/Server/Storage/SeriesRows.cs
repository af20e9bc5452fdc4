using Convene.Scheduling.Booking;
using Convene.Scheduling.Recurrence;
using Convene.Scheduling.Time;
using NodaTime;
using NodaTime.Text;

namespace Convene.Server.Storage;

/// Meetings that repeat: what their occurrences are made of. The occurrences themselves are entries.
public static class SeriesRows
{
    public sealed class Row
    {
        public long Id { get; init; }
        public string Uuid { get; init; } = "";
        public long OrganizerId { get; init; }
        public string Rule { get; init; } = "";
        public string Added { get; init; } = "";
        public string Dropped { get; init; } = "";
        public string Timezone { get; init; } = "";
        public string LocalStart { get; init; } = "";
        public long LengthMs { get; init; }
        public string Title { get; init; } = "";
        public string Description { get; init; } = "";
        public string Location { get; init; } = "";
        public long? ReminderMinutes { get; init; }
        public string OnConflict { get; init; } = "";
        public long Sequence { get; init; }
        public Instant? ExpandedUntil { get; init; }

        /// Null: from the start.
        public Instant? ExpandedFrom { get; init; }
        public string Kind { get; init; } = "";
        public string Transparency { get; init; } = "";
        public long AllDay { get; init; }
        public long LengthDays { get; init; }

        /// On its owner's calendar only.
        public bool IsPersonal => Kind == EventRows.Kind;

        public LocalDateTime Start => Wall(LocalStart);

        public Duration Length => Duration.FromMilliseconds(LengthMs);

        public DateTimeZone Zone => DateTimeZoneProviders.Tzdb.GetZoneOrNull(Timezone) ?? DateTimeZone.Utc;

        /// When an occurrence ends that begins at this time of its zone and is as the series says.
        public Instant EndOf(LocalDateTime wall) => LocalTimes.ToInstant(wall.PlusDays((int)LengthDays), Zone, LocalTimes.Rfc5545) + Length;

        public IReadOnlyList<LocalDateTime> DroppedTimes => Walls(Dropped);

        public IReadOnlyList<LocalDateTime> AddedTimes => Walls(Added);

        public Series Series => new(Start, Zone)
        {
            Rules = Rule.Length == 0 ? [] : [RecurrenceRule.Parse(Rule)],
            Length = new OccurrenceLength((int)LengthDays, Length),
            Added = [.. AddedTimes.Select(t => new GivenTime(t, null))],
            Dropped = [.. DroppedTimes.Select(t => new GivenTime(t, null))],
        };
    }

    /// <param name="Rule">Empty: only the start and what is added.</param>
    /// <param name="ExpandedUntil">Null: there will be no more.</param>
    public sealed record Definition(
        string Rule, IReadOnlyList<LocalDateTime> Added, IReadOnlyList<LocalDateTime> Dropped, DateTimeZone Zone, LocalDateTime Start, Duration Length,
        string Title, string Description, string Location, int? ReminderMinutes, string OnConflict, Instant? ExpandedUntil);

    /// Whoever is invited to all that is to come.
    public sealed class Person
    {
        public long SeriesId { get; init; }
        public long PersonId { get; init; }
        public string Name { get; init; } = "";
        public string Role { get; init; } = "";
    }

    private const string Select =
        """
        SELECT id, uuid, organizer_id, rule, added, dropped, timezone, local_start, length_ms, title, description, location, reminder_minutes,
               on_conflict, sequence, expanded_until, expanded_from, kind, transparency, all_day, length_days
        FROM series
        """;

    public static Task<long> Add(Tx tx, string uuid, long organizer, Definition d, Instant now) => tx.One<long>(
        """
        INSERT INTO series (uuid, organizer_id, rule, added, dropped, timezone, local_start, length_ms, title, description, location, reminder_minutes,
                            on_conflict, expanded_until, created_at, updated_at)
        VALUES (@uuid, @organizer, @Rule, @added, @dropped, @zone, @start, @length, @Title, @Description, @Location, @ReminderMinutes,
                @OnConflict, @ExpandedUntil, @now, @now)
        RETURNING id
        """,
        Parameters(d, now, new { uuid, organizer }));

    /// Kept from being changed by others until the end of the transaction.
    public static async Task<Row?> Hold(Tx tx, long id)
    {
        await tx.Query<long>("SELECT id FROM series WHERE id = @id FOR UPDATE", new { id });
        return await Find(tx, id);
    }

    public static Task<Row?> Find(Tx tx, long id) => tx.FirstOrDefault<Row>($"{Select} WHERE id = @id", new { id });

    public static Task<Row?> Find(Tx tx, string uuid) => tx.FirstOrDefault<Row>($"{Select} WHERE uuid = @uuid", new { uuid });

    public static Task<IReadOnlyList<Row>> Of(Tx tx, IEnumerable<long> ids) => tx.Query<Row>($"{Select} WHERE id = ANY(@ids)", new { ids = ids.ToArray() });

    public static Task Update(Tx tx, long id, Definition d, long sequence, Instant now) => tx.Execute(
        """
        UPDATE series
        SET rule = @Rule, added = @added, dropped = @dropped, timezone = @zone, local_start = @start, length_ms = @length, title = @Title,
            description = @Description, location = @Location, reminder_minutes = @ReminderMinutes, on_conflict = @OnConflict,
            expanded_until = @ExpandedUntil, sequence = @sequence, updated_at = @now
        WHERE id = @id
        """,
        Parameters(d, now, new { id, sequence }));

    /// It has no more occurrences than it has now.
    public static Task EndBefore(Tx tx, long id, string rule, IEnumerable<LocalDateTime> added, IEnumerable<LocalDateTime> dropped, Instant now) => tx.Execute(
        "UPDATE series SET rule = @rule, added = @added, dropped = @dropped, expanded_until = NULL, sequence = sequence + 1, updated_at = @now WHERE id = @id",
        new { id, rule, added = Text(added), dropped = Text(dropped), now });

    /// Leaves out more times.
    public static Task Drop(Tx tx, long id, IEnumerable<LocalDateTime> dropped, Instant now) => tx.Execute(
        "UPDATE series SET dropped = @dropped, sequence = sequence + 1, updated_at = @now WHERE id = @id", new { id, dropped = Text(dropped), now });

    public static Task Delete(Tx tx, long id) => tx.Execute("DELETE FROM series WHERE id = @id", new { id });

    public static Task<IReadOnlyList<Person>> People(Tx tx, long series) => tx.Query<Person>(
        "SELECT series_id, person_id, name, role FROM series_people WHERE series_id = @series ORDER BY person_id", new { series });

    public static Task Invite(Tx tx, long series, IEnumerable<(long Person, string Name, string Role)> people) => tx.InsertMany(
        "series_people", "series_id, person_id, name, role", [.. people.Select(p => new object?[] { series, p.Person, p.Name, p.Role })]);

    public static Task Uninvite(Tx tx, long series, IEnumerable<long> people) => tx.Execute(
        "DELETE FROM series_people WHERE series_id = @series AND person_id = ANY(@people)", new { series, people = people.ToArray() });

    /// Series with occurrences to come that are not entries yet, the longest overdue first; each is handed to one node.
    public static async Task<IReadOnlyList<Row>> ToExpand(Tx tx, Instant horizon, int most)
    {
        var due = await tx.Query<long>(
            "SELECT id FROM series WHERE expanded_until < @horizon ORDER BY expanded_until, id LIMIT @most FOR UPDATE SKIP LOCKED", new { horizon, most });
        return await Of(tx, due);
    }

    public static Task ExpandedTo(Tx tx, long id, Instant? until) => tx.Execute("UPDATE series SET expanded_until = @until WHERE id = @id", new { id, until });

    public static string Text(LocalDateTime wall) => LocalDateTimePattern.GeneralIso.Format(wall);

    public static LocalDateTime Wall(string text) => LocalDateTimePattern.GeneralIso.Parse(text).Value;

    internal static string Text(IEnumerable<LocalDateTime> walls) => string.Join(',', walls.Select(Text));

    private static LocalDateTime[] Walls(string list) => [.. list.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Wall)];

    private static object Parameters(Definition d, Instant now, object more)
    {
        var parameters = new Dapper.DynamicParameters(more);
        parameters.AddDynamicParams(new
        {
            d.Rule, d.Title, d.Description, d.Location, d.ReminderMinutes, d.OnConflict, d.ExpandedUntil,
            added = Text(d.Added),
            dropped = Text(d.Dropped),
            zone = d.Zone.Id, start = Text(d.Start), length = (long)d.Length.TotalMilliseconds, now,
        });
        return parameters;
    }
}
