using Convene.Scheduling.Booking;
using Convene.Scheduling.Time;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Events;

/// Marks time on the actor's own calendar. It only blocks: it is never refused because of what is there already.
public sealed class CreateEvent(Store store, IClock clock, Figures figures)
{
    public sealed record Request(string Title, string Description, GivenTime Start, GivenTime End, bool Busy);

    public Task<Outcome<Event>> Handle(Actor actor, Request request) => Create(actor, request).Counted(figures, Counting.Event);

    private async Task<Outcome<Event>> Create(Actor actor, Request request)
    {
        var now = clock.GetCurrentInstant();
        if (!MeetingRules.CheckTimes(request.Start.In(actor.Zone), request.End.In(actor.Zone), now, refusePast: false).Is(out var when, out var refusal))
            return refusal;

        return await store.Write<Event>(async tx =>
        {
            await Revisions.Hold(tx, [actor.Id]);
            var kind = request.Busy ? EventRows.Busy : EventRows.Free;
            var id = await EventRows.Add(tx, actor.Id, request.Title, request.Description, kind, new EntryRows.Times(when, actor.Zone), now);
            await EventRows.Occupy(tx, id, actor.Id, kind, when);
            await Revisions.Bump(tx, [actor.Id], when.Length);
            return new Event((await EventRows.Find(tx, id, actor.Id))!);
        });
    }
}
