using Convene.Scheduling.Booking;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Availability;

public sealed class DeleteOverride(Store store, IClock clock)
{
    public Task<Outcome<bool>> Handle(Actor actor, long id) => store.Write<bool>(async tx =>
    {
        await Revisions.Hold(tx, [actor.Id]);
        if (await AvailabilityRows.Find(tx, id, actor.Id) is not { DayOfWeek: null } there)
            return new Refusals.NotFound();
        await AvailabilityRows.Delete(tx, id);
        await tx.Note(actor, clock.GetCurrentInstant(), Trail.Account("availability.changed", actor.Id, Trail.Picture(there), null));
        await Revisions.Bump(tx, [actor.Id], Duration.Zero);
        return true;
    });
}
