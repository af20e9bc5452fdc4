using Convene.Scheduling.Time;
using NodaTime;

namespace Convene.ICalendar;

/// <summary>The zones that the times of a calendar name: by name, else by the rules of their VTIMEZONE, else as they are written.</summary>
/// <remarks>
/// A name of tzdb goes before a VTIMEZONE of that name: tzdb knows past and future better than what somebody once exported. Immutable.
/// </remarks>
public sealed class CalendarZones
{
    // Following the rules of a VTIMEZONE and comparing with all of tzdb take up to some milliseconds. Honest calendars have a few zones.
    private const int MostFromFile = 32;
    private const int MostMatchedByRules = 16;

    private readonly Dictionary<string, CalendarZone> _zones;

    private CalendarZones(List<CalendarZone> zones, DateTimeZone? own)
    {
        _zones = zones.ToDictionary(zone => zone.Tzid, StringComparer.Ordinal);
        (All, Own) = (zones, own);
    }

    /// <summary>The zones in the order of their first use.</summary>
    public IReadOnlyList<CalendarZone> All { get; }

    /// <summary>X-WR-TIMEZONE: the zone for times that have none; null where it is missing or unknown.</summary>
    public DateTimeZone? Own { get; }

    /// <summary>The zone of that TZID; null where it is unknown and has no VTIMEZONE that says when its clocks change.</summary>
    /// <param name="tzid">The TZID as in <see cref="CalendarTime.Tzid"/>.</param>
    public CalendarZone? Find(string tzid) => _zones.GetValueOrDefault(tzid);

    /// <summary>A zone by any of the names it has in calendars: tzdb's of today and of old, in any case, with a vendor's prefix, Windows',
    /// and those that Outlook shows.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The zone; null where the name is none.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    public static DateTimeZone? ByName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return TzidNames.Find(name);
    }

    /// <inheritdoc cref="CalendarContents.ToInstant"/>
    public Instant ToInstant(CalendarTime time, DateTimeZone elsewhere)
    {
        ArgumentNullException.ThrowIfNull(elsewhere);
        return time.Form == TimeForm.Utc
            ? time.Local.WithOffset(Offset.Zero).ToInstant()
            : LocalTimes.ToInstant(time.Local, ZoneOf(time) ?? elsewhere, LocalTimes.Rfc5545);
    }

    /// <summary>Whose clocks show the time; null for a date, and for a floating time or one of an unknown zone without X-WR-TIMEZONE.</summary>
    public DateTimeZone? ZoneOf(CalendarTime time) => time.Form switch
    {
        TimeForm.Utc => DateTimeZone.Utc,
        TimeForm.Zoned => Find(time.Tzid!)?.Zone ?? Own,
        TimeForm.Floating => Own,
        _ => null,
    };

    internal static CalendarZones Of(CalendarComponent calendar, List<ContentProblem> problems)
    {
        var used = new Dictionary<string, Years>(StringComparer.Ordinal);
        Collect(calendar, used);
        var described = new Dictionary<string, CalendarComponent>(StringComparer.Ordinal);
        foreach (var component in calendar.Components)
        {
            if (component.Name == "VTIMEZONE" && Tzid(component) is { } tzid)
                described.TryAdd(tzid, component);
        }

        var zones = new List<CalendarZone>();
        var fromFile = 0;
        foreach (var (tzid, years) in used)
        {
            if (TzidNames.Find(tzid) is { } named)
            {
                zones.Add(new CalendarZone(tzid, named, ZoneSource.Name));
                continue;
            }
            var component = described.GetValueOrDefault(tzid);
            if (component is not null && HintedName(component) is { } hinted)
                zones.Add(new CalendarZone(tzid, hinted, ZoneSource.Name));
            else if (component is null || ++fromFile > MostFromFile || FileZone.Of(tzid, component) is not { } file)
                problems.Add(new ContentProblem("VTIMEZONE", null, "TZID", $"The zone {tzid} is unknown, and there is no VTIMEZONE that describes it."));
            else if (fromFile <= MostMatchedByRules && ZoneMatch.Find(file, years.First, years.Last) is { } same)
                zones.Add(new CalendarZone(tzid, same, ZoneSource.Rules));
            else
                zones.Add(new CalendarZone(tzid, file, ZoneSource.File));
        }
        var own = calendar.Properties.FirstOrDefault(p => p.Name == "X-WR-TIMEZONE");
        return new CalendarZones(zones, own is null ? null : ByName(TextValue.Unescape(own.Value)));
    }

    /// <summary>The TZID of a property's times, without the white space that some put around it.</summary>
    internal static string? TzidOf(CalendarProperty property) => property.Parameter("TZID")?.Trim();

    // Where a calendar's maker says which zone of tzdb is meant: libical's habit, and RFC 7808 §7.2.
    private static DateTimeZone? HintedName(CalendarComponent zone) =>
        zone.Properties
            .Where(property => property.Name is "X-LIC-LOCATION" or "TZID-ALIAS-OF")
            .Select(property => ByName(TextValue.Unescape(property.Value)))
            .FirstOrDefault(found => found is not null);

    private static string? Tzid(CalendarComponent zone) =>
        zone.Properties.FirstOrDefault(property => property.Name == "TZID") is { } tzid ? TextValue.Unescape(tzid.Value).Trim() : null;

    private static void Collect(CalendarComponent component, Dictionary<string, Years> used)
    {
        foreach (var property in component.Properties)
        {
            if (property.Parameters.IsEmpty || property.Parameter("TZID")?.Trim() is not { Length: > 0 } tzid)
                continue;
            Digits.TryRead(property.Value, 0, 4, out var year);
            year = Math.Clamp(year, 1900, 2200);
            used[tzid] = used.TryGetValue(tzid, out var years)
                ? new Years(Math.Min(years.First, year), Math.Max(years.Last, year))
                : new Years(year, year);
        }
        foreach (var inner in component.Components)
            Collect(inner, used);
    }

    private readonly record struct Years(int First, int Last);
}
