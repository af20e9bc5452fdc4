using Convene.Scheduling.Recurrence;
using NodaTime;

namespace Convene.ICalendar;

/// <summary>One meeting as others are told of it: what becomes a VEVENT (RFC 5545 §3.6.1).</summary>
/// <remarks>
/// Times run from <see cref="Start"/>, in it, to <see cref="End"/>, not in it; an equal end is a meeting without length. Times are written
/// to the whole second. Values are checked where they are set; that the end is not before the start, where the meeting is written.
/// Equality compares all values, lists by reference.
/// </remarks>
public sealed record MeetingEvent
{
    /// <summary>The identity of the meeting in every calendar of the world, the same in all versions (RFC 5545 §3.8.4.7).</summary>
    /// <remarks>Lone surrogates become U+FFFD here, so that this is the UID that is written.</remarks>
    /// <exception cref="ArgumentException">Set to null or blank text, or to text with a control character or a line break.</exception>
    public required string Uid
    {
        get;
        init
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(value);
            if (value.Contains('\t', StringComparison.Ordinal))
                throw new ArgumentException("A UID has no control characters.", nameof(value));
            field = SafeCharacters.OneLine(value);
        }
    }

    /// <summary>The version of the meeting, counted by the organizer from zero (RFC 5545 §3.8.7.4).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set below zero.</exception>
    public int Sequence
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    }

    /// <summary>When this description was made (RFC 5545 §3.8.7.2); from 0001-01-02 to before 9999-12-31, UTC.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set out of range.</exception>
    public required Instant Stamp { get; init => field = WritableTime.Checked(value); }

    /// <summary>The start; from 0001-01-02 to before 9999-12-31, UTC.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set out of range.</exception>
    public required Instant Start { get; init => field = WritableTime.Checked(value); }

    /// <summary>The end, not before the start; from 0001-01-02 to before 9999-12-31, UTC.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set out of range.</exception>
    public required Instant End { get; init => field = WritableTime.Checked(value); }

    /// <summary>The zone whose wall times are written. With the id <c>UTC</c> or <c>Etc/UTC</c> the times are written in UTC.</summary>
    /// <exception cref="ArgumentNullException">Set to null.</exception>
    public required DateTimeZone Zone { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); }

    /// <summary>Whether it takes whole days: then all its times are written as dates, those of <see cref="Zone"/>'s clocks, the end not in it
    /// (RFC 5545 §3.6.1). An end on the date of the start is written as that one day.</summary>
    public bool AllDay { get; init; }

    /// <summary>How the meeting recurs, on the wall clock of its zone; null for once (RFC 5545 §3.8.5.3).</summary>
    public RecurrenceRule? Rule { get; init; }

    /// <summary>Starts of occurrences beside those of <see cref="Rule"/> (RDATE, RFC 5545 §3.8.5.2); may be empty.</summary>
    /// <exception cref="ArgumentException">Set to null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A time is not from 0001-01-02 to before 9999-12-31, UTC.</exception>
    public IReadOnlyList<Instant> AddedTimes { get; init => field = Checked(value); } = [];

    /// <summary>Starts of occurrences that do not take place (EXDATE, RFC 5545 §3.8.5.1); may be empty.</summary>
    /// <exception cref="ArgumentException">Set to null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A time is not from 0001-01-02 to before 9999-12-31, UTC.</exception>
    public IReadOnlyList<Instant> ExceptionTimes { get; init => field = Checked(value); } = [];

    /// <summary>For one changed or cancelled occurrence of a series, with the UID of the series: when it would have started
    /// (RECURRENCE-ID, RFC 5545 §3.8.4.4). Null for a series or a meeting that is held once.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set out of range, as <see cref="Start"/>.</exception>
    public Instant? RecurrenceId { get; init => field = value is { } time ? WritableTime.Checked(time) : null; }

    /// <summary>Whether the meeting is a series.</summary>
    public bool Recurs => Rule is not null || AddedTimes.Count > 0;

    /// <summary>The title; any text, may be empty.</summary>
    /// <exception cref="ArgumentNullException">Set to null.</exception>
    public required string Summary { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); }

    /// <summary>More about the meeting; any text; null or empty for none.</summary>
    public string? Description { get; init; }

    /// <summary>The place; any text; null or empty for none.</summary>
    public string? Location { get; init; }

    /// <summary>Who invites; every <see cref="ItipMethod"/> needs one. Null for an event that is not shared.</summary>
    public CalendarUser? Organizer { get; init; }

    /// <summary>Who is invited; may be empty. <see cref="ItipMethod.Publish"/> leaves them out.</summary>
    /// <exception cref="ArgumentException">Set to null, or to a list with null in it.</exception>
    public IReadOnlyList<Attendee> Attendees
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Contains(null!))
                throw new ArgumentException("An attendee is null.", nameof(value));
            field = value;
        }
    } = [];

    /// <summary>How firm the meeting is. <see cref="ItipMethod.Cancel"/> writes CANCELLED whatever this says.</summary>
    public EventStatus Status { get; init; }

    /// <summary>When the meeting was first made; from 0001-01-02 to before 9999-12-31, UTC; null when not known.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set out of range.</exception>
    public Instant? Created { get; init => field = value is { } time ? WritableTime.Checked(time) : null; }

    /// <summary>When the meeting was last changed; from 0001-01-02 to before 9999-12-31, UTC; null when not known.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set out of range.</exception>
    public Instant? LastModified { get; init => field = value is { } time ? WritableTime.Checked(time) : null; }

    /// <summary>A page about the meeting, an absolute URI; null for none.</summary>
    /// <exception cref="ArgumentException">Set to a relative URI.</exception>
    public Uri? Url
    {
        get;
        init
        {
            if (value is { IsAbsoluteUri: false })
                throw new ArgumentException("The URL is relative.", nameof(value));
            field = value;
        }
    }

    /// <summary>How long before the start to remind, zero or more, to the whole second; null for no reminder (RFC 5545 §3.6.6).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set below zero.</exception>
    public Duration? Alarm
    {
        get;
        init
        {
            if (value < Duration.Zero)
                throw new ArgumentOutOfRangeException(nameof(value), value, "An alarm rings before the start.");
            field = value;
        }
    }

    /// <summary>What whoever sends this has to say about it, such as why they decline (RFC 5545 §3.8.1.4); null or empty for nothing.</summary>
    public string? Comment { get; init; }

    /// <summary>Whether the time stays free for other meetings (RFC 5545 §3.8.2.7).</summary>
    public bool Transparent { get; init; }

    private static IReadOnlyList<Instant> Checked(IReadOnlyList<Instant> times)
    {
        ArgumentNullException.ThrowIfNull(times);
        foreach (var time in times)
            WritableTime.Checked(time);
        return times;
    }
}
