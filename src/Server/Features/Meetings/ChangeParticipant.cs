using Convene.Scheduling.Booking;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Meetings;

/// The host names a participant differently, or makes them a cohost (or no longer one).
public sealed class ChangeParticipant(Store store, IClock clock)
{
    public sealed record Request(string? Name, bool? Cohost);

    public Task<Outcome<Participant>> Handle(Actor actor, string id, long participant, Request request) => store.Write<Participant>(async tx =>
    {
        if (await EntryRows.Hold(tx, id, actor.Id) is not { } meeting)
            return new Refusals.NotFound();
        if (!Rights.IsHost(actor, meeting))
            return new Refusals.NotAllowed("Only the meeting organiser can change roles.");
        var guests = await ParticipantRows.Of(tx, meeting.Id);
        if (guests.FirstOrDefault(g => g.Id == participant) is not { } guest)
            return new Refusals.NotFound();

        var role = new Invitee(guest.Email, request.Name, request.Cohost).Role(guest.Role);
        // No time changes; that they see it at once is what the guard is held for.
        long[] everybody = [meeting.OrganizerId, .. guests.Select(g => g.PersonId)];
        await Revisions.Hold(tx, everybody);
        await ParticipantRows.Change(tx, guest.Id, request.Name ?? guest.Name, role);
        var now = clock.GetCurrentInstant();
        await EntryRows.Touch(tx, meeting.Id, now);
        await Revisions.Bump(tx, everybody, Duration.Zero);
        await tx.Note(actor, now, Trail.Meeting(
            "meeting.participant_changed", id,
            Trail.Values(("participant", guest.Email), ("name", guest.Name), ("role", guest.Role)),
            Trail.Values(("participant", guest.Email), ("name", request.Name ?? guest.Name), ("role", role))));
        return new Participant((await ParticipantRows.Of(tx, meeting.Id)).Single(g => g.Id == guest.Id), id);
    });
}
