using Convene.ICalendar;
using Convene.Scheduling.Booking;
using Convene.Scheduling.Recurrence;
using Convene.Scheduling.Time;
using Convene.Server.Features.Recurrence;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Imports;

/// When what stands under one UID takes place: once, or by a rule, with each occurrence up to the horizon.
/// <param name="Series">Null: it takes place once.</param>
/// <param name="Note">What is special about it; null: nothing.</param>
internal sealed record ImportTimes(ImportRows.NewSeries? Series, IReadOnlyList<ImportTimes.Event> Events, string? Note = null)
{
    /// <param name="Wall">In a series: the time that its rule gives it.</param>
    public sealed record Event(ImportPart Part, EntryRows.Times Times, bool AllDay, LocalDateTime? Wall);

    /// Why there is nothing to import.
    /// <param name="Action">skip or refuse.</param>
    public sealed record Nothing(string Action, string Reason);
}

/// Finds out when things take place, with an eye on how much is asked: files come from anywhere.
internal sealed class ImportClock(DateTimeZone zone, Instant now, int horizonMonths)
{
    /// A file's occurrences together.
    public const int MostOccurrences = 50_000;

    private const int MostOfOne = 5_000;

    // They are kept with the series, and read whenever it is looked at.
    private const int MostSingleDates = 5_000;

    // Honest rules need a step for each of their days in three years. Some that ask for more are let through; with thousands of them a file would keep the server busy.
    private const int EasyBudget = 2_000;
    private const int HardBudget = 100_000;
    private const int MostHard = 200;

    private int hard;

    /// What repeats is imported from a year ago on: of a daily series of ten years nobody looks at the first nine.
    private Instant Since { get; } = now.InUtc().LocalDateTime.PlusYears(-1).InUtc().ToInstant();

    public int Occurrences { get; private set; }

    public (ImportTimes? Times, ImportTimes.Nothing? Nothing) Of(ImportGroup group)
    {
        if (Problem(group) is { } problem)
            return Refuse(problem);
        var (times, nothing) = group.IsLone || (!group.First.Item.Recurs && group.Series.Changed.IsEmpty) ? Once(group) : Repeating(group);
        if (times is null)
            return (null, nothing);
        if (times.Events.Any(e => e.Times.When.Length > MeetingRules.LongestMeeting))
            return Refuse($"It lasts longer than {MeetingRules.LongestMeeting.TotalDays:0} days.");
        Occurrences += times.Events.Count;
        return (times, null);
    }

    /// When one item says it takes place, whatever repeats.
    public (EntryRows.Times Times, bool AllDay)? When(CalendarItem item, CalendarContents contents)
    {
        if (item.Start is not { } start || start.Local.Year is < GivenTime.FirstYear or > GivenTime.LastYear)
            return null;
        var home = Home(contents.Zones.ZoneOf(start));
        var from = contents.ToInstant(start, zone);
        var to = item.End is { } end ? contents.ToInstant(end, zone) : item.Length is { } length && start.Plus(length) is { } later ? contents.ToInstant(later, zone) : from;
        if (start.IsDate && to <= from)
            to = LocalTimes.ToInstant(start.Local.PlusDays(1), zone, LocalTimes.Rfc5545);
        return (new EntryRows.Times(new TimeRange(from, Instant.Max(from, to)), home), start.IsDate);
    }

    private (ImportTimes?, ImportTimes.Nothing?) Once(ImportGroup group) => When(group.First.Item, group.Contents) is var (times, allDay)
        ? (new ImportTimes(null, [new ImportTimes.Event(group.First, times, allDay, null)]), null)
        : Refuse(OutOfReach);

