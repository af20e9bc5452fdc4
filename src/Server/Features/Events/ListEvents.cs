using Convene.Scheduling.Booking;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Events;

/// The actor's own events, by start.
public sealed class ListEvents(Store store)
{
    /// A list without pages ends here.
    public const int Cap = 500;

    /// <param name="To">The first instant a start may not have.</param>
    /// <param name="EndsAfter">With `To`: what overlaps a time.</param>
    /// <param name="Page">From 1.</param>
    public sealed record Request(Instant? To, Instant? EndsAfter, int Page, int PageSize);

    public sealed record Result(IReadOnlyList<Event> Events, long Total);

    public Task<Outcome<Result>> Handle(Actor actor, Request request) => store.Read<Outcome<Result>>(async tx =>
    {
        var offset = (request.Page - 1L) * request.PageSize;
        if (request.Page < 1 || offset > int.MaxValue)
            return new Refusals.NoSuchPage();
        var filter = new EventRows.Filter(actor.Id, request.To, request.EndsAfter);
        var events = await EventRows.Of(tx, filter, request.PageSize, (int)offset);
        if (events.Count == 0 && request.Page > 1)
            return new Refusals.NoSuchPage();
        return new Result([.. events.Select(e => new Event(e))], await EventRows.Count(tx, filter));
    });
}
