using System.Collections.Immutable;
using Convene.Scheduling.Recurrence;
using Convene.Scheduling.Time;
using NodaTime;

namespace Convene.ICalendar;

/// <summary>Items as series of Scheduling.</summary>
internal sealed class SeriesMaker(CalendarZones zones, ImmutableArray<ContentProblem>.Builder problems)
{
    // A series has one rule, seldom two; each one more makes every look at it slower.
    private const int MostRules = 50;

    internal CalendarSeries Make(CalendarItem item, List<CalendarItem> changed)
    {
        var start = item.Start!.Value;
        var zone = zones.ZoneOf(start);
        var rules = item.RecurrenceId is null ? item.Rules : [];
        var added = item.RecurrenceId is null ? item.AddedTimes : [];
        var (changes, items) = (new List<ChangedOccurrence>(), new List<CalendarItem>());
        foreach (var period in added.Where(period => period.End is not null || period.Length is not null))
        {
            if (Given(period.Start, start, zone) is not { } id)
                continue;
            changes.Add(new ChangedOccurrence(id, id, Length(period.Start, period.End, period.Length)));
            items.Add(item);
        }
        foreach (var one in changed)
        {
            if (one.AndFuture)
                Problem(one, "RECURRENCE-ID", "A change of this and all future occurrences is taken for this one only.");
            if (Given(one.RecurrenceId!.Value, start, zone) is not { } id)
                continue;
            changes.Add(Change(one, id, start, zone));
            items.Add(one);
        }

        var series = new Series(start.Local, zone, start.IsDate)
        {
            Length = Length(start, item.End, item.Length),
            Rules = Rules(item, "RRULE", rules),
            ExceptionRules = Rules(item, "EXRULE", item.ExceptionRules),
            Added = [.. added.Select(period => Given(period.Start, start, zone)).OfType<GivenTime>()],
            Dropped = [.. item.ExceptionTimes.Where(time => start.IsDate || !time.IsDate).Select(time => Given(time, start, zone)).OfType<GivenTime>()],
            DroppedDates = [.. item.ExceptionTimes.Where(time => !start.IsDate && time.IsDate).Select(time => time.Local.Date)],
            Changes = changes,
        };
        return new CalendarSeries(item, [.. changed], [.. items], series);
    }

    private ChangedOccurrence Change(CalendarItem one, GivenTime id, CalendarTime start, DateTimeZone? zone)
    {
        if (one.IsCancelled)
            return new ChangedOccurrence(id, null);
        if (one.Start is not { } own)
            return new ChangedOccurrence(id, id);
        var length = one.End is null && one.Length is null ? (OccurrenceLength?)null : Length(own, one.End, one.Length);
        return new ChangedOccurrence(id, Given(own, start, zone) ?? id, length);
    }

    /// <summary>A time in the terms of a series: its wall time where it is on the same clock, else with its offset.</summary>
    private GivenTime? Given(CalendarTime time, CalendarTime start, DateTimeZone? zone)
    {
        if (time.Local.Year is < GivenTime.FirstYear or > GivenTime.LastYear)
            return null;
        if (start.IsDate)
            return new GivenTime(time.Local.Date.AtMidnight(), null);
        if (time.IsDate)
            return new GivenTime(time.Local.Date + start.Local.TimeOfDay, null);
        var own = zones.ZoneOf(time);
        if (own is null || zone is null || own.Id == zone.Id)
            return new GivenTime(time.Local, null);
        return new GivenTime(zones.ToInstant(time, own).InUtc().LocalDateTime, Offset.Zero);
    }

    private OccurrenceLength Length(CalendarTime start, CalendarTime? end, CalendarDuration? length)
    {
        if (end is { } known)
        {
            if (start.IsDate || known.IsDate)
                return OccurrenceLength.OfDays(Math.Max(0, Period.DaysBetween(start.Local.Date, known.Local.Date)));
            var exact = zones.ToInstant(known, DateTimeZone.Utc) - zones.ToInstant(start, DateTimeZone.Utc);
            return OccurrenceLength.Of(Duration.Max(Duration.Zero, exact));
        }
        if (length is { Days: >= 0 } given && given.Time >= Duration.Zero)
            return new OccurrenceLength(given.Days, given.Time);
        return start.IsDate ? OccurrenceLength.OfDays(1) : default;
    }

    private List<RecurrenceRule> Rules(CalendarItem item, string property, ImmutableArray<string> texts)
    {
        var rules = new List<RecurrenceRule>();
        if (texts.Length > MostRules)
            Problem(item, property, $"There are {texts.Length} rules; the first {MostRules} count.");
        foreach (var text in texts.AsSpan()[..Math.Min(texts.Length, MostRules)])
        {
            var reading = RecurrenceRule.Read(text);
            var problem = reading.Problem ?? reading.Rule!.Problems().FirstOrDefault(p => !p.Mendable);
            if (problem is null)
                rules.Add(reading.Rule!);
            else
                Problem(item, property, problem + ".");
        }
        return rules;
    }

    private void Problem(CalendarItem item, string property, string what) =>
        problems.Add(new ContentProblem(item.Component.Name, item.Uid, property, what));
}
