using NodaTime;
using static Convene.ICalendar.ItipMethod;

namespace Convene.ICalendar;

/// <summary>What each method demands of its events, and what it leaves out of them (RFC 5546 §3.2).</summary>
internal static class ItipRules
{
    /// <summary>Refuses what the method cannot say.</summary>
    /// <exception cref="ArgumentException">The method cannot carry these events.</exception>
    internal static void Check(ItipMethod? method, IReadOnlyList<MeetingEvent> events)
    {
        if (method is { } known && !Enum.IsDefined(known))
            throw new ArgumentOutOfRangeException(nameof(method), method, "There is no such method.");
        if (method is not (null or Publish) && events.Select(meeting => meeting?.Uid).Distinct(StringComparer.Ordinal).Count() != 1)
            throw new ArgumentException($"A {method} is about one meeting.", nameof(events));

        var seen = new HashSet<(string, Instant?)>(events.Count);
        foreach (var meeting in events)
        {
            ArgumentNullException.ThrowIfNull(meeting, nameof(events));
            var mistake = seen.Add((meeting.Uid, meeting.RecurrenceId)) ? Mistake(method, meeting) : "is there twice";
            if (mistake is not null)
                throw new ArgumentException($"The meeting {meeting.Uid} {mistake}.", nameof(events));
        }
    }

    /// <summary>REFRESH and DECLINECOUNTER only point at a meeting; every other method, and none, describes it.</summary>
    internal static bool Describes(ItipMethod? method) => method is not (Refresh or DeclineCounter);

    internal static bool NamesAttendees(ItipMethod? method) => method is not (Publish or DeclineCounter);

    internal static bool CarriesAlarm(ItipMethod? method) => method is not (Reply or Cancel) && Describes(method);

    private static string? Mistake(ItipMethod? method, MeetingEvent meeting)
    {
        if (meeting.End < meeting.Start)
            return "ends before it starts";
        if (method is not null && meeting.Organizer is null)
            return $"has no organizer, which a {method} must name";
        if (meeting.Recurs && meeting.RecurrenceId is not null)
            return "recurs, though it is one occurrence";
        return method switch
        {
            Request when meeting.Attendees.Count == 0 => "invites nobody, so it cannot be requested",
            Reply or Refresh when meeting.Attendees.Count != 1 => $"must name exactly the one attendee who sends the {method}",
            Request or Add when meeting.Status == EventStatus.Cancelled => $"is cancelled, which a {method} cannot say",
            Add when meeting.Sequence == 0 => "must have a sequence above zero to be added to",
            _ => null,
        };
    }
}
