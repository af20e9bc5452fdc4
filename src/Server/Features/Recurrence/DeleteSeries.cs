using Convene.Scheduling.Booking;
using Convene.Server.Features.Mail;
using Convene.Server.Features.Meetings;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Recurrence;

/// Removes a whole series for good, what is over too; or all of it from one date on. What was still to come is cancelled by that, and everybody is told.
public sealed class DeleteSeries(Store store, IClock clock, MeetingMail mail)
{
    public Task<Outcome<bool>> Handle(Actor actor, string id, Scope scope, SeenVersions? seen) => store.Write<bool>(async tx =>
    {
        var now = clock.GetCurrentInstant();
        if (!(await Part.Hold(tx, id, actor, scope, seen, "Only the meeting organiser can delete it.", hostOnly: true, now, orOver: true)).Is(out var part, out var refusal))
            return refusal;
        var people = await OccurrenceRows.People(tx, part.Series.Id);
        await Revisions.Hold(tx, people);
        if (part.Affected.Any(e => e.EndAt > now))
        {
            await SeriesEnd.Cut(tx, part, now);
            await OccurrenceRows.Cancel(tx, part.Affected, now);
            await SeriesEnd.Tell(tx, mail, part, now);
        }

        var gone = scope == Scope.All ? part.All : [.. part.All.Where(e => string.CompareOrdinal(e.RecurrenceId, part.From.RecurrenceId) >= 0)];
        var guests = (await ParticipantRows.Of(tx, gone.Select(e => e.Id))).ToLookup(g => g.EntryId);
        await tx.Note(actor, now, [.. gone.Select(e => Trail.Meeting("meeting.deleted", e.Uuid, Trail.Picture(e, guests[e.Id]), null))]);
        await OccurrenceRows.Delete(tx, gone.Select(e => e.Id));
        if (gone.Count == part.All.Count)
            await SeriesRows.Delete(tx, part.Series.Id);
        await Revisions.Bump(tx, people, Duration.Zero);
        return true;
    });
}
