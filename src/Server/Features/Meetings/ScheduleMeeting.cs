using Convene.Scheduling.Booking;
using Convene.Scheduling.Time;
using Convene.Server.Features.Mail;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Meetings;

/// Books somebody else's time: they are the organizer, the asker is the attendee. It must lie in one of the slots that they offer.
public sealed class ScheduleMeeting(Store store, IClock clock, MeetingMail mail, Settings settings, Figures figures)
{
    public sealed record Request(long OrganizerId, long MeetingType, string Title, string Description, GivenTime Start, GivenTime End);

    public sealed record NoSuchOrganizer : Refusal;

    public sealed record NotOffered : Refusal;

    public sealed record TimeTaken : Refusal;

    public Task<Outcome<string>> Handle(Actor actor, Request request) => Book(actor, request).Counted(figures, Counting.Slot);

    private async Task<Outcome<string>> Book(Actor actor, Request request)
    {
        var now = clock.GetCurrentInstant();
        if (!MeetingRules.CheckTimes(request.Start.In(actor.Zone), request.End.In(actor.Zone), now, settings.RefusePastStarts).Is(out var when, out var refusal))
            return refusal;
        return await store.Write<string>(async tx =>
        {
            // load
            if (request.OrganizerId == actor.Id)
                return new Refusals.Invalid("organizer_id", "You can't book a meeting with yourself.");
            if ((await PeopleRows.ById(tx, [request.OrganizerId])) is not [var organizer])
                return new NoSuchOrganizer();
            if (request.MeetingType == MeetingTypeRows.FocusTime || await MeetingTypeRows.Find(tx, request.MeetingType) is null)
                return new Refusals.Invalid("meeting_type", request.MeetingType == MeetingTypeRows.FocusTime ? "Focus time can't be booked." : $"There is no meeting type {request.MeetingType}.");
            long[] both = [organizer.Id, actor.Id];
            await Revisions.Hold(tx, both);
            var rules = (await Schedules.Of(tx, [(organizer.Id, organizer.Timezone)], when))[organizer.Id];
            var busy = await BusyTimes.Entries(tx, both, when, actor.Id);

            // decide. Their rules bind them; the asker may book over their own.
            var schedule = rules.With(rules.Offered);
            if (!schedule.Stretches(when).Any(s => s.Start <= when.Start && when.End <= s.End) || schedule.Blocks(when).Any(b => b.Range.Overlaps(when)))
                return new NotOffered();
            if (!BookingDesk.Seat(when, both, [.. busy.Select(b => b.Busy)], ConflictPolicy.Reject).Is(out _, out _))
                return new TimeTaken();

            // save
            var uuid = Guid.CreateVersion7().ToString();
            var lead = Words.ReminderMinutes(organizer.ReminderMinutes, settings.ReminderMinutes);
            var remindAt = MeetingRules.RemindAt(when.Start, lead is { } minutes ? Duration.FromMinutes(minutes) : null, now, MeetingStatus.Scheduled);
            var id = (await EntryRows.Add(
                tx,
                [new(uuid, organizer.Id, request.Title, request.Description, "", MeetingStatus.Scheduled, new EntryRows.Times(when, rules.Zone), lead, remindAt, request.MeetingType, ParticipantsMayEdit: false)],
                now))[uuid];
            await ParticipantRows.Add(tx, id, [(actor.Id, "", Words.Attendee)], now);
            await BusyTimes.Add(tx, id, when, both);
            await Revisions.Bump(tx, both, when.Length);
            var guests = await ParticipantRows.Of(tx, id);
            await ParticipantRows.SetAnswers(tx, [guests[0].Id], Answer.Accepted, null, now);

            var entry = (await EntryRows.Find(tx, id))!;
            guests = await ParticipantRows.Of(tx, id);
            await tx.Note(actor, now, Trail.Meeting(AuditRows.Created, uuid, null, Trail.Picture(entry, guests)));
            await mail.Tell(tx, Letter.Invitation, entry, guests, guests, now);
            await mail.TellHost(tx, Letter.Booking, entry, organizer, guests, now);
            return uuid;
        });
    }
}
