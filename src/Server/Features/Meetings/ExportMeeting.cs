using Convene.ICalendar;
using Convene.Scheduling.Booking;
using Convene.Server.Features.Mail;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Meetings;

/// One meeting as a calendar file.
public sealed class ExportMeeting(Store store, IClock clock, Calendars calendars)
{
    public Task<Outcome<CalendarFile>> Handle(Actor actor, string id) => store.Read<Outcome<CalendarFile>>(async tx =>
    {
        if (await EntryRows.Visible(tx, id, actor.Id) is not { } meeting)
            return new Refusals.NotFound();
        var guests = await ParticipantRows.Of(tx, meeting.Id);
        var cancelled = Words.Status(meeting.Status) == MeetingStatus.Cancelled;
        // RFC 5546 §3.2: without attendees there is nobody to request or cancel; then the event is just published.
        var method = guests.Count == 0 ? ItipMethod.Publish : cancelled ? ItipMethod.Cancel : ItipMethod.Request;
        var alarm = meeting.ReminderMinutes is { } minutes ? Duration.FromMinutes(minutes) : (Duration?)null;
        var calendar = calendars.Event(
            MeetingMail.Facts(meeting, guests, clock.GetCurrentInstant(), int.MaxValue), cancelled ? EventStatus.Cancelled : EventStatus.Confirmed, alarm);
        return new CalendarFile(meeting.Title, CalendarText.Write(method, [calendar]));
    });
}

/// <param name="Title">What the file is about; the door makes a file name of it.</param>
public sealed record CalendarFile(string Title, string Text);
