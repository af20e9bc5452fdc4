using Convene.ICalendar;
using Convene.Scheduling.Recurrence;
using Convene.Scheduling.Time;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Mail;

/// Meetings in the words of iCalendar, for mails and files alike: one UID for life, one organizer.
public sealed class Calendars(Settings settings)
{
    private static readonly Duration NoAlarm = Duration.Zero;

    /// <param name="organizer">Whom calendar programs answer; null: the host.</param>
    public MeetingEvent Event(MeetingFacts facts, EventStatus status = EventStatus.Confirmed, Duration? alarm = null, string? organizer = null) => new()
    {
        Uid = facts.Uuid,
        Sequence = facts.Sequence,
        Stamp = facts.Stamp,
        Start = facts.Terms.Start,
        End = facts.Terms.End,
        Zone = Zone(facts.Terms.Timezone),
        Rule = facts.Series?.Rule is { } rule ? RecurrenceRule.Parse(rule) : null,
        AddedTimes = Times(facts.Series?.Added, facts),
        ExceptionTimes = Times(facts.Series?.Dropped, facts),
        RecurrenceId = facts.Series?.RecurrenceId is { } id ? Time(id, facts) : null,
        Summary = facts.Terms.Title,
        Description = facts.Terms.Description,
        Location = facts.Terms.Location,
        // A host without an address still needs one in the file: answers to it reach whoever runs this server.
        Organizer = new CalendarUser(organizer ?? (facts.HostEmail.Length > 0 ? facts.HostEmail : settings.MailFrom.Address), organizer is not null && facts.HostName.Length == 0 ? facts.HostEmail : facts.HostName),
        Attendees = [.. facts.Guests.Select(Attendee)],
        Status = status,
        Created = facts.CreatedAt,
        LastModified = facts.UpdatedAt,
        Alarm = alarm is { } before && before > NoAlarm ? before : null,
    };

    /// A zone that this program's tzdb no longer knows is shown in UTC rather than not at all.
    public static DateTimeZone Zone(string id) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) ?? DateTimeZone.Utc;

    private static Instant[] Times(IReadOnlyList<string>? walls, MeetingFacts facts) => [.. (walls ?? []).Select(w => Time(w, facts))];

    private static Instant Time(string wall, MeetingFacts facts) =>
        LocalTimes.ToInstant(SeriesRows.Wall(wall), Zone(facts.Series?.Timezone ?? facts.Terms.Timezone), LocalTimes.Rfc5545);

    private static Attendee Attendee(Guest guest) => new(
        guest.Email, guest.Name.Length > 0 ? guest.Name : null, AttendeeRole.Required,
        guest.Status switch
        {
            "accepted" => Participation.Accepted,
            "declined" => Participation.Declined,
            "tentative" => Participation.Tentative,
            _ => Participation.NeedsAction,
        },
        Rsvp: true);
}
