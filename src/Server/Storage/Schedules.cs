using System.Text.Json;
using Convene.Scheduling.Availability;
using Convene.Scheduling.Time;
using NodaTime;
using NodaTime.Text;

namespace Convene.Server.Storage;

/// People's rules as schedules. What is offered of somebody who has set nothing is each door's own default.
public static class Schedules
{
    /// One person's rules, read for some time.
    public sealed class Rules
    {
        private readonly IReadOnlyList<AvailabilityRows.Rule> rules;

        public Rules(DateTimeZone zone, IReadOnlyList<AvailabilityRows.Rule> rules)
        {
            Zone = zone;
            this.rules = rules;
        }

        public DateTimeZone Zone { get; }

        /// What they say, as text: rules with the same text make the same schedule.
        public string Text => string.Join('|', rules.Select(r => $"{r.Kind},{r.DayOfWeek},{r.LocalStart},{r.LocalEnd},{r.Ranges},{r.MeetingTypeId},{r.IsActive}").Prepend(Zone.Id));

        /// Weekly hours, as set through any door; null if they have set none.
        public IReadOnlyList<(IsoDayOfWeek Day, DailyHours Hours)>? Weekly =>
            rules.Any(r => r.Kind == AvailabilityRows.Weekly) ? Week() : Slots is { Count: > 0 } slots ? slots : null;

        /// Each by itself: a booking through system 4 lies in one of them. Who has set none offers their weekly hours.
        public IReadOnlyList<(IsoDayOfWeek Day, DailyHours Hours)> Offered => rules.Any(r => r.Kind == AvailabilityRows.Slot && !r.IsFocusTime) ? Slots : Week();

        public IReadOnlyList<(IsoDayOfWeek Day, DailyHours Hours)> FocusTime => [.. rules.Where(r => r.IsFocusTime).Select(Daily)];

        /// As system 3 has it: hours that were set hold, otherwise the whole day is open.
        public Schedule OpenAllDayUnlessSet() =>
            With(rules.Any(r => r.Kind == AvailabilityRows.Weekly) ? Week() : Schedule.Week(default));

        public Schedule With(IEnumerable<(IsoDayOfWeek Day, DailyHours Hours)> week) => new(
            Zone, week,
            rules.Where(r => r.Kind == AvailabilityRows.Hours).ToDictionary(r => Wall(r.LocalStart).Date, r => Ranges(r.Ranges)),
            FocusTime,
            [.. rules.SelectMany(Absences)]);

        private List<(IsoDayOfWeek Day, DailyHours Hours)> Slots => [.. rules.Where(r => r is { Kind: AvailabilityRows.Slot, IsActive: 1, IsFocusTime: false }).Select(Daily)];

        private List<(IsoDayOfWeek Day, DailyHours Hours)> Week() => [.. rules.Where(r => r is { Kind: AvailabilityRows.Weekly, IsActive: 1 }).Select(Daily)];

        private static (IsoDayOfWeek Day, DailyHours Hours) Daily(AvailabilityRows.Rule rule) =>
            ((IsoDayOfWeek)(rule.DayOfWeek!.Value + 1), new DailyHours(Clock(rule.LocalStart), Clock(rule.LocalEnd)));

        private static IEnumerable<Absence> Absences(AvailabilityRows.Rule rule)
        {
            if (rule.Kind == AvailabilityRows.OutOfOffice)
                yield return new Absence(Wall(rule.LocalStart), Wall(rule.LocalEnd), Obstacle.OutOfOffice);
            if (rule.Kind == AvailabilityRows.Unreachable)
                yield return new Absence(Wall(rule.LocalStart), Wall(rule.LocalEnd), Obstacle.CalendarUnreachable);
            if (rule.Kind != AvailabilityRows.Blocked)
                yield break;
            var day = Wall(rule.LocalStart).Date;
            foreach (var range in Ranges(rule.Ranges))
                yield return new Absence(day + range.Start, (range.End <= range.Start ? day.PlusDays(1) : day) + range.End, Obstacle.Blocked);
        }
    }

    /// The rules of these people that matter in a window, in one statement.
    public static async Task<IReadOnlyDictionary<long, Rules>> Of(Tx tx, IReadOnlyCollection<(long Id, string? Timezone)> people, TimeRange window)
    {
        var (from, to) = Dates(window);
        var rules = (await AvailabilityRows.Of(tx, people.Select(p => p.Id), from, to)).ToLookup(r => r.PersonId);
        return people.DistinctBy(p => p.Id).ToDictionary(p => p.Id, p => new Rules(Zone(p.Timezone), [.. rules[p.Id]]));
    }

    /// What people's rules block in several windows, with its kind, by person; also in one statement.
    public static async Task<IReadOnlyList<IReadOnlyList<(long Person, Obstacle Kind, TimeRange Range)>>> Blocks(
        Tx tx, IReadOnlyList<(IReadOnlyCollection<long> People, TimeRange When)> windows)
    {
        var (sql, parameters) = AskBlocks(windows);
        return Blocks(windows, await tx.Query<AvailabilityRows.Rule>(sql, parameters));
    }

    internal static (string Sql, object Parameters) AskBlocks(IReadOnlyList<(IReadOnlyCollection<long> People, TimeRange When)> windows)
    {
        var (from, to) = Dates(new TimeRange(windows.Min(w => w.When.Start), windows.Max(w => w.When.End)));
        return AvailabilityRows.Blocking(windows.SelectMany(w => w.People).Distinct(), from, to);
    }

    internal static IReadOnlyList<IReadOnlyList<(long Person, Obstacle Kind, TimeRange Range)>> Blocks(
        IReadOnlyList<(IReadOnlyCollection<long> People, TimeRange When)> windows, IReadOnlyList<AvailabilityRows.Rule> found)
    {
        var blocking = found.ToLookup(r => r.PersonId);
        var rules = blocking.ToDictionary(r => r.Key, r => new Rules(Zone(r.First().Timezone), [.. r]).With([]));
        return
        [
            .. windows.Select(w => (IReadOnlyList<(long, Obstacle, TimeRange)>)
            [
                .. from person in w.People
                   where rules.ContainsKey(person)
                   from block in rules[person].Blocks(w.When)
                   where block.Range.Overlaps(w.When)
                   select (person, block.Kind, block.Range),
            ]),
        ];
    }

    // Whatever the zone, its dates are at most a day from UTC's; hours over midnight reach into the next one.
    private static (LocalDate From, LocalDate To) Dates(TimeRange window) => (window.Start.InUtc().Date.PlusDays(-2), window.End.InUtc().Date.PlusDays(1));

    public static DateTimeZone Zone(string? id) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(id ?? "UTC") ?? DateTimeZone.Utc;

    public static LocalTime Clock(string text) => LocalTimePattern.ExtendedIso.Parse(text).Value;

    public static LocalDateTime Wall(string text) => LocalDateTimePattern.ExtendedIso.Parse(text).Value;

    public static string Text(LocalDateTime wall) => LocalDateTimePattern.ExtendedIso.Format(wall);

    public static string Text(IEnumerable<DailyHours> ranges) => JsonSerializer.Serialize(ranges.Select(r => (string[])[Text(r.Start), Text(r.End)]));

    public static string Text(LocalTime time) => LocalTimePattern.ExtendedIso.Format(time);

    public static IReadOnlyList<DailyHours> Ranges(string? text) =>
        text is null ? [] : [.. JsonSerializer.Deserialize<string[][]>(text)!.Select(r => new DailyHours(Clock(r[0]), Clock(r[1])))];
}
