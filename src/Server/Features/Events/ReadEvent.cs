using Convene.Scheduling.Booking;
using Convene.Server.Storage;

namespace Convene.Server.Features.Events;

public sealed class ReadEvent(Store store)
{
    public async Task<Outcome<Event>> Handle(Actor actor, long id) =>
        await store.ReadOne(tx => EventRows.Find(tx, id, actor.Id)) is { } row ? new Event(row) : new Refusals.NotFound();
}
