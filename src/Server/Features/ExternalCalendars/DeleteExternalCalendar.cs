using Convene.Scheduling.Booking;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.ExternalCalendars;

/// The time that it takes up is free again, and it closes nothing any more.
public sealed class DeleteExternalCalendar(Store store, IClock clock)
{
    public Task<Outcome<bool>> Handle(Actor actor, long id) => store.Write<bool>(async tx =>
    {
        var now = clock.GetCurrentInstant();
        await Revisions.Hold(tx, [actor.Id]);
        if (await ExternalCalendarRows.Find(tx, id, actor.Id) is not { } there)
            return new Refusals.NotFound();
        await EntryRows.Delete(tx, id);
        await ExternalCalendarRows.Close(tx, actor.Id, now);
        await tx.Note(actor, now, Trail.Account("external_calendar.removed", actor.Id, ExternalCalendar.Picture(there.Name, there.Url, there.WhenUnreachable), null));
        await Revisions.Bump(tx, [actor.Id], Duration.Zero);
        return true;
    });
}
