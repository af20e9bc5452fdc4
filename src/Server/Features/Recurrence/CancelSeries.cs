using Convene.Scheduling.Booking;
using Convene.Server.Features.Mail;
using Convene.Server.Features.Meetings;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Recurrence;

/// Calls off all that is to come of a series, or all from one date on. What was before stays as it was.
public sealed class CancelSeries(Store store, IClock clock, MeetingMail mail)
{
    public Task<Outcome<MeetingDetail>> Handle(Actor actor, string id, Scope scope, SeenVersions? seen) => store.Write<MeetingDetail>(async tx =>
    {
        // load
        var now = clock.GetCurrentInstant();
        if (!(await Part.Hold(tx, id, actor, scope, seen, "Only the organiser can cancel this meeting.", hostOnly: false, now)).Is(out var part, out var refusal))
            return refusal;
        var people = await OccurrenceRows.People(tx, part.Series.Id);
        await Revisions.Hold(tx, people);

        // save
        await SeriesEnd.Cut(tx, part, now);
        await OccurrenceRows.Cancel(tx, part.Affected, now);
        await tx.Note(actor, now, [.. part.Affected.Select(SeriesTrail.Cancelled)]);
        await Revisions.Bump(tx, people, Duration.Zero);
        await SeriesEnd.Tell(tx, mail, part, now);

        // say
        var meeting = (await EntryRows.Visible(tx, id, actor.Id))!;
        return new MeetingDetail(meeting, await ParticipantRows.Of(tx, meeting.Id), await AttachmentRows.Of(tx, meeting.Id), actor, now)
        {
            OccurrenceCount = part.Affected.Count,
            Message = part.Affected.Count == 1 ? "1 meeting cancelled." : $"{part.Affected.Count} meetings cancelled.",
        };
    });
}
