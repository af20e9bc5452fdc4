using NodaTime;

namespace Convene.ICalendar;

/// <summary>The zones of the events in one calendar: how their times are written, and the VTIMEZONE of each.</summary>
internal sealed class ZonesUsed
{
    private readonly OrderedDictionary<string, Use> _uses = [];

    /// <summary>The zones of these events, in the order of their first use.</summary>
    internal static ZonesUsed By(IReadOnlyList<MeetingEvent> events)
    {
        var zones = new ZonesUsed();
        foreach (var meeting in events)
            zones.Add(meeting.Zone, meeting.Start, meeting.End);
        return zones;
    }

    /// <summary>One VTIMEZONE per zone, covering all its events (RFC 5545 §3.6.5); none for UTC.</summary>
    internal IEnumerable<CalendarComponent> Components() => _uses.Values.Select(use => VTimeZone.For(use.Zone, use.From, use.To));

    /// <summary>
    /// A DATE-TIME as wall time with TZID; in UTC for the zone UTC, and for a wall time that happens twice. That would mean the first pass
    /// (RFC 5545 §3.3.5), but libical 3.0 and python-icalendar 4.0 take it for the second.
    /// </summary>
    internal CalendarProperty Time(string name, Instant instant, DateTimeZone zone)
    {
        if (!_uses.TryGetValue(zone.Id, out var use))
            return CalendarProperty.Utc(name, instant);

        var local = instant.InZone(use.Zone).LocalDateTime;
        return use.Zone.MapLocal(local).Count == 1
            ? new CalendarProperty(name, ValueText.Local(local), use.Tzid)
            : CalendarProperty.Utc(name, instant);
    }

    private void Add(DateTimeZone zone, Instant from, Instant to)
    {
        if (zone.Id is "UTC" or "Etc/UTC")
            return;
        _uses[zone.Id] = _uses.TryGetValue(zone.Id, out var use)
            ? use with { From = Instant.Min(use.From, from), To = Instant.Max(use.To, to) }
            : new Use(zone, new CalendarParameter("TZID", zone.Id), from, to);
    }

    private readonly record struct Use(DateTimeZone Zone, CalendarParameter Tzid, Instant From, Instant To);
}
