using NodaTime;

namespace Convene.Server.Storage;

/// Rules of when somebody can be met. Whoever changes one holds the person's guard: bookings are decided from rules too.
public static class AvailabilityRows
{
    /// Hours of every week.
    public const string Weekly = "weekly";

    /// Weekly hours for meetings of a type; of the type focus time: for none.
    public const string Slot = "slot";

    /// The hours of one date, instead of the week's.
    public const string Hours = "hours";

    /// Hours of one date in which nothing can be booked.
    public const string Blocked = "blocked";

    public const string OutOfOffice = "out_of_office";

    /// All time to come, while a calendar elsewhere can't be read; made and ended by ExternalCalendarRows, and in no list of one's rules.
    public const string Unreachable = "unreachable";

    public sealed class Rule
    {
        public long Id { get; init; }
        public long PersonId { get; init; }
        public string Kind { get; init; } = "";

        /// 0 is Monday.
        public long? DayOfWeek { get; init; }
        public string LocalStart { get; init; } = "";
        public string LocalEnd { get; init; } = "";

        /// JSON; see RangesText.
        public string? Ranges { get; init; }
        public long? MeetingTypeId { get; init; }
        public long IsActive { get; init; } = 1;
        public string Reason { get; init; } = "";
        public Instant CreatedAt { get; init; }
        public Instant UpdatedAt { get; init; }

        /// The person's, whose clocks the rule is on; null: UTC.
        public string? Timezone { get; init; }

        public bool IsFocusTime => Kind == Slot && MeetingTypeId == MeetingTypeRows.FocusTime;
    }

    private const string Select =
        """
        SELECT r.id, r.person_id, r.kind, r.day_of_week, r.local_start, r.local_end, r.ranges, r.meeting_type_id, r.is_active, r.reason,
               r.created_at, r.updated_at, p.timezone
        FROM availability_rules r JOIN people p ON p.id = r.person_id
        """;

    private const string InDates = "(r.day_of_week IS NOT NULL OR (r.local_end > @from AND r.local_start < @after))";

    /// Every week's rules, and those of dates from one day to another (both in).
    public static Task<IReadOnlyList<Rule>> Of(Tx tx, IEnumerable<long> people, LocalDate from, LocalDate to) => tx.Query<Rule>(
        $"{Select} WHERE r.person_id = ANY(@people) AND {InDates} ORDER BY r.id",
        new { people = people.ToArray(), from = Start(from), after = End(to) });

    /// Only those that no booking may take.
    internal static (string Sql, object Parameters) Blocking(IEnumerable<long> people, LocalDate from, LocalDate to) => (
        $"""
        {Select}
        WHERE r.person_id = ANY(@people) AND {InDates} AND (r.kind IN ('blocked', 'out_of_office', 'unreachable') OR (r.kind = 'slot' AND r.meeting_type_id = @focus))
        ORDER BY r.id
        """,
        new { people = people.ToArray(), from = Start(from), after = End(to), focus = MeetingTypeRows.FocusTime });

    public static Task<IReadOnlyList<Rule>> Of(Tx tx, long person, string kind) =>
        tx.Query<Rule>($"{Select} WHERE r.person_id = @person AND r.kind = @kind ORDER BY r.day_of_week, r.local_start, r.id", new { person, kind });

    /// Of dates: all that are not over on this day, by date.
    public static Task<IReadOnlyList<Rule>> Dated(Tx tx, long person, LocalDate from, LocalDate? to) => tx.Query<Rule>(
        $"{Select} WHERE r.person_id = @person AND r.day_of_week IS NULL AND r.kind <> 'unreachable' AND r.local_end > @from AND (@after IS NULL OR r.local_start < @after) ORDER BY r.local_start, r.id",
        new { person, from = Start(from), after = to is { } last ? End(last) : null });

    public static Task<Rule?> Find(Tx tx, long id, long person) =>
        tx.FirstOrDefault<Rule>($"{Select} WHERE r.id = @id AND r.person_id = @person AND r.kind <> 'unreachable'", new { id, person });

    public static Task<Rule?> OnDate(Tx tx, long person, string kind, LocalDate date) => tx.FirstOrDefault<Rule>(
        $"{Select} WHERE r.person_id = @person AND r.kind = @kind AND r.local_start = @start", new { person, kind, start = Start(date) });

