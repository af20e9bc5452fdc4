using Convene.Scheduling.Booking;
using Convene.Scheduling.Time;
using Convene.Server.Features.Mail;
using Convene.Server.Features.Recurrence;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Meetings;

/// One answer to all that is to come of a series, or to all from one date on. Taking back a no needs all these dates to be free still.
public sealed class AnswerSeries(Store store, IClock clock, MeetingMail mail)
{
    public Task<Outcome<Participant>> Handle(Actor actor, string id, long participant, AnswerInvitation.Request request, Scope scope) => store.Write<Participant>(async tx =>
    {
        // load
        var now = clock.GetCurrentInstant();
        if (await EntryRows.Visible(tx, id, actor.Id) is not { } meeting)
            return new Refusals.NotFound();
        var guests = await ParticipantRows.Of(tx, meeting.Id);
        if (guests.FirstOrDefault(g => g.Id == participant) is not { } guest)
            return new Refusals.NotFound();
        if (guest.PersonId != actor.Id && !Rights.MayEdit(actor, meeting, guests))
            return new Refusals.NotAllowed("You can only update your own participation status.");
        if (meeting.SeriesId is not { } series)
            return new Refusals.Invalid("scope", "This meeting does not repeat.");
        await SeriesRows.Hold(tx, series);
        var entries = (await OccurrenceRows.Hold(tx, series))
            .Where(e => e.Uuid == id || (scope == Scope.All ? e.EndAt > now : string.CompareOrdinal(e.RecurrenceId, meeting.RecurrenceId) >= 0)).ToDictionary(e => e.Id);
        var people = await OccurrenceRows.People(tx, series);
        await Revisions.Hold(tx, people);
        var own = (await ParticipantRows.Of(tx, entries.Keys)).Where(g => g.PersonId == guest.PersonId).ToList();

        // Taken off while we waited.
        if (own.TrueForAll(g => g.Id != participant))
            return new Refusals.NotFound();
        own.RemoveAll(g => AnswerInvitation.IsKnown(g, request));
        if (own.Count == 0)
            return new AnswerInvitation.AlreadyAnswered();

        // decide
        var coming = own.Where(g => MeetingRules.HoldsTime(Words.Status(entries[g.EntryId].Status), request.Answer)).ToList();
        var returning = coming.Where(g => !MeetingRules.HoldsTime(Words.Status(entries[g.EntryId].Status), g.Answer)).OrderBy(g => entries[g.EntryId].StartAt).ToList();
        if (returning.Count > 0)
        {
            TimeRange[] times = [.. returning.Select(g => entries[g.EntryId].When)];
            var busy = await BusyTimes.Overlapping(tx, [guest.PersonId], new TimeRange(times[0].Start, times.Max(t => t.End)), actor.Id);
            var policy = request.Policy == ConflictPolicy.Skip ? ConflictPolicy.Reject : request.Policy;
            if (!SeriesDesk.Seat(times, [guest.PersonId], [.. busy.Select(b => b.Busy)], policy, SeriesConflict.Dates).Is(out _, out var no))
            {
                var report = new Report(busy, new Dictionary<long, (string, string)> { [guest.PersonId] = (guest.Email, guest.Name) });
                return no is Refusal.PeopleBusy taken ? report.Refuse(taken) : no;
            }
        }

        // save
        await ParticipantRows.SetAnswers(tx, own.Select(g => g.Id), request.Answer, request.Made, now);
        await BusyTimes.Free(tx, own.Select(g => g.EntryId), guest.PersonId);
        await BusyTimes.Add(tx, guest.PersonId, coming.Select(g => (g.EntryId, entries[g.EntryId].When)));
        await EntryRows.Answered(tx, own.Select(g => g.EntryId));
        await Revisions.Bump(tx, people, meeting.When.Length);
        await tx.Note(actor, now, [.. own.Where(g => g.Answer != request.Answer).Select(g => SeriesTrail.Answered(entries[g.EntryId], g, request.Answer))]);
        var answered = (await ParticipantRows.Of(tx, meeting.Id)).Single(g => g.Id == participant);
        if (own.Exists(g => g.Answer != request.Answer) && actor.Id != meeting.OrganizerId && Words.Status(meeting.Status) == MeetingStatus.Scheduled)
            await mail.TellOfAnswer(tx, meeting, (await PeopleRows.ById(tx, [meeting.OrganizerId]))[0], answered, now, request.Comment);
        return new Participant(answered, id);
    });
}
