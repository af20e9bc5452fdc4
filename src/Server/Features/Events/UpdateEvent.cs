using Convene.Scheduling.Booking;
using Convene.Scheduling.Time;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Events;

/// Changes an event of the actor's: what is null stays.
public sealed class UpdateEvent(Store store, IClock clock)
{
    public sealed record Request(string? Title, string? Description, GivenTime? Start, GivenTime? End, bool? Busy);

    public Task<Outcome<Event>> Handle(Actor actor, long id, Request request) => store.Write<Event>(async tx =>
    {
        // The guard before the event: whoever changes it meanwhile has to wait for us, or we for them.
        await Revisions.Hold(tx, [actor.Id]);
        if (await EventRows.Find(tx, id, actor.Id) is not { } old)
            return new Refusals.NotFound();

        var now = clock.GetCurrentInstant();
        // What was imported may be of no length; who gives it a new title does not have to give it one.
        var when = new TimeRange(old.StartAt, old.EndAt);
        var (start, end) = (request.Start?.In(actor.Zone) ?? old.StartAt, request.End?.In(actor.Zone) ?? old.EndAt);
        var moves = (start, end) != (old.StartAt, old.EndAt);
        if (moves && !MeetingRules.CheckTimes(start, end, now, refusePast: false).Is(out when, out var refusal))
            return refusal;
        var kind = request.Busy is { } busy ? busy ? EventRows.Busy : EventRows.Free : old.Transparency;
        await EventRows.Update(
            tx, id, request.Title ?? old.Title, request.Description ?? old.Description, kind,
            new EntryRows.Times(when, moves ? actor.Zone : old.Zone), allDay: old.AllDay == 1 && !moves, now);
        await EventRows.Occupy(tx, id, actor.Id, kind, when);
        await Revisions.Bump(tx, [actor.Id], when.Length);
        return new Event((await EventRows.Find(tx, id, actor.Id))!);
    });
}
