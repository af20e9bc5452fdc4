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
        if (await EntryRows.Hold(tx, id, actor.Id) is not { } meeting)
            return new Refusals.NotFound();
        var guests = await ParticipantRows.Of(tx, meeting.Id);
        if (!Rights.MayEdit(actor, meeting, guests))
            return new Refusals.NotAllowed("Only the organiser can cancel this meeting.");
        if (seen?.Misses(meeting) == true)
            return new Refusals.Outdated(new MeetingDetail(meeting, guests, await AttachmentRows.Of(tx, meeting.Id), actor, clock.GetCurrentInstant()));
        return await Cancel(tx, actor, meeting, guests, "");
    });

    /// An administrator calls off somebody else's meeting: its host is told too, and everybody why.
    public Task<Outcome<bool>> ByAdministrator(Actor actor, string id, string reason) => store.Write<bool>(async tx =>
    {
        if (await EntryRows.HoldAny(tx, id) is not { } meeting)
            return new Refusals.NotFound();
        var guests = await ParticipantRows.Of(tx, meeting.Id);
        if ((await Cancel(tx, actor, meeting, guests, reason)).Refusal is { } refusal)
            return refusal;
        if (meeting.OrganizerId != actor.Id)
        {
            var entry = (await EntryRows.Find(tx, meeting.Id))!;
            await mail.TellHost(tx, Letter.Withdrawn, entry, (await PeopleRows.ById(tx, [meeting.OrganizerId]))[0], guests, clock.GetCurrentInstant(), reason);
        }

        return true;
    });

    private async Task<Outcome<MeetingDetail>> Cancel(
        Tx tx, Actor actor, EntryRows.Entry meeting, IReadOnlyList<ParticipantRows.Participant> guests, string reason)
    {
        if (Words.Status(meeting.Status) == MeetingStatus.Cancelled)
            return new Refusal.AlreadyCancelled();

        var now = clock.GetCurrentInstant();
        long[] everybody = [meeting.OrganizerId, .. guests.Select(g => g.PersonId)];
        await Revisions.Hold(tx, everybody);
        await EntryRows.Cancel(tx, meeting.Id, now);
        await BusyTimes.Replace(tx, meeting.Id, meeting.When, []);
        await Revisions.Bump(tx, everybody, Duration.Zero);

        var entry = (await EntryRows.Find(tx, meeting.Id))!;
        await tx.Note(actor, now, [.. MeetingTrail.Changes(meeting, guests, entry, guests, reason)]);
        await mail.Tell(tx, Letter.Cancellation, entry, guests, guests.Where(g => g.Answer != Answer.Declined), now, reason: reason);
        return new MeetingDetail(entry, guests, await AttachmentRows.Of(tx, meeting.Id), actor, now);
    }
}
