using NodaTime;

namespace Convene.ICalendar;

/// <summary>A VALARM: when it rings, and how (RFC 5545 §3.6.6).</summary>
/// <remarks>Either <paramref name="Offset"/> or <paramref name="At"/> is there, not both; neither where the TRIGGER was not understood.</remarks>
/// <param name="Action">ACTION in upper case: DISPLAY, AUDIO, EMAIL; DISPLAY when missing.</param>
/// <param name="Offset">How long after the start, or the end, it rings; negative for before.</param>
/// <param name="FromEnd">Whether <paramref name="Offset"/> counts from the end.</param>
/// <param name="At">The instant at which it rings.</param>
/// <param name="Repeat">How often it rings again; zero when missing.</param>
/// <param name="Pause">The time between repetitions; null when missing.</param>
/// <param name="Description">What it says; null when missing.</param>
public sealed record CalendarAlarm(
    string Action, CalendarDuration? Offset, bool FromEnd, Instant? At, int Repeat, CalendarDuration? Pause, string? Description);
