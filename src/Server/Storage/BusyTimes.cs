using Convene.Scheduling.Availability;
using Convene.Scheduling.Booking;
using Convene.Scheduling.Time;
using NodaTime;

namespace Convene.Server.Storage;

/// The hot query: what takes up these people's time, and what of it the asker may see.
public static class BusyTimes
{
    public sealed class Row
    {
        /// Which of several questions it answers, from 0.
        public long Question { get; init; }
        public long PersonId { get; init; }

        /// 0: a rule blocks the time, no entry.
        public long EntryId { get; init; }
        public Instant StartAt { get; init; }
        public Instant EndAt { get; init; }
        public string Uuid { get; init; } = "";
        public string Title { get; init; } = "";

        /// 1 if the asker hosts the entry or takes part in it.
        public long Visible { get; init; }

        public Obstacle Kind { get; init; } = Obstacle.Busy;

        /// Of somebody who does not show their time to the asker: what was asked about, which is all that they are told of it.
        public TimeRange? Veil { get; set; }

        public BusyTime Busy => new(PersonId, EntryId, new TimeRange(StartAt, EndAt));
    }

    /// Who is asked about, when, and for whom.
    public sealed record Question(IReadOnlyCollection<long> People, TimeRange When, long Viewer);

    /// Entries, and what people's own rules block: focus time, blocked hours, absences.
    public static async Task<IReadOnlyList<Row>> Overlapping(Tx tx, IEnumerable<long> people, TimeRange when, long viewer) =>
        (await Overlapping(tx, [new Question([.. people.Distinct()], when, viewer)]))[0];

    /// The answers to several questions, in two statements, and one round trip; where somebody is busy, another says whether they show it.
    public static async Task<IReadOnlyList<IReadOnlyList<Row>>> Overlapping(Tx tx, IReadOnlyList<Question> questions)
    {
        IReadOnlyList<IReadOnlyList<Row>> answers;
        await using (var found = await tx.Several(AskEntries(questions), Schedules.AskBlocks(Windows(questions))))
            answers = Answers(questions, [.. await found.ReadAsync<Row>()], [.. await found.ReadAsync<AvailabilityRows.Rule>()]);
        await Veil(tx, questions, answers);
        return answers;
    }

    internal static IReadOnlyList<(IReadOnlyCollection<long> People, TimeRange When)> Windows(IReadOnlyList<Question> questions) => [.. questions.Select(q => (q.People, q.When))];

    internal static IReadOnlyList<IReadOnlyList<Row>> Answers(IReadOnlyList<Question> questions, IReadOnlyList<Row> taken, IReadOnlyList<AvailabilityRows.Rule> rules)
    {
        var entries = taken.ToLookup(r => r.Question);
        var blocks = Schedules.Blocks(Windows(questions), rules);
        return
        [
            .. questions.Select((q, n) => blocks[n].Count == 0
                ? [.. entries[n]]
                : (IReadOnlyList<Row>)[.. entries[n].Concat(blocks[n].Select(b => Blocked(b.Person, b.Kind, b.Range, q.Viewer))).OrderBy(r => r.StartAt).ThenBy(r => r.EntryId)]),
        ];
    }

    /// Of people who don't show their time to who asks, no more is told than that they are busy.
    internal static async Task Veil(Tx tx, IReadOnlyList<Question> questions, IReadOnlyList<IReadOnlyList<Row>> answers)
    {
        var rows = questions.SelectMany((q, n) => answers[n].Where(r => r.PersonId != q.Viewer && r.Visible == 0).Select(r => (Row: r, Question: q))).ToList();
        var chosen = (await Visibility.Chosen(tx, rows.Select(r => r.Row.PersonId))).ToDictionary(c => c.Id);
        foreach (var asked in rows.Where(r => chosen.ContainsKey(r.Row.PersonId)).GroupBy(r => r.Question.Viewer))
        {
            var hidden = await Visibility.Hidden(tx, asked.Select(r => chosen[r.Row.PersonId]).Distinct(), asked.Key);
            foreach (var (row, question) in asked.Where(r => hidden.Contains(r.Row.PersonId)))
                row.Veil = question.When;
        }
    }

    /// One row for each of these people who has set hours, if the time is not wholly inside them. (Who has set none is there all day.)
    public static async Task<IReadOnlyList<Row>> OutsideHours(Tx tx, IEnumerable<long> people, TimeRange when, long viewer)
    {
        var known = await PeopleRows.ById(tx, people);
        var rules = await Schedules.Of(tx, [.. known.Select(p => (p.Id, p.Timezone))], when);
        return [.. rules.Where(r => !r.Value.OpenAllDayUnlessSet().OpenHours(when).Covers(when)).Select(r => Blocked(r.Key, Obstacle.OutsideHours, when, viewer))];
    }

    /// Only when entries take up these people's time, not what they are: of a thousand people at once.
    public static async Task<IReadOnlyList<(long PersonId, TimeRange Range)>> Ranges(Tx tx, IEnumerable<long> people, TimeRange when) =>
    [
        .. (await tx.Query<(long Person, long Start, long End)>(
            """
            SELECT b.person_id, b.start_at, b.end_at
            FROM calendars c
            JOIN busy b ON b.person_id = c.person_id AND b.start_at < @end AND b.end_at > @start
              AND b.start_at > @start - (SELECT l.longest_ms FROM calendars l WHERE l.person_id = c.person_id)
            WHERE c.person_id = ANY(@people)
            """,
            new { people = people.ToArray(), start = when.Start, end = when.End }))
            .Select(b => (b.Person, new TimeRange(Instant.FromUnixTimeMilliseconds(b.Start), Instant.FromUnixTimeMilliseconds(b.End)))),
    ];