    private (ImportTimes?, ImportTimes.Nothing?) Repeating(ImportGroup group)
    {
        if (When(group.First.Item, group.Contents) is null)
            return Refuse(OutOfReach);
        var read = group.Series.Series;
        var series = Bare(read.Zone is null ? read.In(zone) : read, read.IsDates);
        var first = LocalTimes.ToInstant(series.Start, series.Zone!, LocalTimes.Rfc5545);
        var horizon = Repetition.Horizon(now, first, series.Zone!, horizonMonths);
        var found = Expand(series, horizon);
        if (found is null || found.End == ExpansionEnd.BudgetSpent)
            return Refuse("No dates were found for its rule in reasonable time.");
        if (found.End == ExpansionEnd.Limited)
            return Refuse($"It repeats more than {MostOfOne} times up to {horizon.InZone(series.Zone!).Date:uuuu-MM-dd}.");
        var goesOn = series.Expand(horizon, budget: EasyBudget).First() is not null;

        var home = Home(series.Zone);
        var events = new Dictionary<LocalDateTime, ImportTimes.Event>();
        foreach (var occurrence in found.Occurrences)
            events[occurrence.Wall] = new ImportTimes.Event(group.First, new EntryRows.Times(new TimeRange(occurrence.Start, series.EndOf(occurrence)), home), read.IsDates, occurrence.Wall);
        var calledOff = Change(group, read.In(series.Zone!), series, events);
        if (events.Count == 0 && !goesOn)
            return series.Expand(null, Since, EasyBudget).First() is null ? Refuse("No date matches its rule.") : (null, new ImportTimes.Nothing(ImportAction.Skip, "All its dates are over for more than a year."));

        var rule = series.Rules.Count == 1 ? Legal(series.Rules[0], read.IsDates, series.Zone!).ToString() : "";
        var walls = events.Values.OrderBy(e => e.Wall).ToList();
        if (series.Rules.Count > 1 || series.ExceptionRules.Count > 0 || home.Id != series.Zone!.Id)
            return Dates(group, series, read.IsDates, walls, goesOn, horizon, home);
        LocalDateTime[] dropped =
        [
            .. series.Dropped.Select(d => Wall(d, series.Zone!)), .. series.DroppedDates.Select(d => d + series.Start.TimeOfDay), .. calledOff,
        ];
        return (
            new ImportTimes(
                New(group, rule, [.. series.Added.Select(a => Wall(a, series.Zone!)).Distinct()], [.. dropped.Distinct()], home, series.Start, series.Length, read.IsDates,
                    first < Since ? Since : null, goesOn ? horizon : null),
                walls),
            null);
    }

    /// What one rule of a known zone can't say is kept by its dates.
    private static (ImportTimes?, ImportTimes.Nothing?) Dates(
        ImportGroup group, Series series, bool isDates, IReadOnlyList<ImportTimes.Event> events, bool goesOn, Instant horizon, DateTimeZone home)
    {
        LocalDateTime Here(LocalDateTime wall) => home.Id == series.Zone!.Id ? wall : Walls(LocalTimes.ToInstant(wall, series.Zone, LocalTimes.Rfc5545), home);
        var here = events.Select(e => e with { Wall = Here(e.Wall!.Value) }).DistinctBy(e => e.Wall).OrderBy(e => e.Wall).ToList();
        if (here.Count == 0)
            return Refuse("It repeats in a way that is kept by its dates, and none of them is near.");
        var note = goesOn ? $"It repeats in a way that is kept by its dates: those up to {horizon.InZone(home).Date:uuuu-MM-dd} are imported, later ones are not." : null;
        return (new ImportTimes(New(group, "", [.. here.Skip(1).Select(e => e.Wall!.Value)], [], home, here[0].Wall!.Value, series.Length, isDates, null, null), here, note), null);
    }

    /// Puts changed occurrences in their places, also those behind the horizon. Returns what is called off.
    private List<LocalDateTime> Change(ImportGroup group, Series read, Series series, Dictionary<LocalDateTime, ImportTimes.Event> events)
    {
        var calledOff = new List<LocalDateTime>();
        var parts = new Dictionary<Instant, ImportPart>();
        foreach (var part in group.Parts.Skip(1))
        {
            var id = part.Item.RecurrenceId!.Value;
            parts[group.Contents.ToInstant(id.IsDate && !group.Series.Series.IsDates ? id with { Local = id.Local.Date + series.Start.TimeOfDay } : id, series.Zone!)] = part;
        }

        foreach (var change in read.Changes)
        {
            var wall = Wall(change.Id, series.Zone!);
            var part = parts.GetValueOrDefault(change.Id.In(series.Zone!));
            if (change.Start is not { } start || part is { IsCancelled: true })
            {
                events.Remove(wall);
                calledOff.Add(wall);
                continue;
            }

            ImportTimes.Event? own;
            if (part is not null && When(part.Item, group.Contents) is var (times, allDay))
                own = new ImportTimes.Event(part, times, allDay, wall);
            else
                own = Period(group.First, start.In(series.Zone!), change.Length ?? series.Length, series.Zone!, group.Series.Series.IsDates, wall);
            if (own.Times.When.Start >= Since)
                events[wall] = own with { Part = part ?? group.First };
            else
                events.Remove(wall);
        }

        return calledOff;
    }

