using System.Collections.Frozen;
using NodaTime;
using NodaTime.TimeZones;

namespace Convene.Scheduling.Time;

/// <summary>
/// Zones by the names that people and calendars write: IANA ids, their old names (links such as <c>US/Eastern</c>), and Windows names
/// (<c>W. Europe Standard Time</c>, as Outlook writes TZID). What is kept is an IANA id.
/// </summary>
public static class ZoneNames
{
    // Names of zones are shorter; anything longer is not looked up.
    private const int Longest = 100;

    private static readonly FrozenDictionary<string, string> Names = AllNames();

    /// <summary>The zone of a name; in any case, with spaces around or in quotes or not, and with what some programs write before it (<c>/freeassociation.sourceforge.net/Europe/Paris</c>).</summary>
    /// <param name="name">What was written.</param>
    /// <returns>The zone, whose id is the IANA id meant: of an old name the one that it was replaced by; null if no zone is called so.</returns>
    public static DateTimeZone? Find(string? name) => Id(name) is { } id ? DateTimeZoneProviders.Tzdb[id] : null;

    /// <summary>The IANA id of a name, as <see cref="Find"/> finds it; null if no zone is called so.</summary>
    public static string? Id(string? name)
    {
        if (name is null || name.Length > Longest)
            return null;
        var trimmed = name.Trim().Trim('"');
        if (Names.TryGetValue(trimmed, out var id))
            return id;
        // A globally unique TZID (RFC 5545 §3.8.3.1) ends with the name, which has up to three parts.
        if (!trimmed.StartsWith('/'))
            return null;
        for (var slash = trimmed.IndexOf('/', 1); slash >= 0; slash = trimmed.IndexOf('/', slash + 1))
            if (Names.TryGetValue(trimmed[(slash + 1)..], out id))
                return id;
        return null;
    }

    private static FrozenDictionary<string, string> AllNames()
    {
        var source = TzdbDateTimeZoneSource.Default;
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (windows, id) in source.WindowsToTzdbIds)
            names[windows] = source.CanonicalIdMap[id];
        foreach (var id in source.GetIds())
            names[id] = source.CanonicalIdMap.TryGetValue(id, out var canonical) ? canonical : id;
        return names.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
