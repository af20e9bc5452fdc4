using Convene.Scheduling.Booking;
using Convene.Server.Features.Mail;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Meetings;

/// Calls a meeting off: everybody's time is free again, and everybody who had not declined is told.
public sealed class CancelMeeting(Store store, IClock clock, MeetingMail mail)
{
    public Task<Outcome<MeetingDetail>> Handle(Actor actor, string id, SeenVersions? seen = null) => store.Write<MeetingDetail>(async tx =>
    {
        var now = clock.GetCurrentInstant();
        if (await EntryRows.Hold(tx, id, actor.Id) is not { } meeting)
            return new Refusals.NotFound();
        var guests = await ParticipantRows.Of(tx, meeting.Id);
        if (!Rights.MayEdit(actor, meeting, guests))
            return new Refusals.NotAllowed("Only the organiser can cancel this meeting.");
        if (seen?.Misses(meeting) == true)
            return new Refusals.Outdated(new MeetingDetail(meeting, guests, await AttachmentRows.Of(tx, meeting.Id), actor, now));
        if (Words.Status(meeting.Status) == MeetingStatus.Cancelled)
            return new Refusal.AlreadyCancelled();

        long[] everybody = [meeting.OrganizerId, .. guests.Select(g => g.PersonId)];
        await Revisions.Hold(tx, everybody);
        await EntryRows.Cancel(tx, meeting.Id, now);
        await ChangeRows.Add(tx, meeting.Id, actor.Id, meeting.When, null, "", now);
        await BusyTimes.Replace(tx, meeting.Id, meeting.When, []);
        await Revisions.Bump(tx, everybody, Duration.Zero);

        var entry = (await EntryRows.Find(tx, meeting.Id))!;
        await mail.Tell(tx, Letter.Cancellation, entry, guests, guests.Where(g => g.Answer != Answer.Declined), now);
        return new MeetingDetail(entry, guests, await AttachmentRows.Of(tx, meeting.Id), actor, now);
    });
}
