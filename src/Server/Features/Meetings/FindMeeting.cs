using Convene.Scheduling.Booking;
using Convene.Server.Storage;

namespace Convene.Server.Features.Meetings;

/// The id of a meeting that system 3's clients know by its number.
public sealed class FindMeeting(Store store)
{
    public async Task<Outcome<string>> Handle(Actor actor, long number) =>
        await store.ReadOne(tx => EntryRows.NameOf(tx, number, actor.Id)) is { } id ? id : new Refusals.NotFound();
}
