using Convene.ICalendar;
using NodaTime;

namespace Convene.Server.Features.Mail;

/// Meetings in the words of iCalendar, for mails and files alike: one UID for life, one organizer.
public sealed class Calendars(Settings settings)
{
    private static readonly Duration NoAlarm = Duration.Zero;

    public MeetingEvent Event(MeetingFacts facts, EventStatus status = EventStatus.Confirmed, Duration? alarm = null) => new()
    {
        Uid = facts.Uuid,
        Sequence = facts.Sequence,
        Stamp = facts.Stamp,
        Start = facts.Terms.Start,
        End = facts.Terms.End,
        Zone = Zone(facts.Terms.Timezone),
        Summary = facts.Terms.Title,
        Description = facts.Terms.Description,
        Location = facts.Terms.Location,
        // A host without an address still needs one in the file: answers to it reach whoever runs this server.
        Organizer = new CalendarUser(facts.HostEmail.Length > 0 ? facts.HostEmail : settings.MailFrom.Address, facts.HostName),
        Attendees = [.. facts.Guests.Select(Attendee)],
        Status = status,
        Created = facts.CreatedAt,
        LastModified = facts.UpdatedAt,
        Alarm = alarm is { } before && before > NoAlarm ? before : null,
    };

    /// A zone that this program's tzdb no longer knows is shown in UTC rather than not at all.
    public static DateTimeZone Zone(string id) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) ?? DateTimeZone.Utc;

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
