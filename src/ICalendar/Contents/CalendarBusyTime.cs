using Convene.Scheduling.Recurrence;
using Convene.Scheduling.Time;
using NodaTime;

namespace Convene.ICalendar;

/// <summary>What of somebody's time a calendar takes up.</summary>
/// <remarks>Immutable; equality compares the ranges by reference.</remarks>
/// <param name="Ranges">The time that is taken up, cut to the window; may be empty. Whole only if <paramref name="End"/> is <see cref="ExpansionEnd.Complete"/>.</param>
/// <param name="Occurrences">How many occurrences and periods that is.</param>
/// <param name="End">Why there are no more.</param>
/// <param name="Culprit">The UID of the series that spent its budget; null if none did, or it has none.</param>
public sealed record CalendarBusyTime(TimeRanges Ranges, int Occurrences, ExpansionEnd End, string? Culprit = null)
{
    // Enough for a rule that has to be counted from its start through five years of days; a hostile file of 50,000 series is given up after a hundred million.
    private const int LeastShare = 2_000;

    /// <summary>
    /// Reads when an owner is busy: by events that are neither called off, nor transparent (RFC 5545 §3.8.2.7), nor declined by the owner, and by the busy periods
    /// of published free/busy time. Changed occurrences count as they themselves say.
    /// </summary>
    /// <param name="contents">The calendar.</param>
    /// <param name="question">Which time.</param>
    /// <exception cref="ArgumentNullException">A parameter is null.</exception>
    /// <exception cref="ArgumentException">The question's end is before its beginning.</exception>
    public static CalendarBusyTime Of(CalendarContents contents, BusyQuestion question)
    {
        ArgumentNullException.ThrowIfNull(contents);
        ArgumentNullException.ThrowIfNull(question);
        if (question.Until < question.From)
            throw new ArgumentException("The question ends before it begins.", nameof(question));
        var (window, zone, found) = (new TimeRange(question.From, question.Until), contents.Zones.Own ?? question.Zone, new List<TimeRange>());
        foreach (var period in contents.FreeBusy.SelectMany(report => report.Periods).Where(period => period.IsBusy))
            Add(contents.ToInstant(period.Period.Start, zone), EndOf(contents, period.Period, zone));
        if (found.Count > question.MostOccurrences)
            return Answer(ExpansionEnd.Limited);

        var all = CalendarSeries.Of(contents, ItemKind.Event, out _).Where(one => one.Item.Uid is not { } uid || !question.Without.Contains(uid)).ToList();
        var share = Math.Clamp(question.Budget / Math.Max(1, all.Count(one => one.Item.Recurs)), LeastShare, Expansion.UsualBudget);
        foreach (var one in all)
        {
            if (!IsBusy(one.Item, question.Address) && !one.Changed.Any(changed => IsBusy(changed, question.Address)))
                continue;
            var series = one.Series.Zone is null ? one.Series.In(zone) : one.Series;
            var walk = series.Overlapping(window, share).GetEnumerator();
            while (walk.MoveNext())
            {
                if (!IsBusy(one.ItemOf(walk.Current), question.Address))
                    continue;
                Add(walk.Current.Start, series.EndOf(walk.Current));
                if (found.Count > question.MostOccurrences)
                    return Answer(ExpansionEnd.Limited);
            }

            if (walk.BudgetSpent)
                return Answer(ExpansionEnd.BudgetSpent, one.Item.Uid);
        }

        return Answer(ExpansionEnd.Complete);

        void Add(Instant start, Instant end)
        {
            if (start < window.End && window.Start < end && start < end)
                found.Add(new TimeRange(Instant.Max(start, window.Start), Instant.Min(end, window.End)));
        }

        CalendarBusyTime Answer(ExpansionEnd end, string? culprit = null) => new(TimeRanges.Of(found), found.Count, end, culprit);
    }

    private static Instant EndOf(CalendarContents contents, CalendarPeriod period, DateTimeZone zone)
    {
        if (period.End is { } end)
            return contents.ToInstant(end, zone);
        var length = period.Length ?? default;
        return period.Start.Plus(length) is null || period.Start.Plus(length with { Time = Duration.Zero }) is not { } day
            ? Instant.MaxValue
            : contents.ToInstant(day, zone) + length.Time;
    }

    private static bool IsBusy(CalendarItem item, string? owner) =>
        !item.IsCancelled && !item.IsTransparent
        && (owner is null || !item.Attendees.Any(one => one.PartStat == "DECLINED" && string.Equals(one.Email, owner, StringComparison.OrdinalIgnoreCase)));
}
