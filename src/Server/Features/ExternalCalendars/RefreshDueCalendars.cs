using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.ExternalCalendars;

/// Reads one that is due; whoever takes it, nobody else does meanwhile.
public sealed class RefreshDueCalendars(Store store, IClock clock, FetchCalendar fetch)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// False: none was due.
    public async Task<bool> Handle(CancellationToken cancel)
    {
        var now = clock.GetCurrentInstant();
        if (await store.WriteAlways(tx => ExternalCalendarRows.ClaimDue(tx, now, now + FetchCalendar.Lease), cancel) is not { } calendar)
            return false;
        await fetch.Handle(calendar, Limit, cancel);
        return true;
    }
}
