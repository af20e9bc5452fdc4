using Convene.ICalendar;
using Convene.Server.Features.Mail;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Meetings;

/// The asker's coming meetings as a calendar file, for their own calendar program: without attendees, so that no program mails them.
public sealed class ExportCalendar(Store store, IClock clock, Calendars calendars)
{
    // Some 3 MB of text; a person's whole future, unless a machine made it.
    private const int Most = 10_000;

    public Task<CalendarFile> Handle(Actor actor) => store.Read(async tx =>
    {
        var now = clock.GetCurrentInstant();
        var meetings = await EntryRows.Upcoming(tx, actor.Id, now, Most);
        var events = meetings.Select(m => calendars.Event(
            MeetingMail.Facts(m, [], now), EventStatus.Confirmed, m.ReminderMinutes is { } minutes ? Duration.FromMinutes(minutes) : null));
        return new CalendarFile("my_meetings", CalendarText.Write(ItipMethod.Publish, [.. events], "My meetings"));
    });
}
