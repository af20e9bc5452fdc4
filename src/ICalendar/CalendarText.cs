namespace Convene.ICalendar;

/// <summary>Meetings as a whole iCalendar object, ready for a file, a feed or the body of an invitation (RFC 5545 §3.4).</summary>
public static class CalendarText
{
    /// <summary>The PRODID of everything written here (RFC 5545 §3.7.3).</summary>
    public const string ProductId = "-//Convene//Convene//EN";

    private const string Calendar = "VCALENDAR";

    /// <summary>The calendar as text: content lines ended by CRLF, to be sent as UTF-8.</summary>
    /// <inheritdoc cref="Compose"/>
    public static string Write(ItipMethod? method, IReadOnlyList<MeetingEvent> events, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(events);
        ItipRules.Check(method, events);

        // What Compose makes, one component at a time: a feed of a thousand meetings is not held in memory as a tree first.
        using var lines = new LineWriter(expectedLength: 2048); // an invitation with its zone takes some 1,500 characters
        lines.Begin(Calendar);
        foreach (var property in Properties(method, name))
            lines.Write(property);
        foreach (var component in Components(method, events))
            lines.Write(component);
        lines.End(Calendar);
        return lines.ToString();
    }

    /// <summary>The calendar as a component, for a caller that has something to add before it is written.</summary>
    /// <param name="method">What the receiver is asked for; null for a file or a feed that asks for nothing.</param>
    /// <param name="events">
    /// The meetings, no two with the same UID. With a method each has an organizer, and with a method other than
    /// <see cref="ItipMethod.Publish"/> there is exactly one meeting; a request has attendees, a reply and a refresh exactly one, and
    /// neither a request nor an addition is cancelled (RFC 5546 §3.2). May be empty without a method or to publish: an empty feed.
    /// </param>
    /// <param name="name">The calendar's name for people, as NAME (RFC 7986 §5.1) and X-WR-CALNAME; null or empty for none.</param>
    /// <returns>A VCALENDAR with one VTIMEZONE for each zone but UTC, and one VEVENT for each meeting, in the order given.</returns>
    /// <exception cref="ArgumentException">The method cannot carry these events, a UID is there twice, or a meeting ends before it
    /// starts.</exception>
    public static CalendarComponent Compose(ItipMethod? method, IReadOnlyList<MeetingEvent> events, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(events);
        ItipRules.Check(method, events);
        return new CalendarComponent(Calendar, [.. Properties(method, name)], [.. Components(method, events)]);
    }

    private static IEnumerable<CalendarProperty> Properties(ItipMethod? method, string? name)
    {
        yield return new CalendarProperty("PRODID", ProductId);
        yield return new CalendarProperty("VERSION", "2.0");
        yield return new CalendarProperty("CALSCALE", "GREGORIAN");
        if (method is { } known)
            yield return new CalendarProperty("METHOD", known.ToString().ToUpperInvariant());
        if (string.IsNullOrEmpty(name))
            yield break;
        yield return CalendarProperty.Text("NAME", name);
        yield return CalendarProperty.Text("X-WR-CALNAME", name);
    }

    private static IEnumerable<CalendarComponent> Components(ItipMethod? method, IReadOnlyList<MeetingEvent> events)
    {
        var zones = ItipRules.Describes(method) ? ZonesUsed.By(events) : new ZonesUsed();
        return zones.Components().Concat(events.Select(meeting => EventComponent.Of(meeting, method, zones)));
    }
}
