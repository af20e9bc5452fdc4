using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.ExternalCalendars;

public sealed class ListExternalCalendars(Store store, IClock clock)
{
    public async Task<IReadOnlyList<ExternalCalendar>> Handle(Actor actor) =>
        [.. (await store.ReadOne(tx => ExternalCalendarRows.Of(tx, actor.Id, clock.GetCurrentInstant()))).Select(row => new ExternalCalendar(row))];
}