    /// Only what entries take up.
    public static Task<IReadOnlyList<Row>> Entries(Tx tx, IEnumerable<long> people, TimeRange when, long viewer)
    {
        var (sql, parameters) = AskEntries([new Question([.. people.Distinct()], when, viewer)]);
        return tx.Query<Row>(sql, parameters);
    }

    // How long a person's entries last at most stands in a subquery: as a join PostgreSQL would read all of their past, and everybody's calendars. Who asks is counted, at most
    // once: of EXISTS it would make a table of all participants in the store, wherever a few people meet often.
    internal static (string Sql, object Parameters) AskEntries(IReadOnlyList<Question> questions) => (
        """
        SELECT q.question, b.person_id, b.entry_id, b.start_at, b.end_at, e.uuid, e.title,
               CASE WHEN e.organizer_id = q.viewer
                      OR (SELECT count(*) FROM participants v WHERE v.entry_id = e.id AND v.person_id = q.viewer) > 0
                    THEN 1 ELSE 0 END AS visible
        FROM json_to_recordset(@questions::json) AS q(question bigint, person bigint, start_at bigint, end_at bigint, viewer bigint)
        JOIN busy b ON b.person_id = q.person AND b.start_at < q.end_at AND b.end_at > q.start_at
          AND b.start_at > q.start_at - (SELECT c.longest_ms FROM calendars c WHERE c.person_id = q.person)
        JOIN entries e ON e.id = b.entry_id
        ORDER BY b.start_at, b.entry_id
        """,
        new { questions = JsonRows.Of(["question", "person", "start_at", "end_at", "viewer"], questions.SelectMany((q, n) => q.People.Select(p => new object?[] { n, p, q.When.Start, q.When.End, q.Viewer }))) });

    private static Row Blocked(long person, Obstacle kind, TimeRange range, long viewer) => new()
    {
        PersonId = person,
        StartAt = range.Start,
        EndAt = range.End,
        Title = kind switch
        {
            Obstacle.FocusTime => "Focus time",
            Obstacle.OutOfOffice => "Out of office",
            Obstacle.OutsideHours => "Outside hours",
            Obstacle.CalendarUnreachable => "Calendar unreachable",
            _ => "Blocked",
        },
        Visible = person == viewer ? 1 : 0,
        Kind = kind,
    };

    /// Makes the entry take up exactly these people's time. The caller holds the guards of everybody it concerns.
    public static async Task Replace(Tx tx, long entry, TimeRange when, IReadOnlyCollection<long> people)
    {
        await tx.Execute("DELETE FROM busy WHERE entry_id = @entry", new { entry });
        await Add(tx, entry, when, people);
    }

    public static Task Add(Tx tx, long entry, TimeRange when, IEnumerable<long> people) => Add(tx, people.Select(p => (p, when, entry)));

    public static Task Add(Tx tx, IEnumerable<(long Person, TimeRange When, long Entry)> busy) =>
        tx.InsertMany("busy", "person_id, start_at, end_at, entry_id", [.. busy.Select(b => new object?[] { b.Person, b.When.Start, b.When.End, b.Entry })]);

    public static Task Add(Tx tx, long person, IEnumerable<(long Entry, TimeRange When)> entries) => Add(tx, entries.Select(e => (person, e.When, e.Entry)));

    /// Makes the entry take up exactly these ranges, none of which overlaps another, and writes only what differs. Says whether anything that ends after `now` did.
    public static async Task<bool> Replace(Tx tx, long entry, long person, IReadOnlyCollection<TimeRange> ranges, Instant now)
    {
        var before = (await tx.Query<(long Start, long End)>("SELECT start_at, end_at FROM busy WHERE entry_id = @entry", new { entry }))
            .Select(b => new TimeRange(Instant.FromUnixTimeMilliseconds(b.Start), Instant.FromUnixTimeMilliseconds(b.End))).ToHashSet();
        var after = ranges.ToHashSet();
        var (gone, come) = (before.Except(after).ToList(), after.Except(before).ToList());
        await tx.Execute(
            "DELETE FROM busy WHERE entry_id = @entry AND person_id = @person AND start_at = ANY(@starts)",
            new { entry, person, starts = gone.Select(r => r.Start.ToUnixTimeMilliseconds()).ToArray() });
        await Add(tx, person, come.Select(r => (entry, r)));
        return gone.Concat(come).Any(r => r.End > now);
    }

    public static Task Free(Tx tx, IEnumerable<long> entries, long person) =>
        tx.Execute("DELETE FROM busy WHERE entry_id = ANY(@entries) AND person_id = @person", new { entries = entries.ToArray(), person });

    public static Task Free(Tx tx, long entry, long person) =>
        tx.Execute("DELETE FROM busy WHERE entry_id = @entry AND person_id = @person", new { entry, person });
}
