using Convene.Scheduling.Booking;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.ExternalCalendars;

/// Reads one of the actor's now.
public sealed class RefreshExternalCalendar(Store store, IClock clock, FetchCalendar fetch)
{
    public async Task<Outcome<ExternalCalendar>> Handle(Actor actor, long id)
    {
        var claimed = await store.Write<ExternalCalendarRows.Row>(async tx =>
            await ExternalCalendarRows.Find(tx, id, actor.Id) is null
                ? new Refusals.NotFound()
                : (await ExternalCalendarRows.Claim(tx, id, clock.GetCurrentInstant() + FetchCalendar.Lease))!);
        if (!claimed.Is(out var calendar, out var refusal))
            return refusal;
        await fetch.Handle(calendar, FetchCalendar.WhileSomebodyWaits, CancellationToken.None);
        return await store.ReadOne(tx => ExternalCalendar.Read(tx, actor.Id, id, clock.GetCurrentInstant())) is { } read ? read : new Refusals.NotFound();
    }
}
