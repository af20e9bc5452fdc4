using System.Text;
using NodaTime;

namespace Convene.ICalendar;

/// <summary>The zones of the events in one calendar: how their times are written, and the VTIMEZONE of each.</summary>
internal sealed class ZonesUsed
{
    // A series may go on for ever. Where a zone's rules do as well, they are written so; other changes through these years.
    private const int YearsOfSeries = 10;

    // No clock change doubles or skips wall times further away than this.
    private static readonly Duration Furthest = Duration.FromHours(26);

    private readonly OrderedDictionary<string, Use> _uses = [];
    private Use? _latest;

    /// <summary>The zones of these events, in the order of their first use.</summary>
    internal static ZonesUsed By(IReadOnlyList<MeetingEvent> events)
    {
        var zones = new ZonesUsed();
        foreach (var meeting in events)
        {
            if (meeting.AllDay || IsUtc(meeting.Zone))
                continue;
            var use = zones.Of(meeting.Zone) ?? zones.Add(meeting.Zone, meeting.Start);
            var first = meeting.RecurrenceId is { } id ? Instant.Min(id, meeting.Start) : meeting.Start;
            use.From = Instant.Min(use.From, first);
            use.To = Instant.Max(use.To, meeting.Recurs ? Later(meeting.End) : Instant.Max(meeting.End, meeting.RecurrenceId ?? meeting.End));
        }
        return zones;
    }

    /// <summary>One VTIMEZONE per zone, covering all its events (RFC 5545 §3.6.5); none for UTC.</summary>
    internal IEnumerable<CalendarComponent> Components() => _uses.Values.Select(use => VTimeZone.For(use.Zone, use.From, use.To));

    /// <summary>
    /// A DATE-TIME as wall time with TZID; in UTC for the zone UTC, and for a wall time that happens twice. That would mean the first pass
    /// (RFC 5545 §3.3.5), but libical 3.0 and python-icalendar 4.0 take it for the second.
    /// </summary>
    internal void Write(LineWriter lines, ReadOnlySpan<byte> name, Instant instant, DateTimeZone zone)
    {
        if (Of(zone) is not { } use)
            WriteUtc(lines, name, instant);
        else if (use.Wall(instant) is var wall && use.IsDoubled(instant, wall))
            WriteUtc(lines, name, instant);
        else
            use.Write(lines, name, wall);
    }

    /// <summary>A DATE-TIME as wall time with TZID even if that happens twice, for the times that series are made of.</summary>
    internal void WriteWall(LineWriter lines, ReadOnlySpan<byte> name, Instant instant, DateTimeZone zone)
    {
        if (Of(zone) is { } use)
            use.Write(lines, name, use.Wall(instant));
        else
            WriteUtc(lines, name, instant);
    }

    /// <summary>The date that clocks in the zone show; dates name no zone (RFC 5545 §3.3.4).</summary>
    internal static void WriteDate(LineWriter lines, ReadOnlySpan<byte> name, Instant instant, DateTimeZone zone)
    {
        lines.Append(name);
        lines.Line(";VALUE=DATE:"u8, ValueText.Local(DateOf(instant, zone).AtMidnight())[..8]);
    }

    internal static LocalDate DateOf(Instant instant, DateTimeZone zone) => instant.InZone(zone).Date;

    private static void WriteUtc(LineWriter lines, ReadOnlySpan<byte> name, Instant instant)
    {
        lines.Append(name);
        lines.UtcLine(":"u8, instant);
    }

    private static bool IsUtc(DateTimeZone zone) => zone.Id is "UTC" or "Etc/UTC";

    private static Instant Later(Instant instant) => Instant.Min(instant + Duration.FromDays(366 * YearsOfSeries), WritableTime.End);

    private Use? Of(DateTimeZone zone)
    {
        // Mostly the events of a calendar share one zone, which is one object.
        if (!ReferenceEquals(_latest?.Zone, zone) && _uses.TryGetValue(zone.Id, out var use))
            _latest = use;
        return _latest is { } latest && latest.Zone.Id == zone.Id ? latest : null;
    }

    private Use Add(DateTimeZone zone, Instant at)
    {
        var use = new Use(zone, at);
        _uses.Add(zone.Id, use);
        return use;
    }

    private sealed class Use(DateTimeZone zone, Instant at)
    {
        private readonly byte[] _tzid = Encoding.UTF8.GetBytes($";TZID={ParameterValue.Encode(zone.Id)}:");
        private NodaTime.TimeZones.ZoneInterval? _interval;

        internal DateTimeZone Zone { get; } = zone;

        internal Instant From { get; set; } = at;

        internal Instant To { get; set; } = at;

        internal LocalDateTime Wall(Instant instant)
        {
            if (_interval is null || !_interval.Contains(instant))
                _interval = Zone.GetZoneInterval(instant);
            return instant.WithOffset(_interval.WallOffset).LocalDateTime;
        }

        // Right after Wall: far from the changes of the interval every wall time is one instant.
        internal bool IsDoubled(Instant instant, LocalDateTime wall) =>
            (_interval!.HasStart && instant - _interval.Start < Furthest || _interval.HasEnd && _interval.End - instant < Furthest)
            && Zone.MapLocal(wall).Count != 1;

        internal void Write(LineWriter lines, ReadOnlySpan<byte> name, LocalDateTime wall)
        {
            lines.Append(name);
            lines.Append(_tzid);
            lines.AppendTime(wall);
            lines.EndLine();
        }
    }
}
