using Convene.ICalendar;
using Convene.Scheduling.Booking;
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
        // A series stands there once, by its rule, as long as any of it is to come.
        var series = await SeriesRows.Of(tx, meetings.Select(m => m.SeriesId).OfType<long>().Distinct());
        var occurrences = (await EntryRows.OfSeries(tx, [.. series.Select(s => s.Id)], actor.Id)).Where(e => e.Status == Words.Of(MeetingStatus.Scheduled)).ToLookup(e => e.SeriesId);
        var events = meetings.Where(m => m.SeriesId is null).Select(m => Event(MeetingMail.Facts(m, [], now), m.ReminderMinutes))
            .Concat(series.SelectMany(s => SeriesCalendar.Facts(s, [.. occurrences[s.Id]], e => MeetingMail.Facts(e, [], now)).Select(f => Event(f, s.ReminderMinutes))));
        return new CalendarFile("my_meetings", CalendarText.Write(ItipMethod.Publish, [.. events], "My meetings"));
    });

    private MeetingEvent Event(MeetingFacts facts, long? reminder) =>
        calendars.Event(facts, EventStatus.Confirmed, reminder is { } minutes ? Duration.FromMinutes(minutes) : null);
}
