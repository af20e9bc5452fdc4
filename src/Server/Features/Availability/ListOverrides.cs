using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Availability;

public sealed class ListOverrides(Store store, IClock clock)
{
    /// <param name="From">Null: today.</param>
    /// <param name="To">Both days are in; null: no end.</param>
    public sealed record Request(LocalDate? From, LocalDate? To);

    public async Task<IReadOnlyList<Override>> Handle(Actor actor, Request request)
    {
        var from = request.From ?? clock.GetCurrentInstant().InZone(actor.Zone).Date;
        return [.. (await store.ReadOne(tx => AvailabilityRows.Dated(tx, actor.Id, from, request.To))).Select(r => new Override(r))];
    }
}