    public static Task<long> Add(Tx tx, long person, Rule rule, Instant now) => tx.One<long>(
        """
        INSERT INTO availability_rules (person_id, kind, day_of_week, local_start, local_end, ranges, meeting_type_id, is_active, reason, created_at, updated_at)
        VALUES (@person, @Kind, @DayOfWeek, @LocalStart, @LocalEnd, @Ranges, @MeetingTypeId, @IsActive, @Reason, @now, @now)
        RETURNING id
        """,
        new { person, rule.Kind, rule.DayOfWeek, rule.LocalStart, rule.LocalEnd, rule.Ranges, rule.MeetingTypeId, rule.IsActive, rule.Reason, now });

    public static Task Update(Tx tx, long id, Rule rule, Instant now) => tx.Execute(
        """
        UPDATE availability_rules
        SET kind = @Kind, day_of_week = @DayOfWeek, local_start = @LocalStart, local_end = @LocalEnd, ranges = @Ranges,
            meeting_type_id = @MeetingTypeId, is_active = @IsActive, reason = @Reason, updated_at = @now
        WHERE id = @id
        """,
        new { id, rule.Kind, rule.DayOfWeek, rule.LocalStart, rule.LocalEnd, rule.Ranges, rule.MeetingTypeId, rule.IsActive, rule.Reason, now });

    public static Task Delete(Tx tx, long id) => tx.Execute("DELETE FROM availability_rules WHERE id = @id", new { id });

    /// Makes the weekly hours exactly these, and the profile's summary of them; null: as if they had never set any.
    public static async Task ReplaceWeekly(Tx tx, long person, IReadOnlyCollection<(long Day, string Start, string End)>? hours, Instant now)
    {
        var open = hours is { Count: > 0 } ? hours : [.. Enumerable.Range(0, 7).Select(d => ((long)d, "09:00:00", "17:00:00"))];
        await tx.Execute(
            "UPDATE people SET working_hours_start = @start, working_hours_end = @end, working_days = @days WHERE id = @person",
            new
            {
                person,
                start = open.Min(h => h.Start),
                // Midnight, and what lies beyond it, is later than any other end.
                end = open.MaxBy(h => (string.CompareOrdinal(h.End, h.Start) <= 0, h.End)).End,
                days = hours is { Count: 0 } ? "" : string.Concat(open.Select(h => h.Day).Distinct().Order()),
            });
        await tx.Execute("DELETE FROM availability_rules WHERE person_id = @person AND kind = @kind", new { person, kind = Weekly });
        // Never open at all is something else than nothing set: a rule that is not active says it.
        if (hours is { Count: 0 })
            await Add(tx, person, new Rule { Kind = Weekly, DayOfWeek = 0, LocalStart = "00:00:00", LocalEnd = "00:00:00", IsActive = 0 }, now);
        await AddWeekly(tx, person, Weekly, null, hours ?? [], now);
    }

    /// Makes the focus time exactly this.
    public static async Task ReplaceFocusTime(Tx tx, long person, IEnumerable<(long Day, string Start, string End)> hours, Instant now)
    {
        await tx.Execute(
            "DELETE FROM availability_rules WHERE person_id = @person AND kind = @kind AND meeting_type_id = @focus",
            new { person, kind = Slot, focus = MeetingTypeRows.FocusTime });
        await AddWeekly(tx, person, Slot, MeetingTypeRows.FocusTime, hours, now);
    }

    public static string Start(LocalDate date) => Text(date) + "T00:00:00";

    /// The next day's midnight.
    public static string End(LocalDate date) => Start(date.PlusDays(1));

    private static Task AddWeekly(Tx tx, long person, string kind, long? type, IEnumerable<(long Day, string Start, string End)> hours, Instant now) => tx.InsertMany(
        "availability_rules",
        "person_id, kind, day_of_week, local_start, local_end, meeting_type_id, is_active, created_at, updated_at",
        [.. hours.Select(h => new object?[] { person, kind, h.Day, h.Start, h.End, type, type == MeetingTypeRows.FocusTime ? 0L : 1L, now, now })]);

    private static string Text(LocalDate date) => NodaTime.Text.LocalDatePattern.Iso.Format(date);
}
