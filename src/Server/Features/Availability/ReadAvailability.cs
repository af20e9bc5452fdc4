using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Availability;

public sealed class ReadAvailability(Store store, IClock clock)
{
    public Task<MyAvailability> Handle(Actor actor) => store.Read(tx => MyAvailability.Read(tx, actor.Id, actor.Zone, clock.GetCurrentInstant()));
}
