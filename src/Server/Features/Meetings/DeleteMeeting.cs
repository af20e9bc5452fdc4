using Convene.Scheduling.Booking;
using Convene.Server.Features.Mail;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Meetings;

/// Removes a meeting for good. If it was still on, it is cancelled by that, and everybody is told.
public sealed class DeleteMeeting(Store store, IClock clock, MeetingMail mail)
{
    public Task<Outcome<bool>> Handle(Actor actor, string id, SeenVersions? seen = null) => store.Write<bool>(async tx =>
    {
        if (await EntryRows.Hold(tx, id, actor.Id) is not { } meeting)
            return new Refusals.NotFound();
        if (!Rights.IsHost(actor, meeting))
            return new Refusals.NotAllowed("Only the meeting organiser can delete it.");

        var now = clock.GetCurrentInstant();
        var guests = await ParticipantRows.Of(tx, meeting.Id);
        if (seen?.Misses(meeting) == true)
            return new Refusals.Outdated(new MeetingDetail(meeting, guests, await AttachmentRows.Of(tx, meeting.Id), actor, now));
        long[] everybody = [meeting.OrganizerId, .. guests.Select(g => g.PersonId)];
        await Revisions.Hold(tx, everybody);
        if (Words.Status(meeting.Status) == MeetingStatus.Scheduled)
        {
            await EntryRows.Cancel(tx, meeting.Id, now);
            var cancelled = (await EntryRows.Find(tx, meeting.Id))!;
            await mail.Tell(tx, Letter.Cancellation, cancelled, guests, guests.Where(g => g.Answer != Answer.Declined), now);
        }

        await tx.Note(actor, now, Trail.Meeting("meeting.deleted", meeting.Uuid, Trail.Picture(meeting, guests), null));
        await EntryRows.Delete(tx, meeting.Id);
        await Revisions.Bump(tx, everybody, Duration.Zero);
        return true;
    });
}
