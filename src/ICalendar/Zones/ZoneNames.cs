using System.Collections.Frozen;
using NodaTime;
using NodaTime.TimeZones;

namespace Convene.ICalendar;

/// <summary>Zones by the names that calendars give them.</summary>
internal static class ZoneNames
{
    private const int LongestName = 200;

    private static readonly IDateTimeZoneProvider Tzdb = DateTimeZoneProviders.Tzdb;

    private static readonly Lazy<FrozenDictionary<string, string>> AnyCase = new(() =>
        Tzdb.Ids.ToFrozenDictionary(id => id, StringComparer.OrdinalIgnoreCase));

    private static readonly Lazy<FrozenDictionary<string, string>> Windows = new(() =>
        TzdbDateTimeZoneSource.Default.WindowsMapping.PrimaryMapping.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase));

    internal static (DateTimeZone Zone, ZoneSource Source)? Find(string name)
    {
        name = name.Trim().Trim('"').Trim();
        if (name.Length is 0 or > LongestName)
            return null;
        if (ByTzdb(name) is { } zone)
            return (zone, ZoneSource.Name);
        if (ByWindows(name) is { } windows)
            return (windows, ZoneSource.WindowsName);
        if (ByOffset(name) is { } fixedZone)
            return (fixedZone, ZoneSource.Name);

        // "/freeassociation.sourceforge.net/Europe/Berlin", "/mozilla.org/20070129_1/America/New_York", "tzone://Microsoft/Utc".
        if (name[0] != '/' && !name.Contains("://", StringComparison.Ordinal))
            return null;
        for (var slash = name.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = name.IndexOf('/', slash + 1))
        {
            if (ByTzdb(name[(slash + 1)..]) is { } inner)
                return (inner, ZoneSource.Name);
        }
        return null;
    }

    private static DateTimeZone? ByTzdb(string name) => AnyCase.Value.TryGetValue(name, out var id) ? Tzdb[id] : null;

    // "UTC+11" is Etc/GMT-11: what tzdb has a name for gets it, so that others understand it too.
    private static DateTimeZone? ByOffset(string name)
    {
        if (!name.StartsWith("UTC", StringComparison.OrdinalIgnoreCase) || Tzdb.GetZoneOrNull(name.ToUpperInvariant()) is not { } zone)
            return null;
        var seconds = zone.MinOffset.Seconds;
        return seconds % 3600 == 0 ? ByTzdb($"Etc/GMT{(seconds > 0 ? '-' : '+')}{Math.Abs(seconds) / 3600}") ?? zone : zone;
    }

    private static DateTimeZone? ByWindows(string name)
    {
        // Outlook adds a number when one calendar has two VTIMEZONEs of a zone: "W. Europe Standard Time 1".
        var plain = name.AsSpan().TrimEnd("0123456789").TrimEnd().ToString();
        var shown = WithoutOffset(name);
        return (Windows.Value.GetValueOrDefault(name)
            ?? Windows.Value.GetValueOrDefault(plain)
            ?? (OutlookNames.Windows.TryGetValue(shown, out var windows) ? Windows.Value.GetValueOrDefault(windows) : null)) is { } id
            ? Tzdb.GetZoneOrNull(id)
            : null;
    }

    /// <summary><c>(UTC+01:00) Amsterdam, Berlin</c> and <c>(GMT+01.00) Amsterdam, Berlin</c> without what is in parentheses.</summary>
    private static string WithoutOffset(string name)
    {
        var close = name.IndexOf(')', StringComparison.Ordinal);
        return close > 0 && (name.StartsWith("(UTC", StringComparison.OrdinalIgnoreCase) || name.StartsWith("(GMT", StringComparison.OrdinalIgnoreCase))
            ? name[(close + 1)..].Trim()
            : name;
    }
}
