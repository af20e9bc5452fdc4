using NodaTime;
using NodaTime.TimeZones;

namespace Convene.ICalendar;

/// <summary>The zone of tzdb that has the same offsets as a VTIMEZONE, in the years that matter.</summary>
internal static class ZoneMatch
{
    // A series goes on after the last time that is written down.
    private const int YearsAfter = 4;

    // Those that Windows knows come first, for they are those that people have; then all others.
    private static readonly Lazy<DateTimeZone[]> Candidates = new(() =>
    [
        .. TzdbDateTimeZoneSource.Default.WindowsMapping.MapZones
            .Where(map => map.Territory == "001")
            .SelectMany(map => map.TzdbIds)
            .Concat(DateTimeZoneProviders.Tzdb.Ids.Where(id => TzdbDateTimeZoneSource.Default.CanonicalIdMap[id] == id))
            .Distinct(StringComparer.Ordinal)
            .Select(id => DateTimeZoneProviders.Tzdb[id]),
    ]);

    internal static DateTimeZone? Find(FileZone zone, int firstYear, int lastYear)
    {
        var from = Instant.FromUtc(firstYear, 1, 1, 0, 0);
        var to = Instant.FromUtc(lastYear + YearsAfter, 1, 1, 0, 0);
        DateTimeZone? found = null;
        foreach (var candidate in Candidates.Value)
        {
            // Of many with the same clocks the one that the TZID names: custom_America/New_York.
            var isNamed = zone.Id.AsSpan().Contains(City(candidate.Id), StringComparison.OrdinalIgnoreCase);
            if ((found is null || isNamed) && HasSameOffsets(zone, candidate, from, to))
            {
                found = candidate;
                if (isNamed)
                    break;
            }
        }
        return found;
    }

    private static ReadOnlySpan<char> City(string id) => id.AsSpan(id.LastIndexOf('/') + 1);

    private static bool HasSameOffsets(DateTimeZone one, DateTimeZone other, Instant from, Instant to)
    {
        for (var at = from; at < to;)
        {
            var (a, b) = (one.GetZoneInterval(at), other.GetZoneInterval(at));
            if (a.WallOffset != b.WallOffset)
                return false;
            var (endA, endB) = (a.HasEnd ? a.End : to, b.HasEnd ? b.End : to);
            at = Instant.Min(endA, endB);
        }
        return true;
    }
}