    private ImportTimes.Event Period(ImportPart part, Instant start, OccurrenceLength length, DateTimeZone where, bool allDay, LocalDateTime wall)
    {
        var end = LocalTimes.ToInstant(start.InZone(where).LocalDateTime.PlusDays(length.Days), where, LocalTimes.Rfc5545) + length.Exact;
        return new ImportTimes.Event(part, new EntryRows.Times(new TimeRange(start, Instant.Max(start, end)), Home(where)), allDay, wall);
    }

    private Expanded? Expand(Series series, Instant horizon)
    {
        var found = series.Expand(Since, horizon, EasyBudget).Take(MostOfOne);
        if (found.End != ExpansionEnd.BudgetSpent)
            return found;
        return ++hard > MostHard ? null : series.Expand(Since, horizon, HardBudget).Take(MostOfOne);
    }

    /// The series without its changes; a day of whole days has a length.
    private static Series Bare(Series series, bool isDates) => new(series.Start, series.Zone)
    {
        Length = isDates && series.Length == default ? OccurrenceLength.OfDays(1) : series.Length,
        Rules = [.. series.Rules.Select(r => Legal(r, isDates, series.Zone!))],
        ExceptionRules = [.. series.ExceptionRules.Select(r => Legal(r, isDates, series.Zone!))],
        Added = series.Added,
        Dropped = series.Dropped,
        DroppedDates = series.DroppedDates,
    };

    /// An end as RFC 5545 wants it: a date for whole days, else an instant.
    private static RecurrenceRule Legal(RecurrenceRule rule, bool isDates, DateTimeZone zone) => rule.Until is not { } until ? rule : rule with
    {
        Until = isDates ? Until.Of(until.At.Date) : until.Form switch
        {
            UntilForm.Utc => until,
            _ when until.At.Year is < GivenTime.FirstYear or > GivenTime.LastYear => until,
            UntilForm.Date => Until.Of(LocalTimes.ToInstant(until.At.PlusDays(1).PlusSeconds(-1), zone, LocalTimes.Rfc5545)),
            _ => Until.Of(LocalTimes.ToInstant(until.At, zone, LocalTimes.Rfc5545)),
        },
    };

    private static ImportRows.NewSeries New(
        ImportGroup group, string rule, IReadOnlyList<LocalDateTime> added, IReadOnlyList<LocalDateTime> dropped, DateTimeZone zone, LocalDateTime start, OccurrenceLength length, bool allDay,
        Instant? from, Instant? until)
    {
        var item = group.First.Item;
        return new ImportRows.NewSeries(
            null, Guid.CreateVersion7().ToString(), rule, added, dropped, zone, start, length, allDay, group.First.IsBusy, ImportTexts.Title(item.Summary),
            ImportTexts.Text(item.Description, ImportTexts.LongestDescription), ImportTexts.Line(item.Location, ImportTexts.LongestLocation), from, until);
    }

    /// A zone that only its file knows is of no use in times to come: there the owner's stands in.
    private DateTimeZone Home(DateTimeZone? found) => found is not null && DateTimeZoneProviders.Tzdb.GetZoneOrNull(found.Id) is { } known ? known : zone;

    private static LocalDateTime Wall(GivenTime time, DateTimeZone zone) => time.Offset is null ? time.Wall : Walls(time.In(zone), zone);

    private static LocalDateTime Walls(Instant instant, DateTimeZone zone) => instant.InZone(zone).LocalDateTime;

    private static string? Problem(ImportGroup group)
    {
        var (item, series) = (group.First.Item, group.Series.Series);
        if (item.AddedTimes.Length + item.ExceptionTimes.Length > MostSingleDates)
            return $"More than {MostSingleDates} single dates are added or left out.";
        if (group.IsLone || (series.Rules.Count >= item.Rules.Length && series.ExceptionRules.Count >= item.ExceptionRules.Length))
            return null;
        var wrong = item.Rules.Concat(item.ExceptionRules).Select(r => RecurrenceRule.Read(r)).Select(r => r.Problem ?? r.Rule!.Problems().FirstOrDefault(p => !p.Mendable)).FirstOrDefault(p => p is not null);
        return wrong is null ? "It has too many rules." : $"Its rule can't be understood: {wrong}.";
    }

    private static (ImportTimes?, ImportTimes.Nothing?) Refuse(string reason) => (null, new ImportTimes.Nothing(ImportAction.Refuse, reason));

    private static string OutOfReach => $"Its time is outside the years {GivenTime.FirstYear} to {GivenTime.LastYear}.";
}
