using Convene.Scheduling.Booking;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Events;

public sealed class DeleteEvent(Store store)
{
    public Task<Outcome<bool>> Handle(Actor actor, long id) => store.Write<bool>(async tx =>
    {
        await Revisions.Hold(tx, [actor.Id]);
        if (await EventRows.Find(tx, id, actor.Id) is null)
            return new Refusals.NotFound();
        await EntryRows.Delete(tx, id);
        await Revisions.Bump(tx, [actor.Id], Duration.Zero);
        return true;
    });
}
