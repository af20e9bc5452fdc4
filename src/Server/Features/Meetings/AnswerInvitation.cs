using Convene.Scheduling.Booking;
using Convene.Server.Features.Mail;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Meetings;

/// A participant's answer, by themselves or by whoever runs the meeting. Declining frees the time; taking it back needs the time to be free still.
public sealed class AnswerInvitation(Store store, IClock clock, MeetingMail mail)
{
    public sealed record Request(Answer Answer, ConflictPolicy Policy)
    {
        /// When they made it, if it comes by mail: mails overtake each other, and come twice. Null: now.
        public Instant? Made { get; init; }

        /// What they have to say with it; for the host.
        public string Comment { get; init; } = "";
    }

    /// They have answered since, or just so.
    public sealed record AlreadyAnswered : Refusal;

    public Task<Outcome<Participant>> Handle(Actor actor, string id, long participant, Request request) =>
        store.Write(tx => Answer(tx, actor, id, participant, request));

    internal async Task<Outcome<Participant>> Answer(Tx tx, Actor actor, string id, long participant, Request request)
    {
        // load
        var now = clock.GetCurrentInstant();
        if (await EntryRows.Hold(tx, id, actor.Id) is not { } meeting)
            return new Refusals.NotFound();
        var guests = await ParticipantRows.Of(tx, meeting.Id);
        if (guests.FirstOrDefault(g => g.Id == participant) is not { } guest)
            return new Refusals.NotFound();
        if (guest.PersonId != actor.Id && !Rights.MayEdit(actor, meeting, guests))
            return new Refusals.NotAllowed("You can only update your own participation status.");
        if (IsKnown(guest, request))
            return new AlreadyAnswered();

        var status = Words.Status(meeting.Status);
        var held = MeetingRules.HoldsTime(status, guest.Answer);
        var holds = MeetingRules.HoldsTime(status, request.Answer);
        long[] everybody = [meeting.OrganizerId, .. guests.Select(g => g.PersonId)];
        await Revisions.Hold(tx, everybody);
        if (held != holds)
        {
            if (holds)
            {
                // decide
                var busy = await BusyTimes.Overlapping(tx, [guest.PersonId], meeting.When, actor.Id);
                var policy = request.Policy == ConflictPolicy.Skip ? ConflictPolicy.Reject : request.Policy;
                if (!BookingDesk.Seat(meeting.When, [guest.PersonId], [.. busy.Select(b => b.Busy)], policy, meeting.Id).Is(out _, out var no))
                {
                    var report = new Report(busy, new Dictionary<long, (string, string)> { [guest.PersonId] = (guest.Email, guest.Name) });
                    return no is Refusal.PeopleBusy taken ? report.Refuse(taken) : no;
                }

                await BusyTimes.Add(tx, meeting.Id, meeting.When, [guest.PersonId]);
            }
            else
            {
                await BusyTimes.Free(tx, meeting.Id, guest.PersonId);
            }
        }

        // save
        await ParticipantRows.SetAnswers(tx, [guest.Id], request.Answer, request.Made, now);
        await EntryRows.Answered(tx, meeting.Id);
        await Revisions.Bump(tx, everybody, meeting.When.Length);
        var after = await ParticipantRows.Of(tx, meeting.Id);
        var answered = after.Single(g => g.Id == guest.Id);
        await tx.Note(actor, now, Trail.Meeting(
            "meeting.answered", id,
            Trail.Values(("participant", guest.Email), ("answer", guest.Status)),
            Trail.Values(("participant", guest.Email), ("answer", answered.Status)), request.Comment));
        // Who had declined was told nothing of what changed since: their calendar gets the meeting as it is now.
        if (holds && !held && meeting.Sequence > 0)
            await mail.Tell(tx, Letter.Invitation, meeting, after, [answered], now);
        if (guest.Answer != request.Answer && actor.Id != meeting.OrganizerId && status == MeetingStatus.Scheduled)
            await mail.TellOfAnswer(tx, meeting, (await PeopleRows.ById(tx, [meeting.OrganizerId]))[0], answered, now, request.Comment);
        return new Participant(answered, id);
    }

    /// Calendars tell the second: an answer of the same second counts, unless it is the same answer.
    internal static bool IsKnown(ParticipantRows.Participant guest, Request request) =>
        request.Made is { } made && (guest.AnsweredAt ?? guest.RespondedAt) is { } last
        && (made.ToUnixTimeSeconds() < last.ToUnixTimeSeconds() || made == guest.AnsweredAt && request.Answer == guest.Answer);
}
