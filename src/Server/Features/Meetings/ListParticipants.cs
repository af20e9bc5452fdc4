using Convene.Scheduling.Booking;
using Convene.Server.Storage;

namespace Convene.Server.Features.Meetings;

public sealed class ListParticipants(Store store)
{
    public Task<Outcome<IReadOnlyList<Participant>>> Handle(Actor actor, string id) => store.Read<Outcome<IReadOnlyList<Participant>>>(async tx =>
    {
        if (await EntryRows.Visible(tx, id, actor.Id) is not { } meeting)
            return new Refusals.NotFound();
        return (await ParticipantRows.Of(tx, meeting.Id)).Select(g => new Participant(g, id)).ToList();
    });
}
