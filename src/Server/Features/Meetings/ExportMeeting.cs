using Convene.ICalendar;
using Convene.Scheduling.Booking;
using Convene.Server.Features.Mail;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Meetings;

/// One meeting as a calendar file; of a series all of it.
public sealed class ExportMeeting(Store store, IClock clock, Calendars calendars, ReplyAddress replies)
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
        var (now, status) = (clock.GetCurrentInstant(), cancelled ? EventStatus.Cancelled : EventStatus.Confirmed);
        // One that is called off is told by itself: the series goes on.
        var facts = meeting.SeriesId is { } series && !cancelled
            ? SeriesCalendar.Facts((await SeriesRows.Find(tx, series))!, [.. (await EntryRows.OfSeries(tx, [series], actor.Id)).Where(e => e.Status == meeting.Status)], e => MeetingMail.Facts(e, guests, now, int.MaxValue))
            : [MeetingMail.Facts(meeting, guests, now, int.MaxValue)];
        // The same organizer as in the mails to whoever asks.
        var organizer = Rights.IsHost(actor, meeting) || actor.Email.Length == 0 ? null : replies.For(meeting.SeriesUuid ?? meeting.Uuid, actor.Email);
        return new CalendarFile(meeting.Title, CalendarText.Write(method, [.. facts.Select(f => calendars.Event(f, status, alarm, organizer))]));
    });
}

/// <param name="Title">What the file is about; the door makes a file name of it.</param>
public sealed record CalendarFile(string Title, string Text);
