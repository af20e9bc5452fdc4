using Convene.Scheduling.Time;
using NodaTime;

namespace Convene.ICalendar;

/// <summary>Somebody's busy time as a calendar: a VFREEBUSY that says when, and not what (RFC 5545 §3.6.4, RFC 5546 §3.3.1).</summary>
public static class FreeBusyText
{
    /// <summary>A VCALENDAR to publish, for <see cref="ContentLines.Write(CalendarComponent)"/>.</summary>
    /// <param name="uid">The report's own name; not blank, one line.</param>
    /// <param name="stamp">When the report is made.</param>
    /// <param name="owner">Whose time it is.</param>
    /// <param name="window">The time that the report is about; not empty. Both ends from 0001-01-02 to before 9999-12-31, UTC.</param>
    /// <param name="busy">The busy time; what lies outside of the window is not told.</param>
    /// <returns>A calendar with METHOD:PUBLISH and one VFREEBUSY, all times in UTC, cut to whole seconds.</returns>
    /// <exception cref="ArgumentException"><paramref name="uid"/> is blank, or the window is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A time is out of range.</exception>
    public static CalendarComponent Compose(string uid, Instant stamp, CalendarUser owner, TimeRange window, TimeRanges busy)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(uid);
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentNullException.ThrowIfNull(busy);
        if (window.IsEmpty)
            throw new ArgumentException("The window is empty.", nameof(window));

        var organizer = string.IsNullOrWhiteSpace(owner.Name)
            ? new CalendarProperty("ORGANIZER", CalendarAddress.Uri(owner.Email))
            : new CalendarProperty("ORGANIZER", CalendarAddress.Uri(owner.Email), new CalendarParameter("CN", owner.Name));
        var periods = busy.Intersect(TimeRanges.Of([window])).Ranges
            .Select(range => $"{ValueText.Utc(range.Start)}/{ValueText.Utc(range.End)}")
            .ToList();
        return new CalendarComponent(
            "VCALENDAR",
            [
                new("PRODID", CalendarText.ProductId), new("VERSION", "2.0"), new("CALSCALE", "GREGORIAN"), new("METHOD", "PUBLISH"),
            ],
            [
                new("VFREEBUSY",
                [
                    CalendarProperty.Text("UID", uid),
                    CalendarProperty.Utc("DTSTAMP", stamp),
                    organizer,
                    CalendarProperty.Utc("DTSTART", window.Start),
                    CalendarProperty.Utc("DTEND", window.End),
                    .. periods.Count == 0
                        ? (ReadOnlySpan<CalendarProperty>)[]
                        : [new CalendarProperty("FREEBUSY", string.Join(',', periods), new CalendarParameter("FBTYPE", "BUSY"))],
                ]),
            ]);
    }
}
