using Convene.Scheduling.Booking;
using Convene.Server.Features.Mail;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Meetings;

public sealed class RemoveParticipant(Store store, IClock clock, MeetingMail mail)
{
    public Task<Outcome<bool>> Handle(Actor actor, string id, long participant) => store.Write<bool>(async tx =>
    {
        var now = clock.GetCurrentInstant();
        if (await EntryRows.Hold(tx, id, actor.Id) is not { } meeting)
            return new Refusals.NotFound();
        var guests = await ParticipantRows.Of(tx, meeting.Id);
        if (!Rights.MayEdit(actor, meeting, guests))
            return new Refusals.NotAllowed("Only the organiser can remove participants.");
        if (guests.FirstOrDefault(g => g.Id == participant) is not { } guest)
            return new Refusals.NotFound();

        long[] everybody = [meeting.OrganizerId, .. guests.Select(g => g.PersonId)];
        await Revisions.Hold(tx, everybody);
        await ParticipantRows.Remove(tx, [guest.Id]);
        await BusyTimes.Free(tx, meeting.Id, guest.PersonId);
        await Revisions.Bump(tx, everybody, Duration.Zero);
        await EntryRows.Supersede(tx, meeting.Id, now);
        await tx.Note(actor, now, Trail.Meeting(
            "meeting.participant_removed", id, Trail.Values(("participant", guest.Email), ("role", guest.Role), ("answer", guest.Status)), null));
        var after = (await EntryRows.Find(tx, meeting.Id))!;
        if (MeetingRules.HoldsTime(Words.Status(meeting.Status), guest.Answer))
            await mail.Tell(tx, Letter.Cancellation, after, [.. guests.Where(g => g.Id != participant)], [guest], now);
        return true;
    });
}
