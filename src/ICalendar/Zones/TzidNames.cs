using Convene.Scheduling.Time;
using NodaTime;

namespace Convene.ICalendar;

/// <summary>Zones by the names that calendars give them, where those are names of zones that others know too.</summary>
internal static class TzidNames
{
    private const int Longest = 200;

    /// <summary>The zone of tzdb, or a fixed offset that the name tells; null where it tells none.</summary>
    internal static DateTimeZone? Find(string tzid)
    {
        var name = tzid.Trim().Trim('"').Trim();
        if (name.Length is 0 or > Longest)
            return null;
        return ZoneNames.Find(name)
            // Outlook adds a number when one calendar has two VTIMEZONEs of a zone: "W. Europe Standard Time 1".
            ?? ZoneNames.Find(name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9').TrimEnd())
            ?? (OutlookNames.Windows.TryGetValue(WithoutOffset(name), out var windows) ? ZoneNames.Find(windows) : null)
            ?? ByOffset(name);
    }

    /// <summary><c>(UTC+01:00) Amsterdam, Berlin</c> and <c>(GMT+01.00) Amsterdam, Berlin</c> without what is in parentheses.</summary>
    private static string WithoutOffset(string name)
    {
        var close = name.IndexOf(')', StringComparison.Ordinal);
        return close > 0 && (name.StartsWith("(UTC", StringComparison.OrdinalIgnoreCase) || name.StartsWith("(GMT", StringComparison.OrdinalIgnoreCase))
            ? name[(close + 1)..].Trim()
            : name;
    }

    // "UTC+11" is Etc/GMT-11: what tzdb has a name for gets it, so that others understand it too.
    private static DateTimeZone? ByOffset(string name)
    {
        if (!name.StartsWith("UTC", StringComparison.OrdinalIgnoreCase)
            || DateTimeZoneProviders.Tzdb.GetZoneOrNull(name.ToUpperInvariant()) is not { } zone)
            return null;
        var seconds = zone.MinOffset.Seconds;
        return seconds % 3600 == 0 ? ZoneNames.Find($"Etc/GMT{(seconds > 0 ? '-' : '+')}{Math.Abs(seconds) / 3600}") ?? zone : zone;
    }
}
