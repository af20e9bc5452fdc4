using Convene.Scheduling.Booking;
using Convene.Server.Features.Mail;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Meetings;

/// The host turns another time down; whoever proposed it is told (iTIP DECLINECOUNTER).
public sealed class DeclineProposal(Store store, IClock clock, MeetingMail mail)
{
    public Task<Outcome<Proposal>> Handle(Actor actor, string id, long proposal) => store.Write<Proposal>(async tx =>
    {
        if (await EntryRows.Hold(tx, id, actor.Id) is not { } meeting)
            return new Refusals.NotFound();
        var guests = await ParticipantRows.Of(tx, meeting.Id);
        if (!Rights.MayEdit(actor, meeting, guests))
            return new Refusals.NotAllowed("Only the meeting organiser can decline another time.");
        if (await ProposalRows.Find(tx, meeting.Id, proposal) is not { } row)
            return new Refusals.NotFound();
        if (row.State != ProposalRows.Open)
            return new ProposalSettled(row.State);

        var now = clock.GetCurrentInstant();
        long[] everybody = [meeting.OrganizerId, .. guests.Select(g => g.PersonId)];
        await Revisions.Hold(tx, everybody);
        await ProposalRows.Settle(tx, row.Id, ProposalRows.Declined);
        await EntryRows.Answered(tx, meeting.Id);
        await Revisions.Bump(tx, everybody, Duration.Zero);
        await tx.Note(actor, now, Trail.Meeting("meeting.proposal_declined", id, null, Trail.Values(("participant", row.Email))));
        await mail.TellOfDecline(tx, meeting, guests.Single(g => g.Id == row.ParticipantId), row.When, now);
        return await Proposal.Of(tx, (await ProposalRows.Find(tx, meeting.Id, row.Id))!, meeting, guests);
    });
}
