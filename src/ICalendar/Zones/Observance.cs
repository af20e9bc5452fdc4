using NodaTime;
using NodaTime.TimeZones;

namespace Convene.ICalendar;

/// <summary>A time during which a zone keeps one offset, as STANDARD and DAYLIGHT describe it (RFC 5545 §3.6.5).</summary>
/// <param name="Interval">The time, its offset and its name.</param>
/// <param name="OffsetFrom">The offset before; the same as after where the zone knows no before.</param>
/// <param name="Onset">The start as wall time in the offset before.</param>
/// <param name="IsDaylight">Whether it is DAYLIGHT.</param>
internal sealed record Observance(ZoneInterval Interval, Offset OffsetFrom, LocalDateTime Onset, bool IsDaylight)
{
    private static readonly LocalDate Epoch = new(1970, 1, 1);

    /// <summary>The observances that touch a span of time, in order; at least one.</summary>
    internal static List<Observance> Between(DateTimeZone zone, Instant from, Instant until)
    {
        ZoneInterval[] intervals = [.. zone.GetZoneIntervals(new Interval(from, until))];
        var observances = new List<Observance>(intervals.Length);
        var before = intervals[0].HasStart ? zone.GetZoneInterval(intervals[0].Start - Duration.Epsilon) : null;
        for (var i = 0; i < intervals.Length; i++)
        {
            var interval = intervals[i];
            var offsetFrom = (before ?? interval).WallOffset;
            // A zone that never changed still needs a DTSTART: 1970, which every client can hold, or earlier where that is asked for.
            var onset = interval.HasStart
                ? interval.Start.WithOffset(offsetFrom).LocalDateTime
                : LocalDate.Min(Epoch, from.WithOffset(offsetFrom).Date).AtMidnight();
            observances.Add(new Observance(interval, offsetFrom, onset, IsAhead(interval, before, intervals.ElementAtOrDefault(i + 1))));
            before = interval;
        }
        return observances;
    }

    /// <summary>This observance as a sub-component, once or, with a rule, every year.</summary>
    internal CalendarComponent ToComponent(string? rule = null)
    {
        List<CalendarProperty> properties =
        [
            new("DTSTART", ValueText.Local(Onset)),
            new("TZOFFSETFROM", ValueText.UtcOffset(OffsetFrom)),
            new("TZOFFSETTO", ValueText.UtcOffset(Interval.WallOffset)),
            CalendarProperty.Text("TZNAME", Interval.Name),
        ];
        if (rule is not null)
            properties.Add(new CalendarProperty("RRULE", rule));
        return new CalendarComponent(IsDaylight ? "DAYLIGHT" : "STANDARD", [.. properties]);
    }

    // Where the law counts backwards (Europe/Dublin, Africa/Casablanca: summer is standard time, winter has negative savings), the time
    // beside the negative one is what everybody else calls daylight saving time. Clients take DAYLIGHT to be the clock set ahead.
    private static bool IsAhead(ZoneInterval interval, ZoneInterval? before, ZoneInterval? after) =>
        interval.Savings > Offset.Zero
        || interval.Savings == Offset.Zero && (before?.Savings < Offset.Zero || after?.Savings < Offset.Zero);
}
