using Convene.Scheduling.Booking;
using Convene.Scheduling.Time;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Meetings;

/// The host takes another time that was proposed: the meeting moves as if they had moved it themselves, with the same rules, refusals and mails.
public sealed class AcceptProposal(Store store, IClock clock, UpdateMeeting update, AnswerInvitation answer)
{
    /// <param name="Policy">As in UpdateMeeting.</param>
    public sealed record Request(ConflictPolicy? Policy);

    public Task<Outcome<MeetingDetail>> Handle(Actor actor, string id, long proposal, Request request) => store.Write<MeetingDetail>(async tx =>
    {
        if (await EntryRows.Hold(tx, id, actor.Id) is not { } meeting)
            return new Refusals.NotFound();
        var guests = await ParticipantRows.Of(tx, meeting.Id);
        if (!Rights.MayEdit(actor, meeting, guests))
            return new Refusals.NotAllowed("Only the meeting organiser can accept another time.");
        if (await ProposalRows.Find(tx, meeting.Id, proposal) is not { } row)
            return new Refusals.NotFound();
        if (row.State != ProposalRows.Open)
            return new ProposalSettled(row.State);

        await ProposalRows.Settle(tx, row.Id, ProposalRows.Accepted);
        var moved = await update.Change(tx, actor, id, new UpdateMeeting.Request { Start = Given(row.StartAt), End = Given(row.EndAt), Policy = request.Policy, Reason = row.Comment });
        if (!moved.Is(out var detail, out var refusal))
            return refusal;
        var now = clock.GetCurrentInstant();
        await tx.Note(actor, now, Trail.Meeting("meeting.proposal_accepted", id, null, Trail.Values(("participant", row.Email))));

        // Who had declined the old time, and proposed this one, is asked again: the update went to those who were coming.
        if (guests.FirstOrDefault(g => g.Id == row.ParticipantId) is not { Answer: Answer.Declined } guest)
            return detail;
        var proposer = new Actor(guest.PersonId, guest.Email, guest.Name, null, DateTimeZone.Utc, IsStaff: false, SignInId: 0) { From = actor.From };
        var asked = await answer.Answer(tx, proposer, id, guest.Id, new AnswerInvitation.Request(Answer.Pending, ConflictPolicy.Allow));
        if (asked.Refusal is { } no)
            return no;
        return new MeetingDetail((await EntryRows.Find(tx, meeting.Id))!, await ParticipantRows.Of(tx, meeting.Id), await AttachmentRows.Of(tx, meeting.Id), actor, now)
        {
            SkippedParticipants = detail.SkippedParticipants, HasConflicts = detail.HasConflicts, Conflicts = detail.Conflicts, HostConflicts = detail.HostConflicts,
            Warnings = detail.Warnings, Message = detail.Message,
        };
    });

    private static GivenTime Given(Instant time) => new(time.InUtc().LocalDateTime, Offset.Zero);
}
