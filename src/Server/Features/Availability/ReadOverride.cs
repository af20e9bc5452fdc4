using Convene.Scheduling.Booking;
using Convene.Server.Storage;

namespace Convene.Server.Features.Availability;

public sealed class ReadOverride(Store store)
{
    public async Task<Outcome<Override>> Handle(Actor actor, long id) =>
        await store.ReadOne(tx => AvailabilityRows.Find(tx, id, actor.Id)) is { DayOfWeek: null } rule ? new Override(rule) : new Refusals.NotFound();
}
