using Convene.Scheduling.Booking;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Availability;

public sealed class DeleteOverride(Store store)
{
    public Task<Outcome<bool>> Handle(Actor actor, long id) => store.Write<bool>(async tx =>
    {
        await Revisions.Hold(tx, [actor.Id]);
        if (await AvailabilityRows.Find(tx, id, actor.Id) is not { DayOfWeek: null })
            return new Refusals.NotFound();
        await AvailabilityRows.Delete(tx, id);
        await Revisions.Bump(tx, [actor.Id], Duration.Zero);
        return true;
    });
}
