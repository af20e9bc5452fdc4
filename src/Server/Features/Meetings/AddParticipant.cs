using Convene.Scheduling.Booking;
using Convene.Server.Features.Mail;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Meetings;

/// Invites one more. Busy people are refused here unless the caller says otherwise.
public sealed class AddParticipant(Store store, IClock clock, MeetingMail mail)
{
    public sealed record Request(Invitee Invitee, ConflictPolicy Policy);

    public Task<Outcome<Participant>> Handle(Actor actor, string id, Request request) => store.Write<Participant>(async tx =>
    {
        // load
        var now = clock.GetCurrentInstant();
        if (await EntryRows.Hold(tx, id, actor.Id) is not { } meeting)
            return new Refusals.NotFound();
        var guests = await ParticipantRows.Of(tx, meeting.Id);
        if (!Rights.MayEdit(actor, meeting, guests))
            return new Refusals.NotAllowed("Only the organiser can add participants.");
        if (request.Invitee.Cohost == true && !Rights.IsHost(actor, meeting))
            return new Refusals.NotAllowed("Only the meeting organiser can change roles.");
        var email = request.Invitee.Email;
        if (email == meeting.OrganizerEmail)
            return new Refusals.Invalid("email", "The organiser takes part without an invitation.");
        if (guests.Any(g => g.Email == email))
            return new Refusals.Invalid("email", $"{email} is already a participant of this meeting.");

        var person = (await PeopleRows.Invite(tx, [(email, request.Invitee.Name ?? "")], now))[email];
        long[] everybody = [meeting.OrganizerId, .. guests.Select(g => g.PersonId), person.Id];
        await Revisions.Hold(tx, everybody);
        var on = Words.Status(meeting.Status) == MeetingStatus.Scheduled;
        var busy = on ? await BusyTimes.Overlapping(tx, [person.Id], meeting.When, actor.Id) : [];

        // decide. With one person to seat, leaving them out is refusing.
        var policy = request.Policy == ConflictPolicy.Skip ? ConflictPolicy.Reject : request.Policy;
        if (!BookingDesk.Seat(meeting.When, [person.Id], [.. busy.Select(b => b.Busy)], policy, meeting.Id).Is(out _, out var no))
        {
            var report = new Report(busy, new Dictionary<long, (string, string)> { [person.Id] = (email, person.Name) });
            return no is Refusal.PeopleBusy taken ? report.Refuse(taken) : no;
        }

        // save
        await ParticipantRows.Add(tx, meeting.Id, [(person.Id, request.Invitee.Name ?? "", request.Invitee.Role(Words.Attendee))], now);
        if (on)
            await BusyTimes.Add(tx, meeting.Id, meeting.When, [person.Id]);
        await Revisions.Bump(tx, everybody, meeting.When.Length);
        await EntryRows.Touch(tx, meeting.Id, now);
        var after = await ParticipantRows.Of(tx, meeting.Id);
        var added = after.Single(g => g.PersonId == person.Id);
        await tx.Note(actor, now, Trail.Meeting("meeting.participant_added", id, null, Trail.Values(("participant", added.Email), ("role", added.Role))));
        if (on)
            await mail.Tell(tx, Letter.Invitation, meeting, after, [added], now);
        return new Participant(added, id);
    });
}
