using System.Buffers;
using NodaTime;

namespace Convene.ICalendar;

/// <summary>Meetings as a whole iCalendar object, ready for a file, a feed or the body of an invitation (RFC 5545 §3.4).</summary>
public static class CalendarText
{
    /// <summary>The PRODID of everything written here (RFC 5545 §3.7.3).</summary>
    public const string ProductId = "-//Convene//Convene//EN";

    // A feed is handed on in pieces of about this size.
    private const int Piece = 64 << 10;

    // An invitation with its zone takes some 1,500 octets, each further meeting some 600.
    private const int FirstMeeting = 2_048, FurtherMeeting = 600;

    /// <summary>The calendar as text: content lines ended by CRLF, to be sent as UTF-8.</summary>
    /// <inheritdoc cref="Write(IBufferWriter{byte}, ItipMethod?, IReadOnlyList{MeetingEvent}, string?, Duration?)"/>
    public static string Write(ItipMethod? method, IReadOnlyList<MeetingEvent> events, string? name = null, Duration? refreshEvery = null)
    {
        using var lines = Lines(null, method, events, name, refreshEvery);
        return lines.ToString();
    }

    /// <summary>The calendar as UTF-8.</summary>
    /// <inheritdoc cref="Write(IBufferWriter{byte}, ItipMethod?, IReadOnlyList{MeetingEvent}, string?, Duration?)"/>
    public static byte[] WriteUtf8(ItipMethod? method, IReadOnlyList<MeetingEvent> events, string? name = null, Duration? refreshEvery = null)
    {
        using var lines = Lines(null, method, events, name, refreshEvery);
        return lines.Written.ToArray();
    }

    /// <summary>The calendar as UTF-8, handed on while it is written.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="method">What the receiver is asked for; null for a file or a feed that asks for nothing.</param>
    /// <param name="events">
    /// The meetings, no two with the same UID but a series and its changed occurrences, each with its own
    /// <see cref="MeetingEvent.RecurrenceId"/>. With a method each has an organizer, and with a method other than
    /// <see cref="ItipMethod.Publish"/> there is one or more, all of one UID; a request has attendees, a reply and a refresh exactly one,
    /// and neither a request nor an addition is cancelled (RFC 5546 §3.2). May be empty without a method or to publish: an empty feed.
    /// </param>
    /// <param name="name">The calendar's name for people, as NAME (RFC 7986 §5.1) and X-WR-CALNAME; null or empty for none.</param>
    /// <param name="refreshEvery">How often who subscribes should look again, above zero and to the whole second, as REFRESH-INTERVAL
    /// (RFC 7986 §5.7) and X-PUBLISHED-TTL; null for nothing about it.</param>
    /// <exception cref="ArgumentException">The method cannot carry these events, a UID is there twice, or a meeting ends before it
    /// starts.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="refreshEvery"/> is less than a second.</exception>
    public static void Write(
        IBufferWriter<byte> output, ItipMethod? method, IReadOnlyList<MeetingEvent> events, string? name = null, Duration? refreshEvery = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        using var lines = Lines(output, method, events, name, refreshEvery);
        lines.HandOn(output);
    }

    /// <summary>The calendar as a component, for a caller that has something to add before it is written.</summary>
    /// <param name="method">As for <see cref="Write(IBufferWriter{byte}, ItipMethod?, IReadOnlyList{MeetingEvent}, string?, Duration?)"/>.</param>
    /// <param name="events">As there.</param>
    /// <param name="name">As there.</param>
    /// <returns>A VCALENDAR with one VTIMEZONE for each zone but UTC, and one VEVENT for each meeting, in the order given.</returns>
    /// <exception cref="ArgumentException">As there.</exception>
    public static CalendarComponent Compose(ItipMethod? method, IReadOnlyList<MeetingEvent> events, string? name = null)
    {
        using var lines = Lines(null, method, events, name, null);
        var unlimited = ReadingOptions.Strict with
        {
            MaxOctets = int.MaxValue, MaxLineOctets = int.MaxValue, MaxLines = int.MaxValue, MaxProperties = int.MaxValue,
            MaxComponents = int.MaxValue, MaxParameterValues = int.MaxValue,
        };
        return CalendarReader.Read(lines.Written, unlimited).Calendars[0];
    }

    private static LineWriter Lines(IBufferWriter<byte>? output, ItipMethod? method, IReadOnlyList<MeetingEvent> events, string? name, Duration? refreshEvery)
    {
        ArgumentNullException.ThrowIfNull(events);
        if (refreshEvery < Duration.FromSeconds(1))
            throw new ArgumentOutOfRangeException(nameof(refreshEvery), refreshEvery, "A calendar is looked at once a second at most.");
        ItipRules.Check(method, events);

        var expected = FirstMeeting + (long)FurtherMeeting * events.Count;
        var lines = new LineWriter(output is null ? (int)Math.Min(expected, Array.MaxLength) : 2 * Piece);
        lines.Lines("BEGIN:VCALENDAR\r\nPRODID:-//Convene//Convene//EN\r\nVERSION:2.0\r\nCALSCALE:GREGORIAN\r\n"u8);
        if (method is { } known)
            lines.Line("METHOD:"u8, known.ToString().ToUpperInvariant());
        if (!string.IsNullOrEmpty(name))
        {
            lines.TextLine("NAME:"u8, name);
            lines.TextLine("X-WR-CALNAME:"u8, name);
        }
        if (refreshEvery is { } pause)
        {
            lines.Line("REFRESH-INTERVAL;VALUE=DURATION:"u8, ValueText.Length(pause));
            lines.Line("X-PUBLISHED-TTL:"u8, ValueText.Length(pause));
        }

        var zones = ItipRules.Describes(method) ? ZonesUsed.By(events) : new ZonesUsed();
        foreach (var zone in zones.Components())
            lines.Write(zone);
        foreach (var meeting in events)
        {
            EventWriter.Write(lines, meeting, method, zones);
            if (output is not null && lines.Written.Length > Piece)
                lines.HandOn(output);
        }
        lines.Lines("END:VCALENDAR\r\n"u8);
        return lines;
    }
}
